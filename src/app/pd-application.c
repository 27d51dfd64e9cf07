/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-application.h"

#include <glib/gi18n.h>

#include "pd-about.h"
#include "pd-autostart.h"
#include "pd-hardening.h"
#include "pd-preferences.h"
#include "pd-reminder.h"
#include "pd-secret-clipboard.h"
#include "pd-window.h"

/**
 * PdApplication:
 *
 * Paydesk as the desktop sees it: one process, one window, one desk.
 */
struct _PdApplication
{
  AdwApplication parent_instance;
  PdDesk        *desk;
  GSettings     *settings;
  char          *data_dir;
  gboolean       practice_shop;
  gboolean       loaded;
  GError        *trouble; /* of the loading, until it has been said */
  GPtrArray     *files;   /* (element-type GFile): to be imported once the shops are there */
  PdReminder    *reminder;
  GCancellable  *autostart; /* while the desktop is asked to start Paydesk at login, or no more */
  gboolean       is_held;  /* a service that nobody has asked for anything yet, while it looks what is due */
  char          *dates_of; /* the shop whose dates are to be shown once the shops are there */
};

G_DEFINE_FINAL_TYPE (PdApplication, pd_application, ADW_TYPE_APPLICATION)

/* As long as a service without anything to do waits for what it may have been started for. */
#define SERVICE_MS 10000

static PdWindow *
find_window (PdApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next) {
    if (PD_IS_WINDOW (l->data))
      return l->data;
  }
  return NULL;
}

/* The newcomer's shop with its one deliberate mistake, if it was made before: under its name, or with a number behind that, as a shop of
 * the name may also be somebody's own. */
static PdProfile *
find_practice_shop (PdStore *store)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), i);

    if (g_str_has_prefix (pd_profile_get_name (profile), _("Lantern & Co.")) &&
        pd_profile_get_environment (profile) == PD_ENVIRONMENT_PRACTICE)
      return g_steal_pointer (&profile);
  }
  return NULL;
}

static void
open_practice_shop (PdWindow *window,
                    PdStore  *store)
{
  g_autoptr (PdProfile) profile = find_practice_shop (store);

  if (profile != NULL)
    pd_window_open_shop (window, profile);
  else
    g_action_group_activate_action (G_ACTION_GROUP (window), "new-practice-shop", NULL);
}

static void
import_files (PdApplication *self,
              PdWindow      *window)
{
  for (guint i = 0; i < self->files->len; i++)
    pd_window_import_file (window, g_ptr_array_index (self->files, i));
  g_ptr_array_set_size (self->files, 0);
}

/* The shop that a notification spoke of, if it is still there. */
static void
open_dates (PdApplication *self,
            PdWindow      *window)
{
  g_autofree char *id = g_steal_pointer (&self->dates_of);
  PdProfile *profile = id != NULL ? pd_store_find (pd_desk_get_store (self->desk), id, NULL) : NULL;

  if (profile == NULL)
    return;
  pd_window_open_shop (window, profile);
  pd_shop_page_set_view (pd_window_get_page (window), PD_VIEW_UPGRADE);
  pd_shop_page_focus_field (pd_window_get_page (window), "mws-auth-token.ends");
}

static void
show_shops (PdApplication *self,
            PdWindow      *window)
{
  pd_window_shops_ready (window);
  import_files (self, window);
  if (self->trouble != NULL)
    pd_window_say (window, self->trouble->message);
  g_clear_error (&self->trouble);
  if (self->practice_shop)
    open_practice_shop (window, pd_desk_get_store (self->desk));
  open_dates (self, window);
}

/* Started at login, Paydesk has told what is due, and ends. */
static void
let_go (PdApplication *self)
{
  if (self->is_held)
    g_application_release (G_APPLICATION (self));
  self->is_held = FALSE;
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdApplication) self = user_data;
  PdStore *store = PD_STORE (source);
  PdWindow *window = find_window (self);

  if (pd_store_load_finish (store, result, &self->trouble))
    pd_reminder_check (self->reminder);
  else
    let_go (self);
  self->loaded = TRUE;
  pd_store_set_autosave (store, TRUE);
  pd_store_watch (store);
  if (window != NULL)
    show_shops (self, window);
}

static void
on_portal_answered (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  /* Now the portal knows who we are, and need not look into /proc any more. */
  if (answer != NULL)
    pd_hardening_undumpable ();
}

static void
ask_portal (PdApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));

  if (connection != NULL)
    g_dbus_connection_call (connection, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                            "org.freedesktop.portal.Settings", "Read",
                            g_variant_new ("(ss)", "org.freedesktop.appearance", "color-scheme"), NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_portal_answered, NULL);
}

static gboolean
present (gpointer user_data)
{
  PdApplication *self = user_data;
  PdWindow *window = find_window (self);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
pd_application_activate (GApplication *application)
{
  PdApplication *self = PD_APPLICATION (application);
  PdWindow *window = find_window (self);

  if (window != NULL) {
    gtk_window_present (GTK_WINDOW (window));
    return;
  }
  /* From now on it ends with its window. */
  g_application_set_inactivity_timeout (application, 0);
  window = pd_window_new (self);
  if (self->loaded)
    show_shops (self, window);
  /* Where the shops have been read by now, the first frame has them; it never waits for them. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, present, g_object_ref (self), g_object_unref);
  ask_portal (self);
}

static int
pd_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version")) {
    g_print ("paydesk %s\n", PD_VERSION);
    return 0;
  }
  return -1;
}

static void
open_files (PdApplication *self)
{
  g_application_activate (G_APPLICATION (self));
  if (self->loaded)
    import_files (self, find_window (self));
}

/* From the desktop, by D-Bus. */
static void
pd_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  PdApplication *self = PD_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (self->files, g_object_ref (files[i]));
  open_files (self);
}

static int
pd_application_command_line (GApplication            *application,
                             GApplicationCommandLine *command_line)
{
  PdApplication *self = PD_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  gboolean practice_shop = g_variant_dict_contains (options, "practice-shop");
  g_autofree const char **arguments = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments);
  if (practice_shop && self->loaded && find_window (self) != NULL)
    open_practice_shop (find_window (self), pd_desk_get_store (self->desk));
  self->practice_shop = practice_shop;
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (self->files, g_application_command_line_create_file_for_arg (command_line, arguments[i]));
  open_files (self);
  return 0;
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  pd_about_show (gtk_application_get_active_window (user_data));
}

static void
show_preferences (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  PdApplication *self = user_data;

  pd_preferences_show (gtk_application_get_active_window (user_data), self->settings);
}

static void
show_dates (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PdApplication *self = user_data;

  g_free (self->dates_of);
  self->dates_of = g_variant_dup_string (parameter, NULL);
  g_application_activate (G_APPLICATION (self));
  if (self->loaded)
    open_dates (self, find_window (self));
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  PdWindow *window = find_window (user_data);

  /* The window saves first, and may ask; one that was not shown yet has nothing to save, and GTK does not close it. */
  if (window != NULL && gtk_widget_get_realized (GTK_WIDGET (window)))
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (user_data);
}

static void on_reminders_changed (PdApplication *self);

static void
on_autostart_set (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PdApplication) self = user_data;
  PdWindow *window = find_window (self);
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->autostart);
  g_autoptr (GError) error = NULL;
  gboolean done = pd_autostart_set_finish (result, &error);

  if (g_cancellable_is_cancelled (cancellable))
    on_reminders_changed (self);
  else if (!done && window != NULL)
    pd_window_say (window, error->message);
}

/* Who wants to be reminded wants it also on a day when the window is not opened. One question after the other: the last one holds. */
static void
on_reminders_changed (PdApplication *self)
{
  if (self->autostart != NULL) {
    g_cancellable_cancel (self->autostart);
    return;
  }
  if (self->settings == NULL)
    return;
  self->autostart = g_cancellable_new ();
  pd_autostart_set_async (g_application_get_dbus_connection (G_APPLICATION (self)), pd_hardening_in_flatpak (),
                          g_settings_get_boolean (self->settings, PD_REMINDER_KEY), self->autostart, on_autostart_set, g_object_ref (self));
}

static void
hold_service (PdApplication *self)
{
  if ((g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE) == 0)
    return;
  g_application_set_inactivity_timeout (G_APPLICATION (self), SERVICE_MS);
  g_application_hold (G_APPLICATION (self));
  self->is_held = TRUE;
}

static void
pd_application_startup (GApplication *application)
{
  PdApplication *self = PD_APPLICATION (application);
  const GActionEntry entries[] = {
    { "about", show_about },
    { "preferences", show_preferences },
    { "quit", quit },
    { "show-dates", show_dates, "s" },
  };
  g_autofree char *default_dir = pd_store_get_default_dir ();
  g_autoptr (PdStore) store = NULL;
  g_autoptr (PdSecrets) secrets = NULL;

  /* The shops are read while GTK starts. */
  store = pd_store_new (self->data_dir != NULL ? self->data_dir : default_dir);
  secrets = pd_secrets_new ();
  self->desk = pd_desk_new (store, secrets);
  pd_store_load_async (store, NULL, on_loaded, g_object_ref (self));

  G_APPLICATION_CLASS (pd_application_parent_class)->startup (application);

  /* What can be copied is passed by Tab all the time: it would be selected whole, and whatever was selected elsewhere let go. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  self->settings = g_settings_new (PD_APP_ID);
  self->reminder = pd_reminder_new (application, store, self->settings);
  g_signal_connect_object (self->reminder, "settled", G_CALLBACK (let_go), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::" PD_REMINDER_KEY, G_CALLBACK (on_reminders_changed), self, G_CONNECT_SWAPPED);
  hold_service (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *const[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", (const char *const[]) { "<Control>w", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.preferences", (const char *const[]) { "<Control>comma", NULL });
  pd_preferences_apply (self->settings);
  pd_window_add_accels (GTK_APPLICATION (self));
}

static void
pd_application_shutdown (GApplication *application)
{
  /* Before GTK hands the clipboard to whoever keeps it. */
  pd_secret_clipboard_clear ();
  G_APPLICATION_CLASS (pd_application_parent_class)->shutdown (application);
}

static void
pd_application_dispose (GObject *object)
{
  PdApplication *self = PD_APPLICATION (object);

  g_clear_object (&self->reminder);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  G_OBJECT_CLASS (pd_application_parent_class)->dispose (object);
}

static void
pd_application_finalize (GObject *object)
{
  PdApplication *self = PD_APPLICATION (object);

  g_free (self->data_dir);
  g_free (self->dates_of);
  g_clear_error (&self->trouble);
  G_OBJECT_CLASS (pd_application_parent_class)->finalize (object);
}

static void
pd_application_class_init (PdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_application_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_application_finalize;
  application_class->activate = pd_application_activate;
  application_class->command_line = pd_application_command_line;
  application_class->handle_local_options = pd_application_handle_local_options;
  application_class->open = pd_application_open;
  application_class->startup = pd_application_startup;
  application_class->shutdown = pd_application_shutdown;
}

static void
pd_application_init (PdApplication *self)
{
  const GOptionEntry options[] = {
    { "practice-shop", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a ready-made practice shop with one mistake in it"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
    { NULL },
  };

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * pd_application_new:
 * @data_dir: (nullable): the folder of the shops; %NULL for the person's own
 *
 * Returns: (transfer full): the application
 */
PdApplication *
pd_application_new (const char *data_dir)
{
  PdApplication *self = g_object_new (PD_TYPE_APPLICATION, "application-id", PD_APP_ID, "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                                      "resource-base-path", "/org/paydesk/Paydesk", NULL);

  self->data_dir = g_strdup (data_dir);
  return self;
}

PdDesk *
pd_application_get_desk (PdApplication *self)
{
  return self->desk;
}

GSettings *
pd_application_get_settings (PdApplication *self)
{
  return self->settings;
}
