/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "window-fixture.h"

#include <glib/gstdio.h>

#include "pd-field-widget.h"
#include "pd-logo-picture-private.h"
#include "pd-note-row.h"
#include "pd-notifications-view.h"
#include "pd-test-util.h"

static gboolean
is_ready (gpointer data)
{
  return pd_window_is_ready (data);
}

/* Turns the main loop as long as there is something to do. */
void
window_fixture_settle (void)
{
  for (guint i = 0; i < 200 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

/* Whether the object behind a weak pointer is no more. */
gboolean
window_fixture_is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
test_now (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GError) error = NULL;

  self->window = PD_WINDOW (gtk_application_get_windows (GTK_APPLICATION (self->application))->data);
  self->desk = pd_application_get_desk (self->application);
  pd_test_until (is_ready, self->window);
  self->profile = pd_profile_new ("Lantern & Co.");
  g_assert_true (pd_store_add (window_fixture_get_store (self), self->profile, &error));
  pd_window_open_shop (self->window, self->profile);
  window_fixture_act (self, "api-information");

  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);

  self->body (self);

  g_clear_object (&self->profile);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  pd_test_until (window_fixture_is_gone, &self->window);
  return G_SOURCE_REMOVE;
}

/* Runs the application on a folder of its own, and in it the test. */
void
window_fixture_run (gconstpointer body)
{
  Fixture self = { .body = (void (*) (Fixture *)) body };
  g_autoptr (GError) error = NULL;
  char *argv[] = { (char *) "paydesk", NULL };

  self.dir = g_dir_make_tmp ("paydesk-window-XXXXXX", &error);
  g_assert_no_error (error);
  self.application = pd_application_new (self.dir);
  g_application_set_flags (G_APPLICATION (self.application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_idle_add (test_now, &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 1, argv), ==, 0);
  window_fixture_settle ();
  g_assert_finalize_object (self.application);
  pd_test_run ((const char *const[]) { "rm", "-rf", "--one-file-system", self.dir, NULL }, NULL);
  g_free (self.dir);
}

PdStore *
window_fixture_get_store (Fixture *self)
{
  return pd_desk_get_store (self->desk);
}

static gboolean
is_saved (gpointer data)
{
  Fixture *self = data;

  return !pd_store_is_dirty (window_fixture_get_store (self), self->profile);
}

/* Waits until autosave has written. */
void
window_fixture_save (Fixture *self)
{
  pd_test_until (is_saved, self);
}

/* What the shop's file holds. */
char *
window_fixture_read (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->dir, "profiles", pd_profile_get_id (self->profile), "profile.json", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

GtkWidget *
window_fixture_row (Fixture    *self,
                    const char *field_id)
{
  PdShopPage *page = pd_window_get_page (self->window);
  GtkWidget *content = pd_shop_page_get_content (page, pd_shop_page_get_view (page));

  if (PD_IS_NOTIFICATIONS_VIEW (content))
    content = GTK_WIDGET (pd_notifications_view_get_fields (PD_NOTIFICATIONS_VIEW (content)));
  g_assert_true (PD_IS_FIELDS_VIEW (content));
  return pd_fields_view_find (PD_FIELDS_VIEW (content), field_id);
}

/* What is said below a row. */
char *
window_fixture_note (GtkWidget *row)
{
  return pd_note_row_dup_text (PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row))));
}

static const char *
get_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  return NULL;
}

/* The first widget of that type below, with that label where one is given. */
GtkWidget *
window_fixture_find (GtkWidget  *widget,
                     GType       type,
                     const char *label)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_child_visible (widget) &&
      (label == NULL || g_strcmp0 (get_label (widget), label) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = window_fixture_find (child, type, label);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Whether a widget at or below @widget, seen or not, has @text in whatever it holds as text. */
gboolean
window_fixture_shows (GtkWidget  *widget,
                      const char *text)
{
  const char *held[] = {
    get_label (widget),
    GTK_IS_EDITABLE (widget) ? gtk_editable_get_text (GTK_EDITABLE (widget)) : NULL,
    gtk_widget_get_tooltip_text (widget),
    ADW_IS_PREFERENCES_ROW (widget) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)) : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (held); i++) {
    if (held[i] != NULL && strstr (held[i], text) != NULL)
      return TRUE;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (window_fixture_shows (child, text))
      return TRUE;
  }
  return FALSE;
}

gboolean
window_fixture_is_shown (Fixture    *self,
                         const char *text)
{
  return window_fixture_shows (GTK_WIDGET (self->window), text);
}

/* Presses the button with that label. */
void
window_fixture_press (GtkWidget  *root,
                      const char *label)
{
  GtkWidget *button = window_fixture_find (root, GTK_TYPE_BUTTON, label);

  if (button == NULL)
    g_error ("there is no button “%s”", label);
  g_signal_emit_by_name (button, "clicked");
  window_fixture_settle ();
}

void
window_fixture_act (Fixture    *self,
                    const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
  window_fixture_settle ();
}

/* The dialog on top of the window, or NULL. */
GtkWindow *
window_fixture_dialog (Fixture *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window) && gtk_window_get_transient_for (window) == GTK_WINDOW (self->window))
      return window;
  }
  return NULL;
}

/* Answers the dialog on top of the window. */
void
window_fixture_answer (Fixture    *self,
                       const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (window_fixture_dialog (self)), response);
  window_fixture_settle ();
}

void
window_fixture_type (GtkWidget  *row,
                     const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  window_fixture_settle ();
}

const char *
window_fixture_get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* Asks for the clipboard's text, which comes later. */
void
window_fixture_paste (GtkWidget  *row,
                      const char *text)
{
  GtkWidget *inner = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (row), text);
  gtk_widget_grab_focus (inner);
  g_signal_emit_by_name (inner, "paste-clipboard");
}

/* The entry of a secret's row, opened. */
GtkWidget *
window_fixture_open_entry (GtkWidget *row)
{
  gtk_widget_activate_action (row, "secret.enter", NULL);
  window_fixture_settle ();
  return gtk_widget_get_next_sibling (row);
}

void
window_fixture_enter_secret (GtkWidget  *row,
                             const char *text)
{
  GtkWidget *entry = window_fixture_open_entry (row);

  g_assert_true (ADW_IS_PASSWORD_ENTRY_ROW (entry));
  window_fixture_type (entry, text);
  g_signal_emit_by_name (entry, "apply");
  window_fixture_settle ();
}

/* The program that opens pictures, from where it was built. */
void
window_fixture_use_built_helper (void)
{
  g_autofree char *helper = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);

  pd_logo_picture_set_helper (helper, 0);
}
