/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

#define PD_SECRET_REVEAL_SECONDS 15

GtkWidget *pd_secret_reveal_show (GtkWidget *beside, PdSecretText *secret, guint seconds);

G_END_DECLS
