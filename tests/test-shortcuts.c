/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>

#include "pd-help-window.h"
#include "window-fixture.h"

/* The shortcuts window tells each shortcut there is, and none that there is not; F1 leaves what is selected alone. */

/* Of widgets, which have no accelerator: the library's, and those that our classes bind. */
static const char *const of_widgets[] = { "F10", "Delete", "Escape", "<Alt>Up", "<Alt>Down" };

static char *
normalize (const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));
  return gtk_accelerator_name (key, modifiers);
}

/* Each accelerator that the shortcuts window names. */
static void
collect_told (GtkWidget  *widget,
              GHashTable *told)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget)) {
    g_autofree char *accelerators = NULL, *title = NULL;
    g_auto (GStrv) each = NULL;

    g_object_get (widget, "accelerator", &accelerators, "title", &title, NULL);
    g_assert_nonnull (accelerators);
    g_assert_cmpstr (title, !=, "");
    each = g_strsplit (accelerators, " ", -1);
    for (char **one = each; *one != NULL; one++)
      g_hash_table_add (told, normalize (*one));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_told (child, told);
}

static void
test_complete (Fixture *fixture)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (fixture->application));
  GHashTableIter iter;
  gpointer name;
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  for (char **action = actions; *action != NULL; action++) {
    g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (fixture->application), *action);

    for (char **accel = accels; *accel != NULL; accel++) {
      char *normal = normalize (*accel);

      if (g_hash_table_contains (there, normal))
        g_test_fail_printf ("%s has two actions, %s one of them", normal, *action);
      g_hash_table_add (there, normal);
    }
  }
  g_assert_cmpuint (g_hash_table_size (there), >, 20);
  /* The newest way to ask for the same window is as good as the first. */
  g_hash_table_remove (there, "<Control>F1");
  for (guint i = 0; i < G_N_ELEMENTS (of_widgets); i++)
    g_hash_table_add (there, normalize (of_widgets[i]));

  /* Not shown: GTK 4.8 warns of a label in its own window. */
  builder = gtk_builder_new_from_resource ("/org/paydesk/Paydesk/ui/help-overlay.ui");
  window = GTK_WINDOW (gtk_builder_get_object (builder, "root"));
  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  collect_told (GTK_WIDGET (window), told);

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (!g_hash_table_contains (told, name))
      g_test_fail_printf ("not told: %s", (const char *) name);
  }
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (!g_hash_table_contains (there, name))
      g_test_fail_printf ("told, and not there: %s", (const char *) name);
  }
  gtk_window_destroy (window);
}

static guint
count_selected (GtkWidget *widget)
{
  guint n = GTK_IS_LABEL (widget) && gtk_label_get_selection_bounds (GTK_LABEL (widget), NULL, NULL) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_selected (child);
  return n;
}

/* F1, and then Tab through the page: what can be copied is not taken for the operator, who may have something selected elsewhere. */
static void
test_help (Fixture *fixture)
{
  PdHelpWindow *help = pd_help_window_show (GTK_APPLICATION (fixture->application), "ids");
  guint n_focused = 0;

  window_fixture_settle ();
  g_assert_cmpuint (count_selected (GTK_WIDGET (help)), ==, 0);
  for (guint i = 0; i < 20 && gtk_widget_child_focus (GTK_WIDGET (help), GTK_DIR_TAB_FORWARD); i++) {
    n_focused += GTK_IS_LABEL (gtk_window_get_focus (GTK_WINDOW (help)));
    g_assert_cmpuint (count_selected (GTK_WIDGET (help)), ==, 0);
  }
  g_assert_cmpuint (n_focused, >, 0);
  gtk_window_destroy (GTK_WINDOW (help));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  g_test_add_data_func ("/shortcuts/complete", (gconstpointer) test_complete, window_fixture_run);
  g_test_add_data_func ("/shortcuts/help", (gconstpointer) test_help, window_fixture_run);
  return g_test_run ();
}
