/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-file-picker.h"
#include "pd-guide.h"
#include "pd-later.h"
#include "pd-notifications-view.h"
#include "pd-paster.h"
#include "pd-tests-view.h"

/* The window's verbs. Menus, keys, buttons, tests and D-Bus all come here. */

/* Of the shop that is shown, or NULL. */
PdProfile *
pd_window_get_profile (PdWindow *self)
{
  return self->shop != NULL ? pd_shop_get_profile (self->shop) : NULL;
}

/* What a part of the profile is called: a field, a step of the guide, the name. */
const char *
pd_window_name_setting (const char *field_id)
{
  const PdField *field = pd_catalogue_lookup (field_id);
  const PdGuideStep *step = pd_guide_lookup (field_id);

  if (step != NULL)
    return _(step->title);
  return field != NULL ? pd_field_get_label (field) : g_strcmp0 (field_id, "name") == 0 ? _("Shop Name") : field_id;
}

static void
undo (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  PdWindow *self = user_data;
  PdProfile *profile = pd_window_get_profile (self);
  const char *field_id = profile != NULL ? pd_profile_undo (profile) : NULL;
  g_autofree char *text = NULL;

  if (field_id == NULL) {
    pd_window_bring_back (self, g_queue_peek_head (self->deletions));
    return;
  }
  text = g_strdup_printf (_("Undone: %s"), pd_window_name_setting (field_id));
  pd_window_say (self, text);
}

static void
redo (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  PdWindow *self = user_data;
  const char *field_id = pd_profile_redo (pd_window_get_profile (self));
  g_autofree char *text = NULL;

  if (field_id == NULL)
    return;
  text = g_strdup_printf (_("Redone: %s"), pd_window_name_setting (field_id));
  pd_window_say (self, text);
}

static void
paste_keys (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_paster_take_clipboard (GTK_WIDGET (pd_window_get_page (self)), self->shop);
}

static void
on_keys_picked (GFile    *file,
                gpointer  user_data)
{
  PdWindow *self = user_data;

  if (self->shop != NULL)
    pd_paster_take_file (GTK_WIDGET (pd_window_get_page (self)), self->shop, file);
}

static void
open_keys (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  pd_file_picker_open (user_data, _("Open Keys File"), NULL, on_keys_picked, user_data);
}

static void
on_import_picked (GFile    *file,
                  gpointer  user_data)
{
  pd_window_import_file (user_data, file);
}

static void
import (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  const char *const types[] = { "application/json", "text/csv", "text/tab-separated-values", NULL };

  pd_file_picker_open (user_data, _("Import Shops"), types, on_import_picked, user_data);
}

static void
go_to_view (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PdWindow *self = user_data;

  for (guint i = 0; i < PD_N_VIEWS; i++) {
    if (g_str_equal (g_action_get_name (G_ACTION (action)), pd_view_to_id (i)))
      pd_shop_page_set_view (pd_window_get_page (self), i);
  }
  pd_window_close_tool (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  pd_window_uncover_view (self);
  pd_shop_page_focus_view (self->page);
}

/* Goes to that page of the Notifications view. */
static void
open_notifications_page (PdWindow   *self,
                         const char *page)
{
  pd_window_close_tool (self);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_NOTIFICATIONS);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  pd_notifications_view_open_page (PD_NOTIFICATIONS_VIEW (pd_shop_page_get_content (pd_window_get_page (self), PD_VIEW_NOTIFICATIONS)), page);
}

static void
inspect_notification (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  open_notifications_page (user_data, "inspector");
}

static void
receive_notifications (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  open_notifications_page (user_data, "receiver");
}

static void
go_to_field (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_window_close_tool (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  pd_shop_page_focus_field (pd_window_get_page (self), g_variant_get_string (parameter, NULL));
}

static void
explain (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  pd_explain_page_focus (PD_EXPLAIN_PAGE (pd_window_open_tool (user_data, "explain")));
}

static void
signature (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  pd_signature_page_focus (PD_SIGNATURE_PAGE (pd_window_open_tool (user_data, "signature")));
}

/* A cause that is known beforehand, and the text that told it. */
static void
explain_cause (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  PdExplainPage *page = PD_EXPLAIN_PAGE (pd_window_open_tool (user_data, "explain"));
  const char *cause_id;
  const char *text;

  g_variant_get (parameter, "(&s&s)", &cause_id, &text);
  pd_explain_page_show_cause (page, cause_id, text);
  pd_explain_page_focus (page);
}

static void
show_list (PdWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  adw_leaflet_set_visible_child_name (self->leaflet, "shops");
}

/* Where one pane is shown at a time, the list takes turns with the shop; else it makes room for it. */
static void
toggle_list (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  PdWindow *self = user_data;
  gboolean was_visible = gtk_widget_get_visible (GTK_WIDGET (self->list));

  if (was_visible && adw_leaflet_get_folded (self->leaflet) &&
      g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "shop") == 0) {
    show_list (self);
    return;
  }
  if (!was_visible) {
    show_list (self);
    if (!adw_leaflet_get_folded (self->leaflet))
      adw_leaflet_set_visible_child_name (self->leaflet, "shop");
    return;
  }
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  if (!adw_leaflet_get_folded (self->leaflet))
    gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
}

static void
search (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  PdWindow *self = user_data;

  show_list (self);
  pd_shop_list_start_search (self->list);
}

/* A page within a view is left before the view. */
static gboolean
leave_page (PdWindow *self)
{
  GtkWidget *content = self->shop != NULL ? pd_shop_page_get_content (self->page, pd_shop_page_get_view (self->page)) : NULL;

  if (content != NULL && PD_IS_NOTIFICATIONS_VIEW (content))
    return pd_notifications_view_go_back (PD_NOTIFICATIONS_VIEW (content));
  return content != NULL && PD_IS_TESTS_VIEW (content) && pd_tests_view_go_back (PD_TESTS_VIEW (content));
}

static void
back (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  PdWindow *self = user_data;

  if (self->tool != NULL) {
    pd_window_close_tool (self);
    return;
  }
  if (leave_page (self))
    return;
  show_list (self);
  pd_shop_list_focus (self->list);
}

/* GTK would build it together with the window if it were where GTK looks for it. */
static void
show_shortcuts (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr (GtkWidget) overlay = pd_later_build ("help-overlay");

  gtk_window_set_transient_for (GTK_WINDOW (overlay), user_data);
  gtk_window_present (GTK_WINDOW (overlay));
}

typedef struct
{
  const char *name;
  void     (* activate) (GSimpleAction *, GVariant *, gpointer);
  const char *parameter_type;
  const char *accels[3];
  gboolean    needs_shop;
  gboolean    not_in_tools; /* it changes what a tool hides */
} Verb;

static const Verb verbs[] = {
  { "new-shop", pd_window_new_shop, NULL, { "<Control>n" }, FALSE },
  { "new-practice-shop", pd_window_new_practice_shop, NULL, { NULL }, FALSE },
  { "duplicate-shop", pd_window_duplicate_shop, NULL, { "<Control>u" }, TRUE, TRUE },
  { "delete-shop", pd_window_delete_shop, NULL, { NULL }, TRUE, TRUE },
  { "disconnect-shop", pd_window_disconnect_shop, NULL, { NULL }, TRUE, TRUE },
  { "undo-delete", pd_window_undo_delete, "s", { NULL }, FALSE },
  { "shop-properties", pd_window_shop_properties, NULL, { "F2", "<Alt>Return" }, TRUE, TRUE },
  { "undo", undo, NULL, { "<Control>z" }, FALSE, TRUE },
  { "redo", redo, NULL, { "<Shift><Control>z", "<Control>y" }, FALSE, TRUE },
  { "save", pd_window_save, NULL, { "<Control>s" }, FALSE },
  { "paste-keys", paste_keys, NULL, { "<Shift><Control>v" }, TRUE, TRUE },
  { "open-keys", open_keys, NULL, { NULL }, TRUE, TRUE },
  { "import", import, NULL, { "<Control>o" }, FALSE },
  { "export-shop", pd_window_export_shop, NULL, { "<Shift><Control>s" }, TRUE },
  { "export-all", pd_window_export_all, NULL, { NULL }, FALSE },
  { "api-information", go_to_view, NULL, { "<Alt>1" }, TRUE },
  { "seller-central", go_to_view, NULL, { "<Alt>2" }, TRUE },
  { "notifications", go_to_view, NULL, { "<Alt>3" }, TRUE },
  { "upgrade", go_to_view, NULL, { "<Alt>4" }, TRUE },
  { "tests", go_to_view, NULL, { "<Alt>5" }, TRUE },
  { "inspect-notification", inspect_notification, NULL, { NULL }, TRUE },
  { "receive-notifications", receive_notifications, NULL, { NULL }, TRUE },
  { "go-to-field", go_to_field, "s", { NULL }, TRUE },
  { "run-checks", pd_window_run_checks, NULL, { "<Control>r" }, TRUE },
  { "run-only", pd_window_run_only, "as", { NULL }, TRUE },
  { "cancel-checks", pd_window_cancel_checks, NULL, { NULL }, TRUE },
  { "history", pd_window_history, NULL, { "<Control>h" }, TRUE },
  { "copy-command", pd_window_copy_command, NULL, { NULL }, TRUE },
  { "explain", explain, NULL, { "<Control>e" }, FALSE },
  { "explain-cause", explain_cause, "(ss)", { NULL }, FALSE },
  { "signature", signature, NULL, { "<Shift><Control>e" }, FALSE },
  { "report", pd_window_report, NULL, { "<Control>p" }, TRUE },
  { "retry-keyring", pd_window_retry_keyring, NULL, { NULL }, FALSE },
  { "search", search, NULL, { "<Control>f" }, FALSE },
  { "toggle-list", toggle_list, NULL, { "<Shift>F9" }, TRUE },
  { "toggle-pane", pd_window_toggle_pane, NULL, { "F9" }, TRUE },
  { "close-pane", pd_window_close_pane, NULL, { NULL }, TRUE },
  { "show-guide", pd_window_show_guide, NULL, { NULL }, TRUE },
  { "print-guide", pd_window_print_guide, NULL, { "<Shift><Control>p" }, TRUE },
  { "choose-kind", pd_window_choose_kind, NULL, { NULL }, TRUE },
  { "help", pd_window_help, NULL, { "F1" }, FALSE },
  { "back", back, NULL, { "<Alt>Left" }, FALSE },
  { "show-help-overlay", show_shortcuts, NULL, { "<Control>question", "<Control>F1" }, FALSE },
  { "show-damaged", pd_window_show_damaged, NULL, { NULL }, FALSE },
  { "show-conflict", pd_window_show_conflict, NULL, { NULL }, FALSE },
};

/* Called once, by the window's init. */
void
pd_window_add_actions (PdWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    GActionEntry entry = { verbs[i].name, verbs[i].activate, verbs[i].parameter_type, NULL, NULL };

    g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
  }
}

/* The keys, once for the application. */
void
pd_window_add_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    g_autofree char *name = g_strconcat ("win.", verbs[i].name, NULL);

    if (verbs[i].accels[0] != NULL)
      gtk_application_set_accels_for_action (application, name, (const char *const *) verbs[i].accels);
  }
}

/* What cannot be done now is insensitive. */
void
pd_window_update_actions (PdWindow *self)
{
  PdProfile *profile = pd_window_get_profile (self);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), verbs[i].name);
    gboolean enabled = !verbs[i].needs_shop || profile != NULL;

    if (verbs[i].activate == undo)
      enabled = (profile != NULL && pd_profile_can_undo (profile)) || !g_queue_is_empty (self->deletions);
    else if (verbs[i].activate == redo)
      enabled = profile != NULL && pd_profile_can_redo (profile);
    /* It takes a moment, as the shop gets a key: who is impatient gets one all the same. */
    else if (verbs[i].activate == pd_window_new_practice_shop)
      enabled = !self->making_practice_shop;
    if (verbs[i].not_in_tools && self->tool != NULL)
      enabled = FALSE;
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
  }
}

