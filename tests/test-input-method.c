/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <gtk/gtkimmodule.h>
#include <locale.h>

#include "pd-test-util.h"
#include "window-fixture.h"

/* Japanese is typed by composing: what stands in the entry meanwhile is not a value yet, Return ends the composing and Escape
 * drops it. An input method of our own, loaded as GTK loads any, composes what xdotool types into each entry there is. */

#define COMPOSED "漢字"

typedef struct {
  GtkIMContext parent_instance;
  GString     *preedit;
} TestIm;

typedef GtkIMContextClass TestImClass;

static GType test_im_get_type (void);

G_DEFINE_TYPE (TestIm, test_im, GTK_TYPE_IM_CONTEXT)

static TestIm *composing;   /* the one that has the focus */

static void
test_im_change (TestIm     *self,
                const char *preedit)
{
  gboolean was = self->preedit->len > 0;

  /* What is selected goes at the start, and GTK may reset the method because of it. */
  if (!was && *preedit != '\0')
    g_signal_emit_by_name (self, "preedit-start");
  g_string_assign (self->preedit, preedit);
  g_signal_emit_by_name (self, "preedit-changed");
  if (was && self->preedit->len == 0)
    g_signal_emit_by_name (self, "preedit-end");
}

static gboolean
test_im_filter_keypress (GtkIMContext *context,
                         GdkEvent     *event)
{
  TestIm *self = (TestIm *) context;
  guint key = gdk_key_event_get_keyval (event);
  gboolean composed = self->preedit->len > 0;

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS)
    return composed;
  if (composed && key == GDK_KEY_Return) {
    test_im_change (self, "");
    g_signal_emit_by_name (self, "commit", COMPOSED);
    return TRUE;
  }
  if (composed && key == GDK_KEY_Escape) {
    test_im_change (self, "");
    return TRUE;
  }
  if (key >= GDK_KEY_a && key <= GDK_KEY_z && (gdk_event_get_modifier_state (event) & GDK_CONTROL_MASK) == 0) {
    g_autofree char *preedit = g_strdup_printf ("%s%c", self->preedit->str, (char) key);

    test_im_change (self, preedit);
    return TRUE;
  }
  return composed;
}

static void
test_im_get_preedit_string (GtkIMContext   *context,
                            char          **text,
                            PangoAttrList **attributes,
                            int            *cursor)
{
  TestIm *self = (TestIm *) context;

  if (text != NULL)
    *text = g_strdup (self->preedit->str);
  if (attributes != NULL)
    *attributes = pango_attr_list_new ();
  if (cursor != NULL)
    *cursor = (int) self->preedit->len;
}

static void
test_im_focus_in (GtkIMContext *context)
{
  composing = (TestIm *) context;
}

static void
test_im_reset (GtkIMContext *context)
{
  if (((TestIm *) context)->preedit->len > 0)
    test_im_change ((TestIm *) context, "");
}

static void
test_im_finalize (GObject *object)
{
  if (composing == (TestIm *) object)
    composing = NULL;
  g_string_free (((TestIm *) object)->preedit, TRUE);
  G_OBJECT_CLASS (test_im_parent_class)->finalize (object);
}

static void
test_im_class_init (TestImClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_im_finalize;
  klass->filter_keypress = test_im_filter_keypress;
  klass->get_preedit_string = test_im_get_preedit_string;
  klass->focus_in = test_im_focus_in;
  klass->reset = test_im_reset;
}

static void
test_im_init (TestIm *self)
{
  self->preedit = g_string_new (NULL);
}

/* Each label below: what is said about a value. */
static void
collect_words (GtkWidget *widget,
               GString   *words)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  /* Placeholders come and go with what is composed. */
  if (GTK_IS_TEXT (widget) || (GTK_IS_LABEL (widget) && GTK_IS_OVERLAY (gtk_widget_get_parent (widget))))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_words (child, words);
}

static char *
get_words (Fixture *fixture)
{
  GString *words = g_string_new (NULL);

  collect_words (GTK_WIDGET (fixture->window), words);
  return g_string_free (words, FALSE);
}

static void
assert_same_words (const char *before,
                   const char *after)
{
  g_auto (GStrv) first = g_strsplit (before, "\n", -1), second = g_strsplit (after, "\n", -1);

  for (guint i = 0; first[i] != NULL && second[i] != NULL; i++)
    g_assert_cmpstr (first[i], ==, second[i]);
  g_assert_cmpuint (g_strv_length (first), ==, g_strv_length (second));
}

/* The label that lies over a text view while it is empty. */
static GtkWidget *
find_placeholder (GtkWidget *entry)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (entry, GTK_TYPE_OVERLAY);
  GtkWidget *last = overlay != NULL && GTK_IS_TEXT_VIEW (entry) ? gtk_widget_get_last_child (overlay) : NULL;

  return last != NULL && GTK_IS_LABEL (last) ? last : NULL;
}

static char *
get_text (GtkWidget *entry)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_TEXT (entry))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
set_text (GtkWidget  *entry,
          const char *text)
{
  if (GTK_IS_TEXT (entry))
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), text, -1);
  window_fixture_settle ();
}

static gboolean
is_composed (gpointer data)
{
  return composing != NULL && g_str_equal (composing->preedit->str, data);
}

static void
press (const char *keys,
       const char *preedit)
{
  g_auto (GStrv) words = g_strsplit (keys, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (gpointer) "xdotool");
  g_ptr_array_add (arguments, (gpointer) "key");
  for (char **word = words; *word != NULL; word++)
    g_ptr_array_add (arguments, *word);
  g_ptr_array_add (arguments, NULL);
  pd_test_run ((const char *const *) arguments->pdata, NULL);
  pd_test_until (is_composed, (gpointer) preedit);
  window_fixture_settle ();
}

static gboolean
has_focus (gpointer data)
{
  GtkWidget *entry = data;

  return gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (entry))) == entry && composing != NULL;
}

static void
on_changed (guint *n_changes)
{
  (*n_changes)++;
}

/* Composes in @entry, drops it, composes again and takes it. */
static void
compose (Fixture    *fixture,
         GtkWidget  *entry,
         const char *where)
{
  g_autofree char *before = get_text (entry);
  g_autofree char *words = NULL, *meanwhile = NULL, *during = NULL, *dropped = NULL, *after = NULL;
  PdView view = pd_shop_page_get_view (pd_window_get_page (fixture->window));
  guint n_changes = 0;
  gulong handler;

  composing = NULL;
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_true (gtk_widget_grab_focus (entry));
  pd_test_until (has_focus, entry);
  /* Composing takes the place of what is selected, as typing does. */
  if (GTK_IS_TEXT (entry))
    gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  window_fixture_save (fixture);
  window_fixture_settle ();
  words = get_words (fixture);
  handler = g_signal_connect_swapped (fixture->profile, "changed", G_CALLBACK (on_changed), &n_changes);

  press ("k a n", "kan");
  meanwhile = get_words (fixture);
  during = get_text (entry);
  g_assert_cmpstr (during, ==, before);
  assert_same_words (words, meanwhile);
  if (find_placeholder (entry) != NULL)
    g_assert_false (gtk_widget_get_mapped (find_placeholder (entry)));
  g_assert_cmpuint (n_changes, ==, 0);

  press ("Escape", "");
  dropped = get_text (entry);
  g_assert_cmpstr (dropped, ==, before);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == entry);
  g_assert_cmpuint (pd_shop_page_get_view (pd_window_get_page (fixture->window)), ==, view);
  g_assert_cmpuint (n_changes, ==, 0);

  press ("k a n", "kan");
  press ("Return", "");
  after = get_text (entry);
  g_test_message ("%s: “%s”", where, after);
  g_assert_nonnull (strstr (after, COMPOSED));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == entry);
  g_signal_handler_disconnect (fixture->profile, handler);
  set_text (entry, before);
}

static void
find_entries (GtkWidget *widget,
              GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if ((GTK_IS_TEXT (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget))) ||
      (GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget))))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_entries (child, found);
}

/* Without anything that manages windows, none has the keyboard. */
static void
take_keyboard (void)
{
  pd_test_run ((const char *const[]) { "xdotool", "search", "--sync", "--onlyvisible", "--name", "Lantern", "windowfocus", NULL }, NULL);
}

static void
test_entries (Fixture *fixture)
{
  static const char *const tools[] = { "explain", "signature", "inspect-notification", "receive-notifications", "search", "shop-properties" };
  guint n_entries = 0;

  take_keyboard ();
  for (guint i = 0; i < PD_N_VIEWS + G_N_ELEMENTS (tools); i++) {
    const char *place = i < PD_N_VIEWS ? pd_view_to_id (i) : tools[i - PD_N_VIEWS];
    g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

    window_fixture_act (fixture, place);
    for (guint j = 0; j < 20; j++) {
      g_usleep (10000);
      window_fixture_settle ();
    }
    find_entries (GTK_WIDGET (fixture->window), entries);
    for (guint j = 0; j < entries->len; j++) {
      gboolean in_popover = gtk_widget_get_ancestor (g_ptr_array_index (entries, j), GTK_TYPE_POPOVER) != NULL;

      if (in_popover == g_str_equal (place, "shop-properties"))
        compose (fixture, g_ptr_array_index (entries, j), place);
    }
    n_entries += entries->len;
  }
  g_assert_cmpuint (n_entries, >=, 15);
}

static GtkWidget *
find_refused (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "error") && ADW_IS_ENTRY_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_refused (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* GTK takes away what is selected as soon as composing begins: a name that is being typed anew is not one that lacks. */
static void
test_name (Fixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *text;

  take_keyboard ();
  composing = NULL;
  window_fixture_act (fixture, "shop-properties");
  for (guint i = 0; i < 20; i++) {
    g_usleep (10000);
    window_fixture_settle ();
  }
  text = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GTK_IS_TEXT (text));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_widget_grab_focus (text);
  pd_test_until (has_focus, text);
  gtk_editable_select_region (GTK_EDITABLE (text), 0, -1);

  press ("k", "k");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_assert_null (find_refused (window));
  press ("a n", "kan");
  g_assert_null (find_refused (window));
  g_assert_cmpstr (pd_profile_get_name (fixture->profile), ==, "Lantern & Co.");

  /* Dropped, it is empty and stays so; the popover is still open. */
  press ("Escape", "");
  g_assert_nonnull (find_refused (window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == text);
  g_assert_cmpstr (pd_profile_get_name (fixture->profile), ==, "Lantern & Co.");

  /* An input method that loses its first letter to the empty entry is back here. */
  press ("k a n", "kan");
  g_assert_null (find_refused (window));
  press ("Return", "");
  g_assert_null (find_refused (window));
  g_assert_cmpstr (pd_profile_get_name (fixture->profile), ==, COMPOSED);
  pd_profile_set_text (fixture->profile, "name", "Lantern & Co.", NULL);
}

/* What is secret is never composed: no dictionary learns it. */
static void
test_secret (Fixture *fixture)
{
  GtkWidget *row, *text;
  GtkInputPurpose purpose;

  window_fixture_act (fixture, "api-information");
  row = window_fixture_row (fixture, "mws-auth-token");
  gtk_widget_activate_action (row, "secret.enter", NULL);
  window_fixture_settle ();
  text = window_fixture_find (gtk_widget_get_parent (row), GTK_TYPE_PASSWORD_ENTRY, NULL);
  if (text == NULL)
    text = window_fixture_find (gtk_widget_get_parent (row), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  g_assert_nonnull (text);
  text = window_fixture_find (text, GTK_TYPE_TEXT, NULL);
  g_object_get (text, "input-purpose", &purpose, NULL);
  g_assert_cmpint (purpose, ==, GTK_INPUT_PURPOSE_PASSWORD);
}

#define ADD(path, func) g_test_add_data_func ("/input-method/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GTK_IM_MODULE", "paydesk-test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  g_io_extension_point_implement (GTK_IM_MODULE_EXTENSION_POINT_NAME, test_im_get_type (), "paydesk-test", 0);
  ADD ("entries", test_entries);
  ADD ("name", test_name);
  ADD ("secret", test_secret);
  return g_test_run ();
}
