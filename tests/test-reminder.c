/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gstdio.h>

#include "pd-reminder.h"
#include "pd-test-util.h"

/* Stands in for the desktop's own server of notifications, which the session of a test has not. */
static const char interface_xml[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
  "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "</interface></node>";

typedef struct {
  char            *dir;
  GDBusConnection *server;
  GPtrArray       *shown;    /* "title|body" */
  guint            n_closed;
  GApplication    *application;
  GSettings       *settings;
  PdStore         *store;
  PdProfile       *profile;
  PdReminder      *reminder;
  char            *asked_for; /* the profile that the action was about */
} Fixture;

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  Fixture *fixture = data;

  if (g_str_equal (method, "Notify")) {
    const char *title, *body;

    g_variant_get (parameters, "(&su&s&s&sasa{sv}i)", NULL, NULL, NULL, &title, &body, NULL, NULL, NULL);
    g_ptr_array_add (fixture->shown, g_strdup_printf ("%s|%s", title, body));
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", fixture->shown->len));
  } else if (g_str_equal (method, "CloseNotification")) {
    fixture->n_closed++;
    g_dbus_method_invocation_return_value (invocation, NULL);
  } else {
    const char *const capabilities[] = { "actions", "body", NULL };

    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
  }
}

static const GDBusInterfaceVTable vtable = { .method_call = on_call };

static void
on_show_dates (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  Fixture *fixture = data;

  g_free (fixture->asked_for);
  fixture->asked_for = g_variant_dup_string (parameter, NULL);
}

static void
note (Fixture    *fixture,
      const char *field_id,
      int         days_ago)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -days_ago);

  pd_profile_note_secret (fixture->profile, field_id, then);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const GActionEntry entries[] = { { "show-dates", on_show_dates, "s", NULL, NULL } };
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("reminder.XXXXXX", &error);
  fixture->shown = g_ptr_array_new_with_free_func (g_free);
  fixture->server = pd_test_serve ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", interface_xml, &vtable, fixture);
  fixture->application = g_application_new ("org.paydesk.Test", G_APPLICATION_DEFAULT_FLAGS);
  g_assert_true (g_application_register (fixture->application, NULL, &error));
  g_action_map_add_action_entries (G_ACTION_MAP (fixture->application), entries, G_N_ELEMENTS (entries), fixture);
  fixture->settings = g_settings_new (PD_APP_ID);
  g_settings_reset (fixture->settings, PD_REMINDER_KEY);
  g_settings_reset (fixture->settings, "reminders-told");
  fixture->store = pd_store_new (fixture->dir);
  g_assert_true (pd_store_load (fixture->store, &error));
  fixture->profile = pd_profile_new ("Lantern & Co.");
  g_assert_true (pd_store_add (fixture->store, fixture->profile, &error));
  fixture->reminder = pd_reminder_new (fixture->application, fixture->store, fixture->settings);
  pd_reminder_check (fixture->reminder);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer reminder = fixture->reminder;
  const char *const argv[] = { "rm", "-rf", "--one-file-system", fixture->dir, NULL };

  /* What it is asking holds it a moment longer. */
  g_object_add_weak_pointer (reminder, &reminder);
  g_object_unref (fixture->reminder);
  pd_test_until (is_gone, &reminder);
  g_clear_object (&fixture->profile);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->application);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  g_clear_object (&fixture->server);
  g_ptr_array_unref (fixture->shown);
  g_assert_cmpint (pd_test_run (argv, NULL), ==, 0);
  g_free (fixture->asked_for);
  g_free (fixture->dir);
}

/* Everything that is on its way over the bus has arrived. */
static void
settle (void)
{
  for (guint i = 0; i < 60; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (3000);
  }
}

static gboolean
is_shown (gpointer data)
{
  return ((Fixture *) data)->shown->len > 0;
}

static gboolean
is_closed (gpointer data)
{
  return ((Fixture *) data)->n_closed > 0;
}

static gboolean
is_asked (gpointer data)
{
  return ((Fixture *) data)->asked_for != NULL;
}

/* Nobody is told who did not ask; after that once, and what is shown opens what it speaks of. */
static void
test_opt_in (Fixture       *fixture,
             gconstpointer  data)
{
  note (fixture, "private-key", 80);
  note (fixture, "mws-auth-token", 900);
  pd_reminder_check (fixture->reminder);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 0);

  g_settings_set_boolean (fixture->settings, PD_REMINDER_KEY, TRUE);
  pd_test_until (is_shown, fixture);
  pd_reminder_check (fixture->reminder);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->shown, 0), "Private Key Is Due Soon|Lantern & Co.: To be changed by"));

  g_dbus_connection_emit_signal (fixture->server, NULL, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                                 g_variant_new ("(us)", 1, "default"), NULL);
  pd_test_until (is_asked, fixture);
  g_assert_cmpstr (fixture->asked_for, ==, pd_profile_get_id (fixture->profile));
}

/* What no longer holds is taken back: the key was changed, or the person wants no more of it. */
static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  data)
{
  note (fixture, "private-key", 91);
  g_settings_set_boolean (fixture->settings, PD_REMINDER_KEY, TRUE);
  pd_test_until (is_shown, fixture);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->shown, 0), "Is Overdue"));
  settle (); /* what has no number yet cannot be taken back */
  note (fixture, "private-key", 0);
  pd_reminder_check (fixture->reminder);
  pd_test_until (is_closed, fixture);

  note (fixture, "private-key", 91);
  pd_reminder_check (fixture->reminder);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 2);
  fixture->n_closed = 0;
  g_settings_set_boolean (fixture->settings, PD_REMINDER_KEY, FALSE);
  pd_test_until (is_closed, fixture);
}

/* What was told is not told again at the next start, and is taken back all the same. */
static void
test_once (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (PdStore) empty = pd_store_new (fixture->dir);

  note (fixture, "private-key", 80);
  g_settings_set_boolean (fixture->settings, PD_REMINDER_KEY, TRUE);
  pd_reminder_check (fixture->reminder);
  pd_test_until (is_shown, fixture);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 1);
  g_clear_object (&fixture->reminder);

  /* Before the shops have been read, none is gone. */
  fixture->reminder = pd_reminder_new (fixture->application, empty, fixture->settings);
  g_assert_true (pd_store_load (empty, NULL));
  settle ();
  g_clear_object (&fixture->reminder);

  fixture->reminder = pd_reminder_new (fixture->application, fixture->store, fixture->settings);
  pd_reminder_check (fixture->reminder);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 1);
  g_assert_cmpuint (fixture->n_closed, ==, 0);

  /* Nearer, it is told anew. */
  note (fixture, "private-key", 91);
  pd_reminder_check (fixture->reminder);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 2);
  fixture->n_closed = 0;
  note (fixture, "private-key", 0);
  pd_reminder_check (fixture->reminder);
  pd_test_until (is_closed, fixture);
}

/* A certificate that a test of the shop has seen is reminded of like a key. */
static void
test_certificate (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *runs = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (fixture->profile), "runs", NULL);
  g_autofree char *path = g_build_filename (runs, "20260101T000000Z-01.json", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, 5);
  g_autofree char *time = g_date_time_format (soon, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *run = g_strdup_printf ("{\"findings\":[{\"evidence\":{\"url\":\"https://www.example.jp/\",\"certificate_not_after\":\"%s\"}}]}",
                                          time);

  g_assert_cmpint (g_mkdir_with_parents (runs, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, run, -1, NULL));
  note (fixture, "private-key", 1);
  g_settings_set_boolean (fixture->settings, PD_REMINDER_KEY, TRUE);
  pd_test_until (is_shown, fixture);
  settle ();
  g_assert_cmpuint (fixture->shown->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->shown, 0), "Certificate of www.example.jp Is Due Soon"));
  g_assert_cmpint (g_remove (path), ==, 0);
  pd_reminder_check (fixture->reminder);
  pd_test_until (is_closed, fixture);
}

/* A deleted shop reminds of nothing. */
static void
test_deleted_shop (Fixture       *fixture,
                   gconstpointer  data)
{
  note (fixture, "private-key", 80);
  g_settings_set_boolean (fixture->settings, PD_REMINDER_KEY, TRUE);
  pd_test_until (is_shown, fixture);
  settle ();
  g_assert_true (pd_store_remove (fixture->store, fixture->profile, NULL));
  pd_test_until (is_closed, fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reminder/opt-in", Fixture, NULL, set_up, test_opt_in, tear_down);
  g_test_add ("/reminder/withdrawn", Fixture, NULL, set_up, test_withdrawn, tear_down);
  g_test_add ("/reminder/once", Fixture, NULL, set_up, test_once, tear_down);
  g_test_add ("/reminder/certificate", Fixture, NULL, set_up, test_certificate, tear_down);
  g_test_add ("/reminder/deleted-shop", Fixture, NULL, set_up, test_deleted_shop, tear_down);
  return g_test_run ();
}
