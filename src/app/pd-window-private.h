/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-banner.h"
#include "pd-window.h"

G_BEGIN_DECLS

struct _PdWindow
{
  AdwApplicationWindow   parent_instance;
  PdApplication         *application; /* unowned */
  PdDesk                *desk;
  PdVerdicts            *verdicts;
  PdTester              *tester;
  PdShop                *shop;
  GQueue                *deletions;   /* ids of deleted shops that Undo still brings back, the newest first */
  GHashTable            *conflicts;   /* profile id → char **field_ids */
  AdwToast              *said;        /* unowned, until it is dismissed */
  guint                  said_source;
  gboolean               ready;
  gboolean               closing;
  gboolean               may_close;
  gboolean               may_lose_secrets;
  AdwToastOverlay       *toasts;
  AdwLeaflet            *leaflet;
  PdShopList            *list;
  PdShopPage            *page;
  AdwViewSwitcherTitle  *title;
  AdwViewSwitcherBar    *switcher_bar;
  GtkWidget             *shop_button;
  GMenuModel            *shop_menu;
  GtkStack              *content;
  PdBanner              *damaged;
  PdBanner              *conflict;
  PdBanner              *trouble;
};

void pd_window_add_actions    (PdWindow *self);
void pd_window_update_actions (PdWindow *self);
void pd_window_accept_files   (PdWindow *self);
void pd_window_finish_deletions (PdWindow *self, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
