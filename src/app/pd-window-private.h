/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-banner.h"
#include "pd-explain-page.h"
#include "pd-signature-page.h"
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
  GHashTable            *conflicts;   /* profile → char **field_ids */
  PdProfile             *asked;       /* (nullable): whose conflict the dialog is about */
  AdwToast              *said;        /* unowned, until it is dismissed */
  guint                  said_source;
  guint                  welcome_source; /* after the first frame */
  guint                  settled_source; /* after the first second */
  gboolean               ready;
  gboolean               making_practice_shop;
  gboolean               closing;
  guint                  n_exports;          /* under way */
  gboolean               closes_when_exported;
  gboolean               may_close;
  gboolean               may_lose_secrets;
  AdwToastOverlay       *toasts;
  AdwLeaflet            *leaflet;
  PdShopList            *list;
  PdShopPage            *page;        /* NULL until pd_window_get_page() */
  AdwViewSwitcherTitle  *title;
  AdwViewSwitcherBar    *switcher_bar;
  GtkWidget             *alert;
  GtkWidget             *shop_button;
  GMenuModel            *shop_menu;
  GtkWidget             *pane_button;
  GtkWidget             *before_pane; /* weak: what had the focus when the side pane was opened */
  GtkStack              *content;
  const char            *tool;        /* name of the page that is shown in the shop's place, or NULL */
  GtkWidget             *focus;       /* unowned: where the keyboard was before the tool */
  PdBanner              *damaged;
  PdBanner              *conflict;
  PdBanner              *trouble;
};

PdProfile  *pd_window_get_profile       (PdWindow *self);
const char *pd_window_name_setting      (const char *field_id);
void        pd_window_add_actions       (PdWindow *self);
void        pd_window_update_actions    (PdWindow *self);
void        pd_window_accept_files      (PdWindow *self);
GtkWidget  *pd_window_open_tool         (PdWindow *self, const char *name);
void        pd_window_close_tool        (PdWindow *self);
gboolean    pd_window_is_in_list        (PdWindow *self);

/* In pd-window-shops.c. */
void        pd_window_bring_back        (PdWindow *self, const char *id);
void        pd_window_finish_deletions  (PdWindow *self, GAsyncReadyCallback callback, gpointer user_data);
void        pd_window_new_shop          (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_new_practice_shop (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_duplicate_shop    (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_delete_shop       (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_disconnect_shop   (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_undo_delete       (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_shop_properties   (GSimpleAction *action, GVariant *parameter, gpointer user_data);

/* In pd-window-store.c. */
void        pd_window_save              (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_retry_keyring     (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_show_damaged      (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_tell_conflicts    (PdWindow *self);
void        pd_window_show_conflict     (GSimpleAction *action, GVariant *parameter, gpointer user_data);

/* In pd-window-checks.c. */
void        pd_window_run_checks        (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_run_only          (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_cancel_checks     (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_history           (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_copy_command      (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_report            (GSimpleAction *action, GVariant *parameter, gpointer user_data);

/* In pd-window-export.c. */
void        pd_window_export_shop       (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_export_all        (GSimpleAction *action, GVariant *parameter, gpointer user_data);

/* In pd-window-guide.c. */
void        pd_window_watch_pane        (PdWindow *self);
void        pd_window_uncover_view      (PdWindow *self);
void        pd_window_ask_kind          (PdWindow *self, gboolean is_new);
void        pd_window_toggle_pane       (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_close_pane        (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_show_guide        (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_print_guide       (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_choose_kind       (GSimpleAction *action, GVariant *parameter, gpointer user_data);
void        pd_window_help              (GSimpleAction *action, GVariant *parameter, gpointer user_data);

G_END_DECLS
