/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-profile.h"

G_BEGIN_DECLS

#define PD_TYPE_SET_ASIDE (pd_set_aside_get_type ())

G_DECLARE_FINAL_TYPE (PdSetAside, pd_set_aside, PD, SET_ASIDE, GObject)

/* A file in the data folder that is no usable profile: damaged and moved aside, or of a newer format and left where it is.
 * Properties: path, reason (a translated sentence). */
PdSetAside   *pd_set_aside_new        (const char *profile_id, const char *path, const GError *why, PdProfile *salvaged);
const char   *pd_set_aside_get_id     (PdSetAside *self);
const char   *pd_set_aside_get_path   (PdSetAside *self);
const char   *pd_set_aside_get_reason (PdSetAside *self);
const GError *pd_set_aside_get_error  (PdSetAside *self);
gboolean      pd_set_aside_is_newer   (PdSetAside *self);

/* What could be read of it, as a profile that no store has; NULL where that is nothing. */
PdProfile    *pd_set_aside_get_profile (PdSetAside *self);

G_END_DECLS
