/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-shape.h"

G_BEGIN_DECLS

void     pd_url_judge        (const PdShape *shape, const char *value, GPtrArray *problems);
gboolean pd_url_has_path     (const char *value);
gboolean pd_url_is_localhost (const char *value);
char    *pd_url_get_origin   (const char *value);
char    *pd_url_narrow       (const char *text);
gboolean pd_url_is_private_address (GInetAddress *address);

G_END_DECLS
