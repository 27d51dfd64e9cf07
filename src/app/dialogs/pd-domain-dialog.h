/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-profile.h"

G_BEGIN_DECLS

GtkWidget *pd_domain_dialog_ask (GtkWidget *widget, PdProfile *profile, const char *from, const char *to);

G_END_DECLS
