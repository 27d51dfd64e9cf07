/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

/* Every FILE may be "-": standard input or output. */
GBytes       *pd_ctl_file_read   (const char *file, gsize max_bytes, GError **error);
GBytes       *pd_ctl_file_read_start (const char *file, gsize max_kept, guint64 *bytes, GError **error);
gboolean      pd_ctl_file_write  (const char *file, GBytes *content, GError **error);

/* Wipes what was read, once nobody else holds it. */
void          pd_ctl_file_wipe   (GBytes *content);

/* Standard input as a secret, without one final line end. On a terminal it is not echoed. */
PdSecretText *pd_ctl_read_secret (const char *label, GError **error);
/* A question on a terminal; FALSE where standard input is none. */
gboolean      pd_ctl_can_ask     (void);
gboolean      pd_ctl_ask         (const char *question);

G_END_DECLS
