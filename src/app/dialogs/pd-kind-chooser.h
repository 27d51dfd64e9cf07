/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-profile.h"

G_BEGIN_DECLS

#define PD_TYPE_KIND_CHOOSER (pd_kind_chooser_get_type ())

G_DECLARE_FINAL_TYPE (PdKindChooser, pd_kind_chooser, PD, KIND_CHOOSER, AdwWindow)

/* Signal "begin": the operator wants to go on to the guide. */

PdKindChooser *pd_kind_chooser_new (GtkWindow *parent, PdProfile *profile, gboolean is_new);

G_END_DECLS
