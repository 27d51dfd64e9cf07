/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-announce.h"
#include "pd-window-private.h"

#include <glib/gi18n.h>
#ifdef HAVE_MALLOC_TRIM
#include <malloc.h>
#endif

#include "pd-confirm.h"
#include "pd-later.h"
#include "pd-secret-clipboard.h"
#include "pd-wrap.h"

/* Room for the list, a view and the side pane side by side. */
#define PANE_MIN_WIDTH 920

/**
 * PdWindow:
 *
 * The one window: the shops at the left, the chosen one at the right. Its verbs are in pd-window-actions.c.
 */
/* As long as libadwaita shows a toast by itself. */
#define SAY_SECONDS 5

/* Files that nothing names any more stay a day: another program may be about to name one. */
#define UNUSED_SECONDS (24 * 60 * 60)

G_DEFINE_FINAL_TYPE (PdWindow, pd_window, ADW_TYPE_APPLICATION_WINDOW)

/* The pages that stand in the shop's place for a while. */
static const struct
{
  const char *name;
  const char *title;
  GType    (* get_type) (void);
} tools[] = {
  { "explain", N_("Explain an Error"), pd_explain_page_get_type },
  { "signature", N_("Signature Bench"), pd_signature_page_get_type },
};

static const char *
get_tool_title (PdWindow *self)
{
  for (guint i = 0; self->tool != NULL && i < G_N_ELEMENTS (tools); i++) {
    if (g_str_equal (tools[i].name, self->tool))
      return _(tools[i].title);
  }
  return NULL;
}

/* Which shop a tool works for. */
static void
give_shop (PdWindow  *self,
           GtkWidget *tool)
{
  if (tool != NULL && PD_IS_EXPLAIN_PAGE (tool))
    pd_explain_page_set_profile (PD_EXPLAIN_PAGE (tool), self->shop != NULL ? pd_shop_get_profile (self->shop) : NULL);
  else if (tool != NULL && PD_IS_SIGNATURE_PAGE (tool))
    pd_signature_page_set_shop (PD_SIGNATURE_PAGE (tool), self->shop);
}

/* Made when it is first needed. */
static GtkWidget *
get_tool (PdWindow   *self,
          const char *name)
{
  GtkWidget *tool = gtk_stack_get_child_by_name (self->content, name);

  for (guint i = 0; tool == NULL && i < G_N_ELEMENTS (tools); i++) {
    if (!g_str_equal (tools[i].name, name))
      continue;
    tool = g_object_new (tools[i].get_type (), NULL);
    gtk_stack_add_named (self->content, tool, name);
    give_shop (self, tool);
  }
  return tool;
}

static void
show_title (PdWindow *self)
{
  const char *tool = get_tool_title (self);
  const char *name = self->shop != NULL ? pd_profile_get_name (pd_shop_get_profile (self->shop)) : "Paydesk";

  adw_view_switcher_title_set_title (self->title, tool != NULL ? tool : name);
  adw_view_switcher_title_set_subtitle (self->title, tool != NULL && self->shop != NULL ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tool != NULL ? tool : name);
}

/* With large text, five characters and their ellipsis leave no room for the buttons of a phone's width. */
static void
let_title_shrink (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE)
    gtk_label_set_width_chars (GTK_LABEL (widget), 2);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    let_title_shrink (child);
}

/* Not only unrevealed: without animations the library would allocate less than nothing to what is in it. */
static void
show_switcher_bar (PdWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar),
                          self->shop != NULL && self->tool == NULL && adw_view_switcher_title_get_title_visible (self->title));
}

/* The views' buttons take the whole bar; the library leaves them in the middle of it, with margins. */
static void
spread_switcher (GtkWidget *widget)
{
  if (ADW_IS_VIEW_SWITCHER (widget)) {
    gtk_widget_set_hexpand (widget, TRUE);
    gtk_widget_set_margin_start (widget, 0);
    gtk_widget_set_margin_end (widget, 0);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    spread_switcher (child);
}

static const char *
choose_content (PdWindow *self)
{
  if (self->tool != NULL)
    return self->tool;
  if (self->shop != NULL)
    return "shop";
  if (!self->ready)
    return "loading";
  if (g_list_model_get_n_items (G_LIST_MODEL (pd_desk_get_store (self->desk))) == 0)
    return "pd-no-shops";
  /* Not in the first frame with the list: the page's two fonts would hold it up. */
  return self->welcome_source == 0 ? "pd-no-shop-chosen" : "loading";
}

static void
show_content (PdWindow *self)
{
  gboolean shop = self->shop != NULL && self->tool == NULL;

  pd_later_show (self->content, choose_content (self));
  if (shop && adw_view_switcher_title_get_stack (self->title) == NULL) {
    adw_view_switcher_title_set_stack (self->title, pd_shop_page_get_stack (self->page));
    adw_view_switcher_bar_set_stack (self->switcher_bar, pd_shop_page_get_stack (self->page));
    pd_wrap_labels (GTK_WIDGET (self->switcher_bar));
    spread_switcher (GTK_WIDGET (self->switcher_bar));
  }
  adw_view_switcher_title_set_view_switcher_enabled (self->title, shop);
  show_title (self);
  show_switcher_bar (self);
  gtk_widget_set_visible (self->shop_button, shop);
  gtk_widget_set_visible (self->pane_button, shop);
}

static gboolean
welcome (gpointer user_data)
{
  PdWindow *self = user_data;

  self->welcome_source = 0;
  show_content (self);
  return G_SOURCE_REMOVE;
}

static void
on_name_changed (PdWindow *self)
{
  const char *name = self->shop != NULL ? pd_profile_get_name (pd_shop_get_profile (self->shop)) : "Paydesk";
  g_autofree char *title = self->shop != NULL ? g_strdup_printf ("%s – Paydesk", name) : g_strdup (name);

  show_title (self);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
on_undo_changed (PdWindow *self)
{
  pd_window_update_actions (self);
}

static void
on_title_visible (PdWindow *self)
{
  show_switcher_bar (self);
  if (self->page != NULL)
    pd_shop_page_set_name_shown (self->page, !adw_view_switcher_title_get_title_visible (self->title));
}

static void
refresh_saved (PdWindow *self)
{
  PdProfile *profile = self->shop != NULL ? pd_shop_get_profile (self->shop) : NULL;

  if (profile == NULL)
    return;
  if (!pd_store_is_dirty (pd_desk_get_store (self->desk), profile))
    pd_shop_page_set_saved (self->page, _("Saved"));
  else if (g_hash_table_contains (self->conflicts, profile))
    pd_shop_page_set_saved (self->page, _("Not saved"));
  else
    pd_shop_page_set_saved (self->page, _("Saving…"));
}

/* To the list, whether it is behind the shop or hidden; or from a tool to the shop. */
static gboolean
shows_way_back (PdWindow   *self,
                gboolean    is_folded,
                gboolean    is_list_visible,
                const char *page)
{
  return is_folded || !is_list_visible || self->tool != NULL;
}

static void
on_shop_chosen (PdWindow *self,
                gboolean  enters)
{
  pd_window_close_tool (self);
  if (pd_shop_list_get_selected (self->list) == NULL)
    return;
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  if (enters)
    pd_shop_page_focus_view (self->page);
}

/* Whether the keyboard is in the list of shops. */
gboolean
pd_window_is_in_list (PdWindow *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->list)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
on_selected_changed (PdWindow *self)
{
  PdProfile *profile = pd_shop_list_get_selected (self->list);
  PdProfile *left = self->shop != NULL ? pd_shop_get_profile (self->shop) : NULL;

  if (profile == left)
    return;
  /* What is being typed is kept when the caret leaves. Arrows go from shop to shop: the list keeps the keyboard. */
  if (!pd_window_is_in_list (self))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (left != NULL) {
    g_signal_handlers_disconnect_by_data (left, self);
    /* What undo keeps of a secret is gone with it. */
    pd_profile_forget_undo (left);
    pd_store_drop_unused_async (pd_desk_get_store (self->desk), left, "logo", g_get_real_time () / G_USEC_PER_SEC - UNUSED_SECONDS, NULL, NULL);
  }
  if (self->page != NULL && profile == NULL)
    pd_shop_page_set_shop (self->page, NULL, NULL);
  g_clear_object (&self->shop);
  self->tool = NULL;
  if (profile != NULL) {
    self->shop = pd_shop_new (self->desk, profile);
    pd_shop_page_set_shop (pd_window_get_page (self), self->shop, self->tester);
    g_signal_connect_object (profile, "notify::name", G_CALLBACK (on_name_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (profile, "changed", G_CALLBACK (refresh_saved), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    g_signal_connect_object (profile, "notify::can-undo", G_CALLBACK (on_undo_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (profile, "notify::can-redo", G_CALLBACK (on_undo_changed), self, G_CONNECT_SWAPPED);
  }
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    give_shop (self, gtk_stack_get_child_by_name (self->content, tools[i].name));
  on_name_changed (self);
  show_content (self);
  refresh_saved (self);
  pd_window_update_actions (self);
}

static void
on_shops_changed (PdWindow *self)
{
  show_content (self);
}

static void
refresh_damaged (PdWindow *self)
{
  guint n = g_list_model_get_n_items (pd_store_get_set_aside (pd_desk_get_store (self->desk)));
  g_autofree char *text = g_strdup_printf (ngettext ("%'u shop’s file could not be read. It was set aside, and nothing in it was changed.",
                                                     "%'u shops’ files could not be read. They were set aside, and nothing in them was changed.", n), n);

  if (n > 0)
    pd_banner_show (self->damaged, text);
  else
    pd_banner_hide (self->damaged);
}

static void
on_conflict (PdWindow   *self,
             PdProfile  *profile,
             char      **field_ids)
{
  g_hash_table_replace (self->conflicts, g_object_ref (profile), g_strdupv (field_ids));
  pd_window_tell_conflicts (self);
  refresh_saved (self);
}

static void
on_saved (PdWindow  *self,
          PdProfile *profile)
{
  if (self->shop == NULL || pd_shop_get_profile (self->shop) != profile)
    return;
  pd_banner_hide (self->trouble);
  refresh_saved (self);
}

static void
on_save_failed (PdWindow     *self,
                PdProfile    *profile,
                const GError *why)
{
  if (self->shop != NULL && pd_shop_get_profile (self->shop) == profile)
    pd_shop_page_set_saved (self->page, _("Not saved"));
  pd_banner_show (self->trouble, why->message);
}

/* Undo passed over a secret, and the keyring could not follow. */
static void
on_restore_failed (PdWindow     *self,
                   PdProfile    *profile,
                   const char   *field_id,
                   const GError *why)
{
  pd_window_say (self, why->message);
}

static void
save_state (PdWindow *self)
{
  GSettings *settings = pd_application_get_settings (self->application);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_delay (settings);
  g_settings_set_int (settings, "window-width", MAX (width, 360));
  g_settings_set_int (settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (self->ready)
    g_settings_set_string (settings, "last-shop", self->shop != NULL ? pd_profile_get_id (pd_shop_get_profile (self->shop)) : "");
  if (self->page != NULL) {
    g_settings_set_string (settings, "last-view", pd_view_to_id (pd_shop_page_get_view (self->page)));
    g_settings_set_boolean (settings, "side-pane", adw_flap_get_reveal_flap (pd_shop_page_get_flap (self->page)));
  }
  g_settings_apply (settings);
}

static void
close_now (PdWindow *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
close_anyway (gpointer user_data)
{
  close_now (user_data);
}

static void
close_without_secrets (gpointer user_data)
{
  PdWindow *self = user_data;

  self->may_lose_secrets = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_deletions_finished (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;

  /* What could not be completed is completed at the next start. */
  pd_desk_complete_deletions_finish (PD_DESK (source), result, NULL);
  close_now (self);
}

static void
on_all_saved (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->closing = FALSE;
  if (!pd_store_save_all_finish (PD_STORE (source), result, &error)) {
    pd_confirm_ask (GTK_WIDGET (self), _("Changes Could Not Be Saved"), error->message, _("Close _Anyway"), TRUE, close_anyway, self);
    return;
  }
  if (g_queue_is_empty (self->deletions))
    close_now (self);
  else
    pd_window_finish_deletions (self, on_deletions_finished, g_object_ref (self));
}

static void
on_secrets_settled (PdWindow *self)
{
  if (self->closing && self->shop != NULL && !pd_shop_is_storing (self->shop)) {
    self->closing = FALSE;
    gtk_window_close (GTK_WINDOW (self));
  }
}

/* Whatever is typed is kept first; the window goes when all of it is on disk. */
static gboolean
pd_window_close_request (GtkWindow *window)
{
  PdWindow *self = PD_WINDOW (window);
  guint n_pending = pd_secrets_get_n_pending (pd_desk_get_secrets (self->desk));

  if (self->may_close)
    return GTK_WINDOW_CLASS (pd_window_parent_class)->close_request (window);
  gtk_window_set_focus (window, NULL);
  save_state (self);
  if (self->shop != NULL && pd_shop_is_storing (self->shop) && !self->closing) {
    self->closing = TRUE;
    g_signal_connect_object (self->shop, "secrets-changed", G_CALLBACK (on_secrets_settled), self, G_CONNECT_SWAPPED);
    return GDK_EVENT_STOP;
  }
  self->closes_when_exported = self->n_exports > 0;
  if (self->closes_when_exported)
    return GDK_EVENT_STOP;
  if (n_pending > 0 && !self->may_lose_secrets) {
    g_autofree char *body =
      g_strdup_printf (ngettext ("%'u secret is only in memory, because the keyring has not taken it. It is lost when Paydesk is closed.",
                                 "%'u secrets are only in memory, because the keyring has not taken them. They are lost when Paydesk is closed.",
                                 n_pending), n_pending);

    self->closing = FALSE;
    pd_confirm_ask (GTK_WIDGET (self), _("Close Without Storing?"), body, _("Close _Without Storing"), TRUE,
                    close_without_secrets, self);
    return GDK_EVENT_STOP;
  }
  self->closing = TRUE;
  pd_secret_clipboard_clear ();
  pd_store_save_all_async (pd_desk_get_store (self->desk), NULL, on_all_saved, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
say_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  pd_window_say (PD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
pd_window_dispose (GObject *object)
{
  PdWindow *self = PD_WINDOW (object);

  if (self->shop != NULL)
    g_signal_handlers_disconnect_by_data (pd_shop_get_profile (self->shop), self);
  g_clear_weak_pointer (&self->before_pane);
  g_clear_object (&self->shop);
  g_clear_weak_pointer (&self->focus);
  g_clear_object (&self->tester);
  g_clear_object (&self->verdicts);
  g_clear_object (&self->asked);
  g_clear_object (&self->desk);
  g_clear_handle_id (&self->said_source, g_source_remove);
  g_clear_handle_id (&self->welcome_source, g_source_remove);
  g_clear_handle_id (&self->settled_source, g_source_remove);
  G_OBJECT_CLASS (pd_window_parent_class)->dispose (object);
}

static void
pd_window_finalize (GObject *object)
{
  PdWindow *self = PD_WINDOW (object);

  g_queue_free_full (self->deletions, g_free);
  g_hash_table_unref (self->conflicts);
  G_OBJECT_CLASS (pd_window_parent_class)->finalize (object);
}

static void
pd_window_class_init (PdWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_window_dispose;
  object_class->finalize = pd_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = pd_window_close_request;

  g_type_ensure (PD_TYPE_BANNER);
  g_type_ensure (PD_TYPE_SHOP_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, leaflet);
  gtk_widget_class_bind_template_callback (widget_class, shows_way_back);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, alert);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, shop_button);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, shop_menu);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, pane_button);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, content);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, damaged);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, conflict);
  gtk_widget_class_bind_template_child (widget_class, PdWindow, trouble);
  gtk_widget_class_install_action (widget_class, "win.say", "s", say_action);
}

static void
pd_window_init (PdWindow *self)
{
  self->deletions = g_queue_new ();
  self->conflicts = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_strfreev);
  gtk_widget_init_template (GTK_WIDGET (self));
  pd_announce_set_alert (GTK_WINDOW (self), self->alert);
  pd_later_set_menu (GTK_MENU_BUTTON (self->shop_button), self->shop_menu);
  let_title_shrink (GTK_WIDGET (self->title));
  g_object_bind_property (self->title, "title-visible", self->switcher_bar, "reveal", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->title, "notify::title-visible", G_CALLBACK (on_title_visible), self, G_CONNECT_SWAPPED);
  pd_window_add_actions (self);
  pd_window_accept_files (self);
}

/**
 * pd_window_new:
 * @application: the application
 *
 * Returns: (transfer none): its window, to be presented before the shops are read
 */
PdWindow *
pd_window_new (PdApplication *application)
{
  PdWindow *self = g_object_new (PD_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = pd_application_get_settings (application);
  PdStore *store;

  self->application = application;
  self->desk = g_object_ref (pd_application_get_desk (application));
  store = pd_desk_get_store (self->desk);
  self->verdicts = pd_verdicts_new (store);
  self->tester = pd_tester_new (self->desk, self->verdicts);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  g_signal_connect_object (self->list, "notify::selected", G_CALLBACK (on_selected_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (on_shop_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_shops_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "conflict", G_CALLBACK (on_conflict), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "save-failed", G_CALLBACK (on_save_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "restore-failed", G_CALLBACK (on_restore_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_store_get_set_aside (store), "items-changed", G_CALLBACK (refresh_damaged), self, G_CONNECT_SWAPPED);
  show_content (self);
  pd_window_update_actions (self);
  return self;
}

static void
on_old_deletions_finished (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* A locked keyring leaves them for the next start. */
  if (!pd_desk_complete_deletions_finish (PD_DESK (source), result, &error))
    g_debug ("deletions of an earlier run are still open: %s", error->message);
}

/* To build a window and to read the shops takes more than what stays of it. Once it is there, the system gets the rest back. */
static gboolean
on_settled (gpointer user_data)
{
  PdWindow *self = user_data;

  self->settled_source = 0;
#ifdef HAVE_MALLOC_TRIM
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

/**
 * pd_window_shops_ready:
 * @self: the window
 *
 * The shops have been read: shows them, and opens the one that was open last.
 */
void
pd_window_shops_ready (PdWindow *self)
{
  GSettings *settings = pd_application_get_settings (self->application);
  g_autofree char *last = g_settings_get_boolean (settings, "open-last-shop") ? g_settings_get_string (settings, "last-shop") : g_strdup ("");
  PdStore *store = pd_desk_get_store (self->desk);
  g_autoptr (PdProfile) only = NULL;
  PdProfile *profile = *last != '\0' ? pd_store_find (store, last, NULL) : NULL;

  self->ready = TRUE;
  pd_shop_list_set_store (self->list, store, self->verdicts);
  refresh_damaged (self);
  if (profile == NULL && g_list_model_get_n_items (G_LIST_MODEL (store)) == 1)
    profile = only = g_list_model_get_item (G_LIST_MODEL (store), 0);
  if (profile != NULL)
    pd_window_open_shop (self, profile);
  self->welcome_source = g_timeout_add_full (G_PRIORITY_LOW, 50, welcome, self, NULL);
  self->settled_source = g_timeout_add_full (G_PRIORITY_LOW, 900, on_settled, self, NULL);
  show_content (self);
  pd_desk_complete_deletions_async (self->desk, NULL, NULL, on_old_deletions_finished, NULL);
}

/* Whether the shops have been read. */
gboolean
pd_window_is_ready (PdWindow *self)
{
  return self->ready;
}

static void
on_said_dismissed (PdWindow *self)
{
  g_clear_handle_id (&self->said_source, g_source_remove);
  self->said = NULL;
}

static gboolean
on_said_long_enough (gpointer user_data)
{
  PdWindow *self = user_data;

  self->said_source = 0;
  adw_toast_dismiss (self->said);
  return G_SOURCE_REMOVE;
}

/**
 * pd_window_say:
 * @self: the window
 * @text: one plain sentence
 *
 * Says something once, in the place of what was said before.
 *
 * What is on the screen gets another text: libadwaita 1.2 crashes over a toast that is dismissed while it still moves in.
 */
void
pd_window_say (PdWindow   *self,
               const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (self->said != NULL) {
    adw_toast_set_title (self->said, markup);
  } else {
    self->said = adw_toast_new (markup);
    adw_toast_set_timeout (self->said, 0);
    g_signal_connect_object (self->said, "dismissed", G_CALLBACK (on_said_dismissed), self, G_CONNECT_SWAPPED);
    adw_toast_overlay_add_toast (self->toasts, self->said);
  }
  pd_announce (GTK_WIDGET (self), text);
  g_clear_handle_id (&self->said_source, g_source_remove);
  self->said_source = g_timeout_add_seconds (SAY_SECONDS, on_said_long_enough, self);
}

/**
 * pd_window_open_tool:
 * @self: the window
 * @name: the tool's page
 *
 * Shows a tool in the shop's place, until one goes back.
 *
 * Returns: (transfer none): its page
 */
GtkWidget *
pd_window_open_tool (PdWindow   *self,
                     const char *name)
{
  GtkWidget *tool = get_tool (self, name);

  if (self->tool == NULL)
    g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (self)));
  self->tool = g_intern_string (name);
  show_content (self);
  pd_window_update_actions (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  return tool;
}

/**
 * pd_window_close_tool:
 * @self: the window
 *
 * Shows the shop again, with the keyboard where it was.
 */
void
pd_window_close_tool (PdWindow *self)
{
  if (self->tool == NULL)
    return;
  self->tool = NULL;
  show_content (self);
  pd_window_update_actions (self);
  if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->content), GTK_DIR_TAB_FORWARD);
  g_clear_weak_pointer (&self->focus);
}

/* Shows a shop, whatever was shown before. Who was in the list stays there, on the shop's row. */
void
pd_window_open_shop (PdWindow  *self,
                     PdProfile *profile)
{
  gboolean in_list = profile != NULL && pd_window_is_in_list (self) && !adw_leaflet_get_folded (self->leaflet);

  pd_window_close_tool (self);
  pd_shop_list_select (self->list, profile);
  if (profile == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  adw_leaflet_set_visible_child_name (self->leaflet, profile != NULL ? "shop" : "shops");
  if (in_list)
    pd_shop_list_focus (self->list);
}

static void
make_page (PdWindow *self)
{
  GSettings *settings = pd_application_get_settings (self->application);
  g_autofree char *view_id = g_settings_get_string (settings, "last-view");

  self->page = g_object_new (PD_TYPE_SHOP_PAGE, NULL);
  gtk_stack_add_named (self->content, GTK_WIDGET (self->page), "shop");
  pd_window_watch_pane (self);
  on_title_visible (self);
  /* In a narrow window it would hide the shop. */
  if (g_settings_get_int (settings, "window-width") >= PANE_MIN_WIDTH)
    adw_flap_set_reveal_flap (pd_shop_page_get_flap (self->page), g_settings_get_boolean (settings, "side-pane"));
  for (guint i = 0; i < PD_N_VIEWS; i++) {
    if (g_str_equal (view_id, pd_view_to_id (i)))
      pd_shop_page_set_view (self->page, i);
  }
}

/* Made when a shop is first shown. */
PdShopPage *
pd_window_get_page (PdWindow *self)
{
  if (self->page == NULL)
    make_page (self);
  return self->page;
}

PdShopList *
pd_window_get_list (PdWindow *self)
{
  return self->list;
}

PdExplainPage *
pd_window_get_explain (PdWindow *self)
{
  return PD_EXPLAIN_PAGE (get_tool (self, "explain"));
}

PdSignaturePage *
pd_window_get_signature (PdWindow *self)
{
  return PD_SIGNATURE_PAGE (get_tool (self, "signature"));
}

PdTester *
pd_window_get_tester (PdWindow *self)
{
  return self->tester;
}
