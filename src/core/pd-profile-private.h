/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"

G_BEGIN_DECLS

/* For the store: what the disk holds, as far as this process knows. */
PdProfile *pd_profile_new_saved       (JsonNode *document);
JsonNode  *pd_profile_dup_base        (PdProfile *self);
void       pd_profile_set_base        (PdProfile *self, JsonNode *base);
gboolean   pd_profile_is_changed      (PdProfile *self);
void       pd_profile_absorb          (PdProfile *self, JsonNode *document);

PdProfile *pd_profile_new_copy        (PdProfile *self, const char *name);
guint      pd_profile_get_undo_depth  (PdProfile *self);

G_END_DECLS
