/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-key.h"

G_BEGIN_DECLS

#define PD_PRACTICE_CA_FILE  "ca.pem"
#define PD_PRACTICE_KEY_FILE "key.pem"

/* The folder through which other programs learn what to trust and what to sign with. */
char *pd_practice_files_write  (const char *ca_pem, PdKey *key, GError **error);
void  pd_practice_files_remove (const char *folder);

G_END_DECLS
