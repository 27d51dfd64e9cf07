/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-announce.h"
#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-confirm.h"
#include "pd-file-picker.h"
#include "pd-guide-place.h"
#include "pd-guide.h"
#include "pd-later.h"
#include "pd-notifications-view.h"
#include "pd-leave-dialog.h"
#include "pd-paster.h"
#include "pd-practice-shop.h"
#include "pd-report-dialog.h"
#include "pd-set-aside.h"
#include "pd-tests-view.h"

/* The window's verbs. Menus, keys, buttons, tests and D-Bus all come here. */

#define UNDO_DELETE_SECONDS 12

static PdProfile *
get_profile (PdWindow *self)
{
  return self->shop != NULL ? pd_shop_get_profile (self->shop) : NULL;
}

static PdStore *
get_store (PdWindow *self)
{
  return pd_desk_get_store (self->desk);
}

static void
new_shop (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autoptr (PdProfile) profile = pd_profile_new (_("New Shop"));
  g_autoptr (GError) error = NULL;

  if (!pd_store_add (get_store (self), profile, &error)) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, profile);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_API_INFORMATION);
  pd_window_ask_kind (self, TRUE);
}

static void
on_practice_shop_made (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdProfile) profile = pd_practice_shop_new_finish (result, &error);

  if (profile == NULL) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, profile);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_TESTS);
}

static void
new_practice_shop (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_practice_shop_new_async (self->desk, _("Lantern & Co."), PD_MODE_ENABLED, PD_GENERATION_NEW, "client-id", NULL,
                              on_practice_shop_made, g_object_ref (self));
}

static void
duplicate_shop (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PdWindow *self = user_data;
  PdProfile *profile = get_profile (self);
  g_autofree char *name = g_strdup_printf (_("%s (copy)"), pd_profile_get_name (profile));
  g_autoptr (GError) error = NULL;
  PdProfile *copy = pd_store_duplicate (get_store (self), profile, name, &error);

  if (copy == NULL) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, copy);
  pd_window_say (self, _("Duplicated without its secrets"));
  pd_shop_page_rename (pd_window_get_page (self));
}

static void
on_deletion_completed (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!pd_desk_complete_deletions_finish (PD_DESK (source), result, &error))
    pd_window_say (self, error->message);
}

static char *
take_deletion (PdWindow   *self,
               const char *id)
{
  GList *link = g_queue_find_custom (self->deletions, id, (GCompareFunc) g_strcmp0);
  char *taken = link != NULL ? link->data : NULL;

  if (link != NULL)
    g_queue_delete_link (self->deletions, link);
  return taken;
}

static void
on_deletion_toast_gone (AdwToast *toast,
                        gpointer  user_data)
{
  PdWindow *self = user_data;
  g_autofree char *id = take_deletion (self, g_object_get_data (G_OBJECT (toast), "profile"));

  if (id == NULL)
    return;
  pd_guide_place_forget (id);
  pd_desk_complete_deletions_async (self->desk, id, NULL, on_deletion_completed, g_object_ref (self));
}

static void
delete_shop (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autoptr (PdProfile) profile = g_object_ref (get_profile (self));
  const char *id = pd_profile_get_id (profile);
  g_autofree char *name = g_markup_escape_text (pd_profile_get_name (profile), -1);
  g_autofree char *title = g_strdup_printf (_("“%s” deleted"), name);
  g_autofree char *said = g_strdup_printf (_("“%s” deleted"), pd_profile_get_name (profile));
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  pd_tester_cancel (self->tester, profile);
  if (!pd_desk_delete_profile (self->desk, profile, &error)) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, NULL);
  g_queue_push_head (self->deletions, g_strdup (id));
  toast = adw_toast_new (title);
  adw_toast_set_timeout (toast, UNDO_DELETE_SECONDS);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-delete");
  adw_toast_set_action_target (toast, "s", id);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "profile", g_strdup (id), g_free);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_deletion_toast_gone), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  pd_announce (GTK_WIDGET (self), said);
  pd_window_update_actions (self);
}

static void
disconnect_shop (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  PdWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (pd_leave_dialog_new (self->shop, GTK_WINDOW (self))));
}

static void
bring_back (PdWindow   *self,
            const char *wanted)
{
  g_autofree char *id = take_deletion (self, wanted);
  g_autoptr (GError) error = NULL;
  PdProfile *profile;

  if (id == NULL)
    return;
  if (!pd_desk_undo_delete (self->desk, id, &error)) {
    pd_window_say (self, error->message);
    return;
  }
  profile = pd_store_find (get_store (self), id, NULL);
  if (profile != NULL)
    pd_window_open_shop (self, profile);
  pd_window_update_actions (self);
}

static void
undo_delete (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  bring_back (user_data, g_variant_get_string (parameter, NULL));
}

static const char *
name_field (const char *field_id)
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
  PdProfile *profile = get_profile (self);
  const char *field_id = profile != NULL ? pd_profile_undo (profile) : NULL;
  g_autofree char *text = NULL;

  if (field_id == NULL) {
    bring_back (self, g_queue_peek_head (self->deletions));
    return;
  }
  text = g_strdup_printf (_("Undone: %s"), name_field (field_id));
  pd_window_say (self, text);
}

static void
redo (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  PdWindow *self = user_data;
  const char *field_id = pd_profile_redo (get_profile (self));
  g_autofree char *text = NULL;

  if (field_id == NULL)
    return;
  text = g_strdup_printf (_("Redone: %s"), name_field (field_id));
  pd_window_say (self, text);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (pd_store_save_all_finish (PD_STORE (source), result, &error))
    pd_window_say (self, _("Saved"));
  else
    pd_window_say (self, error->message);
}

static void
save (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_store_save_all_async (get_store (self), NULL, on_saved, g_object_ref (self));
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
shop_properties (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  pd_shop_page_rename (pd_window_get_page (user_data));
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
run (PdWindow          *self,
     const char *const *only)
{
  pd_window_close_tool (self);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_TESTS);
  pd_tests_view_run (PD_TESTS_VIEW (pd_shop_page_get_content (pd_window_get_page (self), PD_VIEW_TESTS)), only);
}

static void
run_checks (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PdWindow *self = user_data;

  gtk_window_set_focus (GTK_WINDOW (self), gtk_window_get_focus (GTK_WINDOW (self)));
  run (self, NULL);
}

static void
run_only (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_autofree const char **only = g_variant_get_strv (parameter, NULL);

  run (user_data, only);
}

static PdTestsView *
show_tests (PdWindow *self)
{
  pd_window_close_tool (self);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_TESTS);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  return PD_TESTS_VIEW (pd_shop_page_get_content (pd_window_get_page (self), PD_VIEW_TESTS));
}

static void
history (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  pd_tests_view_show_history (show_tests (user_data));
}

static void
copy_command (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autofree char *command = pd_tests_view_dup_command (show_tests (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  pd_window_say (self, _("Command copied"));
}

static void
report (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  PdWindow *self = user_data;

  /* What is being typed belongs into it. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  pd_report_dialog_present (GTK_WINDOW (self), self->shop);
}

static void
cancel_checks (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_tester_cancel (self->tester, get_profile (self));
}

static void
on_retried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!pd_secrets_retry_finish (PD_SECRETS (source), result, &error))
    pd_window_say (self, error->message);
  if (self->shop != NULL)
    pd_shop_ask_keyring (self->shop);
}

static void
retry_keyring (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_secrets_retry_async (pd_desk_get_secrets (self->desk), NULL, on_retried, g_object_ref (self));
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
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
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

static void
show_damaged (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PdWindow *self = user_data;
  GListModel *model = pd_store_get_set_aside (get_store (self));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (PdSetAside) aside = g_list_model_get_item (model, i);

    g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n\n" : "", pd_set_aside_get_path (aside),
                            pd_set_aside_get_reason (aside));
  }
  pd_confirm_show (GTK_WIDGET (self), _("Files That Could Not Be Read"), text->str);
  g_string_free (text, TRUE);
}

static PdProfile *
find_conflict (PdWindow *self)
{
  GHashTableIter iter;
  gpointer profile;

  g_hash_table_iter_init (&iter, self->conflicts);
  return g_hash_table_iter_next (&iter, &profile, NULL) ? profile : NULL;
}

static void
resolve (PdWindow *self,
         gboolean  keep_mine)
{
  PdProfile *profile = find_conflict (self);

  if (profile == NULL)
    return;
  pd_store_resolve (get_store (self), profile, keep_mine);
  g_hash_table_remove (self->conflicts, profile);
  if (g_hash_table_size (self->conflicts) == 0)
    pd_banner_hide (self->conflict);
}

static void
keep_mine (gpointer user_data)
{
  resolve (user_data, TRUE);
}

static void
take_theirs (gpointer user_data)
{
  resolve (user_data, FALSE);
}

static void
show_conflict (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  PdWindow *self = user_data;
  PdProfile *profile = find_conflict (self);
  char **field_ids = profile != NULL ? g_hash_table_lookup (self->conflicts, profile) : NULL;
  g_autofree char *heading = NULL;
  GString *body;

  if (profile == NULL)
    return;
  heading = g_strdup_printf (_("Which Values of “%s” Shall Stay?"), pd_profile_get_name (profile));
  body = g_string_new (NULL);
  for (; *field_ids != NULL; field_ids++) {
    g_autofree char *theirs = pd_store_get_theirs (get_store (self), profile, *field_ids);
    const char *mine = g_str_equal (*field_ids, "name") ? pd_profile_get_name (profile) : pd_profile_get_text (profile, *field_ids);
    g_autofree char *part = g_strdup_printf (_("%s\nHere: %s\nElsewhere: %s"), name_field (*field_ids),
                                             *mine != '\0' ? mine : "–", theirs != NULL && *theirs != '\0' ? theirs : "–");

    g_string_append_printf (body, "%s%s", body->len > 0 ? "\n\n" : "", part);
  }
  pd_confirm_choose (GTK_WIDGET (self), heading, body->str, _("Keep _Mine"), _("Take _Theirs"), keep_mine, take_theirs, self);
  g_string_free (body, TRUE);
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
  { "new-shop", new_shop, NULL, { "<Control>n" }, FALSE },
  { "new-practice-shop", new_practice_shop, NULL, { NULL }, FALSE },
  { "duplicate-shop", duplicate_shop, NULL, { "<Control>u" }, TRUE, TRUE },
  { "delete-shop", delete_shop, NULL, { NULL }, TRUE, TRUE },
  { "disconnect-shop", disconnect_shop, NULL, { NULL }, TRUE, TRUE },
  { "undo-delete", undo_delete, "s", { NULL }, FALSE },
  { "shop-properties", shop_properties, NULL, { "F2", "<Alt>Return" }, TRUE, TRUE },
  { "undo", undo, NULL, { "<Control>z" }, FALSE, TRUE },
  { "redo", redo, NULL, { "<Shift><Control>z", "<Control>y" }, FALSE, TRUE },
  { "save", save, NULL, { "<Control>s" }, FALSE },
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
  { "run-checks", run_checks, NULL, { "<Control>r" }, TRUE },
  { "run-only", run_only, "as", { NULL }, TRUE },
  { "cancel-checks", cancel_checks, NULL, { NULL }, TRUE },
  { "history", history, NULL, { "<Control>h" }, TRUE },
  { "copy-command", copy_command, NULL, { NULL }, TRUE },
  { "explain", explain, NULL, { "<Control>e" }, FALSE },
  { "explain-cause", explain_cause, "(ss)", { NULL }, FALSE },
  { "signature", signature, NULL, { "<Shift><Control>e" }, FALSE },
  { "report", report, NULL, { "<Control>p" }, TRUE },
  { "retry-keyring", retry_keyring, NULL, { NULL }, FALSE },
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
  { "show-damaged", show_damaged, NULL, { NULL }, FALSE },
  { "show-conflict", show_conflict, NULL, { NULL }, FALSE },
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
  PdProfile *profile = get_profile (self);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), verbs[i].name);
    gboolean enabled = !verbs[i].needs_shop || profile != NULL;

    if (verbs[i].activate == undo)
      enabled = (profile != NULL && pd_profile_can_undo (profile)) || !g_queue_is_empty (self->deletions);
    else if (verbs[i].activate == redo)
      enabled = profile != NULL && pd_profile_can_redo (profile);
    if (verbs[i].not_in_tools && self->tool != NULL)
      enabled = FALSE;
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
  }
}

/* Completes what could still be undone, all of it, for a window that closes. */
void
pd_window_finish_deletions (PdWindow            *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_queue_clear_full (self->deletions, g_free);
  pd_desk_complete_deletions_async (self->desk, NULL, NULL, callback, user_data);
}
