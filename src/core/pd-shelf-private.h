/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-shelf.h"

G_BEGIN_DECLS

/* What is set aside is called profile.json.damaged-DATE. */
#define PD_SHELF_ASIDE PD_SHELF_FILE ".damaged-"

/* Among the files of the shelf itself. */
char     *pd_shelf_make_path    (const char *dir, const char *id, const char *name);
int       pd_shelf_open_profile (int profiles, const char *id, gboolean create, GError **error);
JsonNode *pd_shelf_parse        (GBytes *content, const char *id, GError **error);
char     *pd_shelf_set_aside    (const char *dir, int folder, const char *id, GError **error);

G_END_DECLS
