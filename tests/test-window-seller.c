/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pd-catalogue.h"
#include "pd-compare-row.h"
#include "pd-field-widget.h"
#include "pd-list-item.h"
#include "pd-logo-picture-private.h"
#include "pd-logo-taker.h"
#include "pd-logo-view.h"
#include "pd-marks-button.h"
#include "pd-test-util.h"
#include "window-fixture.h"

/* The view Seller Central, as its operator uses it. */

static void
set (Fixture    *fixture,
     const char *field_id,
     const char *text)
{
  g_assert_true (pd_profile_set_text (fixture->profile, field_id, text, NULL));
  window_fixture_settle ();
}

static GtkWidget *
open_row (Fixture    *fixture,
          const char *field_id)
{
  window_fixture_act (fixture, "seller-central");
  return window_fixture_row (fixture, field_id);
}

typedef struct
{
  GtkWidget *root;
  guint      index;
  PdListItem *found;
} Search;

static void
find_item (GtkWidget *widget,
           Search    *search)
{
  if (PD_IS_LIST_ITEM (widget) && pd_list_item_get_index (PD_LIST_ITEM (widget)) == search->index)
    search->found = PD_LIST_ITEM (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && search->found == NULL; child = gtk_widget_get_next_sibling (child))
    find_item (child, search);
}

static PdListItem *
get_item (GtkWidget *row,
          guint      index)
{
  Search search = { row, index, NULL };

  find_item (row, &search);
  return search.found;
}

static gboolean
is_noted (gpointer data)
{
  g_autofree char *text = pd_note_row_dup_text (data);

  return *text != '\0';
}

static gboolean
is_clear (gpointer data)
{
  return !is_noted (data);
}

/* What can be mended is mended by the button below it, and one undo takes it back. */
static void
test_mend (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "privacy-policy-url");
  PdNoteRow *note = PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row)));

  set (fixture, "privacy-policy-url", "http://www.example.jp/privacy");
  pd_test_until (is_noted, note);
  window_fixture_press (GTK_WIDGET (note), "Use https://");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "privacy-policy-url"), ==, "https://www.example.jp/privacy");
  pd_test_until (is_clear, note);
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "privacy-policy-url"), ==, "http://www.example.jp/privacy");

  row = window_fixture_row (fixture, "description");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "description"), ==, "Amazon Pay");
  set (fixture, "description", "Amazon pay");
  note = PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row)));
  pd_test_until (is_noted, note);
  window_fixture_press (GTK_WIDGET (note), "Use “Amazon Pay”");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "description"), ==, "Amazon Pay");
}

/* In a list each value has its own note; an origin that goes with a return URL is added by a button. */
static void
test_mend_list (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "return-urls");
  const char *bad = "http://www.example.jp/a\nhttps://www.example.jp/b\nhttps://www.example.jp./c";
  PdNoteRow *whole = PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row)));

  set (fixture, "return-urls", bad);
  pd_test_until (is_noted, pd_list_item_get_note (get_item (row, 2)));
  window_fixture_press (GTK_WIDGET (pd_list_item_get_note (get_item (row, 2))), "Remove Dot");
  g_assert_cmpstr (pd_profile_get_list (fixture->profile, "return-urls")[2], ==, "https://www.example.jp/c");
  g_assert_cmpstr (pd_profile_get_list (fixture->profile, "return-urls")[0], ==, "http://www.example.jp/a");
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, bad);

  pd_test_until (is_noted, whole);
  window_fixture_press (GTK_WIDGET (whole), "Correct All");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, "https://www.example.jp/a\nhttps://www.example.jp/b\nhttps://www.example.jp/c");
  pd_test_until (is_noted, pd_list_item_get_note (get_item (row, 0)));
  window_fixture_press (GTK_WIDGET (pd_list_item_get_note (get_item (row, 0))), "Add Origin");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "javascript-origins"), ==, "https://www.example.jp");
  pd_test_until (is_clear, pd_list_item_get_note (get_item (row, 0)));
  window_fixture_act (fixture, "undo");
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, bad);
  g_assert_true (pd_profile_is_empty (fixture->profile, "javascript-origins"));
}

static gboolean
is_whole (gpointer data)
{
  PdListItem *item = get_item (data, 60);

  return item != NULL && *gtk_editable_get_text (GTK_EDITABLE (item)) == '\0';
}

/* A long list comes in turns; what is edited meanwhile loses nothing. */
static void
test_long_list (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "return-urls");
  g_autoptr (GString) text = g_string_new ("https://www.example.jp/0");
  const char *const *values;

  for (guint i = 1; i < 60; i++)
    g_string_append_printf (text, "\nhttps://www.example.jp/%u", i);
  g_assert_true (pd_profile_set_text (fixture->profile, "return-urls", text->str, NULL));
  while (get_item (row, 1) == NULL)
    g_main_context_iteration (NULL, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 0)), "https://www.example.jp/changed");
  pd_test_until (is_whole, row);
  values = pd_profile_get_list (fixture->profile, "return-urls");
  g_assert_cmpuint (g_strv_length ((char **) values), ==, 60);
  g_assert_cmpstr (values[0], ==, "https://www.example.jp/changed");
  for (guint i = 1; i < 60; i++)
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_item (row, i))), ==, values[i]);
}

#define N_MANY 300

static gboolean
is_whole_list (gpointer data)
{
  PdListItem *item = get_item (data, N_MANY);

  return item != NULL && *gtk_editable_get_text (GTK_EDITABLE (item)) == '\0';
}

/* Hundreds of lines at once, and then one step back and forth as fast as keys repeat: what stands there in the end is what is kept. */
static void
test_many (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "return-urls");
  g_autoptr (GString) text = g_string_new (NULL);
  const char *const *values;

  set (fixture, "return-urls", "https://www.example.jp/before");
  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (text, "  https://www.example.jp/%u \r\n\n", i);
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 0)), text->str);
  gtk_widget_activate_action (GTK_WIDGET (get_item (row, 0)), "list.finish", NULL);
  for (guint i = 0; i < 30; i++) {
    pd_profile_undo (fixture->profile);
    if (i % 3 == 0)
      g_main_context_iteration (NULL, FALSE);
    pd_profile_redo (fixture->profile);
    if (i % 7 == 0)
      g_main_context_iteration (NULL, FALSE);
  }
  pd_test_until (is_whole_list, row);
  values = pd_profile_get_list (fixture->profile, "return-urls");
  g_assert_cmpuint (g_strv_length ((char **) values), ==, N_MANY);
  for (guint i = 0; i < N_MANY; i += 37) {
    g_autofree char *url = g_strdup_printf ("https://www.example.jp/%u", i);

    g_assert_cmpstr (values[i], ==, url);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_item (row, i))), ==, url);
  }
}

/* Names as long as they come, from right to left, or made to do harm are shown as they are, and the view keeps its width. */
static void
test_names (Fixture *fixture)
{
  static const char *const names[] = {
    "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処藪ら柑子の藪柑子パイポパイポパイポのシューリンガン",
    "متجر العنبر وأبناؤه للهدايا الفاخرة", "<b>A</b> &amp; %s%n ${x} `id`", "../../../etc/passwd", "A\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
    "\xe2\x80\xae" "evil", "🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮🏮",
  };
  GtkWidget *row = open_row (fixture, "store-name");
  int before, minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &before, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    set (fixture, "store-name", names[i]);
    set (fixture, "name", names[i]);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, names[i]);
    g_assert_cmpstr (pd_profile_get_name (fixture->profile), ==, names[i]);
    gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, before);
  }
  window_fixture_save (fixture);
}

static gboolean
has_caret (GtkWidget *item)
{
  return (gtk_widget_get_state_flags (item) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* Alt and an arrow move a value and the caret with it; an entry left empty is gone; Return goes on to the next. */
static void
test_caret (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "javascript-origins");

  set (fixture, "javascript-origins", "https://a.example.jp\nhttps://b.example.jp\nhttps://c.example.jp");
  gtk_widget_grab_focus (GTK_WIDGET (get_item (row, 2)));
  gtk_widget_activate_action (GTK_WIDGET (get_item (row, 2)), "item.up", NULL);
  window_fixture_settle ();
  g_assert_cmpstr (pd_profile_get_list (fixture->profile, "javascript-origins")[1], ==, "https://c.example.jp");
  g_assert_true (has_caret (GTK_WIDGET (get_item (row, 1))));

  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 1)), "");
  gtk_widget_grab_focus (GTK_WIDGET (get_item (row, 2)));
  window_fixture_settle ();
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "javascript-origins"), ==, "https://a.example.jp\nhttps://b.example.jp");
  g_assert_true (has_caret (GTK_WIDGET (get_item (row, 1))));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_item (row, 1))), ==, "https://b.example.jp");

  gtk_widget_grab_focus (GTK_WIDGET (get_item (row, 2)));
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 2)), "https://d.example.jp ");
  g_signal_emit_by_name (get_item (row, 2), "entry-activated");
  window_fixture_settle ();
  g_assert_cmpstr (pd_profile_get_list (fixture->profile, "javascript-origins")[2], ==, "https://d.example.jp");
  g_assert_true (has_caret (GTK_WIDGET (get_item (row, 3))));
}

static GtkDropTarget *
get_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      return GTK_DROP_TARGET (controller);
  }
  return NULL;
}

/* Lets @item fall into the upper half of the entry at @index. */
static gboolean
drop_above (GtkWidget  *row,
            PdListItem *item,
            guint       index)
{
  g_auto (GValue) value = G_VALUE_INIT;
  graphene_rect_t box;
  gboolean taken = FALSE;

  g_value_init (&value, PD_TYPE_LIST_ITEM);
  g_value_set_object (&value, item);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (get_item (row, index)), row, &box));
  g_signal_emit_by_name (get_drop_target (row), "drop", &value, 20.0, (double) box.origin.y + box.size.height / 4.0, &taken);
  window_fixture_settle ();
  return taken;
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_height (data) > 0;
}

/* A value that is dragged comes to stand where it is dropped, and nothing else changes its order; one undo takes it back. What is
 * dragged out of another list is not taken. */
static void
test_drag (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "return-urls");
  GtkWidget *origins = window_fixture_row (fixture, "javascript-origins");
  const char *before = "https://a.example.jp/\nhttps://b.example.jp/\nhttps://c.example.jp/\nhttps://d.example.jp/";

  set (fixture, "javascript-origins", "https://a.example.jp");
  set (fixture, "return-urls", before);
  pd_test_until (is_laid_out, get_item (row, 4));
  g_assert_true (drop_above (row, get_item (row, 3), 1));
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==,
                   "https://a.example.jp/\nhttps://d.example.jp/\nhttps://b.example.jp/\nhttps://c.example.jp/");
  g_assert_true (has_caret (GTK_WIDGET (get_item (row, 1))));
  g_assert_true (drop_above (row, get_item (row, 0), 4));
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==,
                   "https://d.example.jp/\nhttps://b.example.jp/\nhttps://c.example.jp/\nhttps://a.example.jp/");
  window_fixture_act (fixture, "undo");
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, before);

  g_assert_true (drop_above (row, get_item (row, 0), 2));
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==,
                   "https://b.example.jp/\nhttps://a.example.jp/\nhttps://c.example.jp/\nhttps://d.example.jp/");
  window_fixture_act (fixture, "undo");
  g_assert_true (drop_above (row, get_item (row, 1), 1));
  g_assert_true (drop_above (row, get_item (row, 1), 2));
  g_assert_false (drop_above (row, get_item (origins, 0), 1));
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, before);

  /* The entry above has been emptied and not been left yet. */
  gtk_widget_grab_focus (GTK_WIDGET (get_item (row, 0)));
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 0)), "");
  gtk_widget_activate_action (GTK_WIDGET (get_item (row, 0)), "item.down", NULL);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, "https://b.example.jp/\nhttps://c.example.jp/\nhttps://d.example.jp/");
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 0)), "https://a.example.jp/");
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 0)), "");
  gtk_widget_activate_action (row, "list.move", "(uu)", 1, 2);
  window_fixture_settle ();
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, "https://c.example.jp/\nhttps://b.example.jp/\nhttps://d.example.jp/");
}

static gboolean
is_in_sight (gpointer data)
{
  GtkWidget *item = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (item, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t box;

return gtk_widget_compute_bounds (item, scroller, &box) && box.origin.y >= 0 && box.size.height > 0 &&
         box.origin.y + box.size.height <= (float) gtk_widget_get_height (scroller);
}

static gboolean
is_ready_below (gpointer data)
{
  return is_noted (pd_list_item_get_note (get_item (data, 3))) && gtk_widget_get_height (GTK_WIDGET (get_item (data, 3))) > 0;
}

/* What has the focus stays in sight when notes come in above it, and is left alone once it has been scrolled away. */
static void
test_in_sight (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "return-urls");
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_widget_grab_focus (GTK_WIDGET (get_item (row, 0)));
  pd_test_until (is_in_sight, get_item (row, 0));
  gtk_editable_set_text (GTK_EDITABLE (get_item (row, 0)), "http://a.example.jp/1\nhttp://a.example.jp/2\nhttp://a.example.jp/3\nhttp://a.example.jp/4");
  g_signal_emit_by_name (get_item (row, 0), "entry-activated");
  window_fixture_settle ();
  gtk_widget_grab_focus (GTK_WIDGET (get_item (row, 4)));
  pd_test_until (is_ready_below, row);
  pd_test_until (is_in_sight, get_item (row, 4));

  gtk_adjustment_set_value (adjustment, 0);
  set (fixture, "legacy-site-url", "http://www.example.jp");
  pd_test_until (is_noted, pd_field_widget_get_note (PD_FIELD_WIDGET (window_fixture_row (fixture, "legacy-site-url"))));
  window_fixture_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
}

static gboolean
is_token_stored (gpointer data)
{
  Fixture *fixture = data;

  return pd_shop_get_secret_state (pd_shop_page_get_shop (pd_window_get_page (fixture->window)), "mws-auth-token") == PD_SECRET_YES;
}

/* Whoever came by a key finds the keyboard in the view; a secret that has been entered leaves it in the secret's row. */
static void
test_focus (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);
  GtkWidget *row = window_fixture_row (fixture, "mws-auth-token");
  GtkWidget *entry;

  gtk_widget_activate_action (row, "secret.enter", NULL);
  entry = gtk_widget_get_next_sibling (row);
  g_assert_true (ADW_IS_PASSWORD_ENTRY_ROW (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "amzn.mws.4ea38b7b-f563-7709-4bae-87aea1234567");
  g_signal_emit_by_name (entry, "apply");
  pd_test_until (is_token_stored, fixture);
  window_fixture_settle ();
  g_assert_true (has_caret (row));

  for (PdView view = 0; view < PD_N_VIEWS; view++) {
    window_fixture_act (fixture, pd_view_to_id (view));
    g_assert_true (has_caret (pd_shop_page_get_content (page, view)));
  }
}

static gboolean
shows_stale (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_IMAGE (widget) && gtk_widget_get_visible (widget) &&
      g_strcmp0 (tooltip, "1 value changed after it was entered over there") == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (shows_stale (child))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_stale_in_list (gpointer data)
{
  return shows_stale (GTK_WIDGET (pd_window_get_list (((Fixture *) data)->window)));
}

static gboolean
is_fresh_in_list (gpointer data)
{
  return !is_stale_in_list (data);
}

/* A value that changes after it was entered over there is flagged, in the list too, and one button says that it has been entered again. */
static void
test_stale (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "store-name");
  PdNoteRow *note = PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row)));

  set (fixture, "store-name", "Lantern");
  pd_profile_set_mark (fixture->profile, "store-name", TRUE);
  window_fixture_settle ();
  g_assert_true (is_clear (note));
  set (fixture, "store-name", "Lantern & Co.");
  pd_test_until (is_noted, note);
  pd_test_until (is_stale_in_list, fixture);
  window_fixture_press (GTK_WIDGET (note), "Entered");
  pd_test_until (is_fresh_in_list, fixture);
  g_assert_cmpint (pd_profile_get_mark (fixture->profile, "store-name", NULL), ==, PD_MARK_ENTERED);
  g_assert_true (is_clear (note));
}

static PdCompareRow *
get_comparison (Fixture    *fixture,
                const char *seen_id)
{
  GtkWidget *row = gtk_widget_get_next_sibling (pd_field_widget_get_note (PD_FIELD_WIDGET (open_row (fixture, seen_id))));

  return PD_COMPARE_ROW (row);
}

static const char *awaited;

static gboolean
is_told (gpointer data)
{
  g_autofree char *text = pd_compare_row_dup_text (data);

  return *awaited == '\0' ? *text == '\0' : strstr (text, awaited) != NULL;
}

static void
await (PdCompareRow *row,
       const char   *text)
{
  awaited = text;
  pd_test_until (is_told, row);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)) == (*text != '\0'));
}

/* Which part of the label that shows @text is underlined. */
static char *
get_marked (GtkWidget  *root,
            const char *text)
{
  GtkWidget *label = window_fixture_find (root, GTK_TYPE_LABEL, text);
  PangoAttrIterator *iterator;
  GString *marked = g_string_new (NULL);

  g_assert_nonnull (label);
  iterator = pango_attr_list_get_iterator (gtk_label_get_attributes (GTK_LABEL (label)));
  do {
    int start, end;

    pango_attr_iterator_range (iterator, &start, &end);
    if (pango_attr_iterator_get (iterator, PANGO_ATTR_UNDERLINE) != NULL)
      g_string_append_len (marked, text + start, end - start);
  } while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  return g_string_free (marked, FALSE);
}

/* Both sides of every URL, as either changes: the difference in words, and its very characters marked. */
static void
test_compare (Fixture *fixture)
{
  PdCompareRow *row = get_comparison (fixture, "return-urls.seen");
  const char *shop = "https://琥珀.example.jp/return";
  const char *seen = "https://琥珀.example.jp/retrun";
  g_autofree char *marked = NULL;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  set (fixture, "return-urls", shop);
  set (fixture, "return-urls.seen", seen);
  await (row, "have changed places");
  marked = get_marked (GTK_WIDGET (row), seen);
  g_assert_cmpstr (marked, ==, "ru");
  g_assert_true (window_fixture_shows (GTK_WIDGET (row), shop));
  set (fixture, "return-urls.seen", shop);
  await (row, "the same");
  set (fixture, "return-urls.seen", "https://琥珀.example.jp/return\nhttps://www.example.jp/b");
  await (row, "Only there: 1");
  window_fixture_press (GTK_WIDGET (row), "Enter Here, Too");
  g_assert_cmpuint (g_strv_length ((char **) pd_profile_get_list (fixture->profile, "return-urls")), ==, 2);
  await (row, "All 2");
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, shop);
  set (fixture, "return-urls.seen", "");
  await (row, "");
}

static gboolean
shows_awaited (gpointer data)
{
  return window_fixture_shows (data, awaited);
}

/* Many differences come with the next frames, in order and no more than anybody reads; what is still said stays as it is. */
static void
test_compare_many (Fixture *fixture)
{
  PdCompareRow *row = get_comparison (fixture, "return-urls.seen");
  GString *shop = g_string_new (NULL);
  GtkWidget *kept;

  for (guint i = 0; i < 12; i++)
    g_string_append_printf (shop, "https://www.example.jp/%c/return\n", 'a' + i);
  set (fixture, "return-urls", shop->str);
  set (fixture, "return-urls.seen", "https://www.example.jp/a/return");
  await (row, "Missing there: 11");
  awaited = "And more: correct these first.";
  pd_test_until (shows_awaited, row);
  for (char c = 'b'; c <= 'l'; c++) {
    g_autofree char *url = g_strdup_printf ("https://www.example.jp/%c/return", c);

    g_assert_true (window_fixture_shows (GTK_WIDGET (row), url) == (c < 'l'));
  }
  kept = window_fixture_find (GTK_WIDGET (row), GTK_TYPE_LABEL, "https://www.example.jp/e/return");
  set (fixture, "return-urls.seen", "https://www.example.jp/a/return\nhttps://www.example.jp/c/return");
  await (row, "Missing there: 10");
  awaited = "https://www.example.jp/l/return";
  pd_test_until (shows_awaited, row);
  g_assert_false (window_fixture_shows (GTK_WIDGET (row), "https://www.example.jp/c/return"));
  g_assert_false (window_fixture_shows (GTK_WIDGET (row), "Missing there: 11"));
  g_assert_true (window_fixture_find (GTK_WIDGET (row), GTK_TYPE_LABEL, "https://www.example.jp/e/return") == kept);
  set (fixture, "return-urls.seen", "");
  await (row, "");
  g_assert_false (window_fixture_shows (GTK_WIDGET (row), "https://www.example.jp/e/return"));
  g_string_free (shop, TRUE);
}

/* The site's address alone has changed: the others follow in one step, and one undo brings all back. */
static void
test_domain (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "legacy-site-url");
  GtkWidget *note = pd_field_widget_get_note (PD_FIELD_WIDGET (row));
  GtkWindow *dialog;

  set (fixture, "legacy-site-url", "https://www.old.example.jp/");
  set (fixture, "javascript-origins", "https://www.old.example.jp");
  set (fixture, "return-urls", "https://www.old.example.jp/a\nhttps://other.example.com/b");
  window_fixture_settle ();
  g_assert_true (is_clear (note));
  set (fixture, "legacy-site-url", "https://shop.new.example.jp/");
  pd_test_until (is_noted, note);
  window_fixture_press (note, "Rewrite…");
  dialog = window_fixture_dialog (fixture);
  g_assert_nonnull (dialog);
  g_assert_true (window_fixture_shows (GTK_WIDGET (dialog), "https://shop.new.example.jp/a"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "rewrite");
  window_fixture_settle ();
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "javascript-origins"), ==, "https://shop.new.example.jp");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "return-urls"), ==, "https://shop.new.example.jp/a\nhttps://other.example.com/b");
  pd_test_until (is_clear, note);
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "javascript-origins"), ==, "https://www.old.example.jp");
  g_assert_cmpstr (pd_profile_get_list (fixture->profile, "return-urls")[0], ==, "https://www.old.example.jp/a");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "legacy-site-url"), ==, "https://shop.new.example.jp/");
}

static GtkWidget *
get_content (Fixture *fixture)
{
  PdShopPage *page = pd_window_get_page (fixture->window);

  return pd_shop_page_get_content (page, pd_shop_page_get_view (page));
}

/* A group says how much of it has been entered over there, and marks all of it in one step. */
static void
test_marks (Fixture *fixture)
{
  GtkWidget *button;

  open_row (fixture, "store-name");
  set (fixture, "store-name", "Lantern");
  button = window_fixture_find (get_content (fixture), PD_TYPE_MARKS_BUTTON, NULL);
  g_assert_nonnull (window_fixture_find (button, GTK_TYPE_LABEL, "0 of 2 Entered"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (adw_bin_get_child (ADW_BIN (button))));
  window_fixture_settle ();
  window_fixture_press (button, "Mark _All");
  g_assert_nonnull (window_fixture_find (button, GTK_TYPE_LABEL, "2 of 2 Entered"));
  g_assert_cmpint (pd_profile_get_mark (fixture->profile, "description", NULL), ==, PD_MARK_ENTERED);
  set (fixture, "store-name", "Lantern & Co.");
  g_assert_nonnull (window_fixture_find (button, GTK_TYPE_LABEL, "1 of 2 Entered"));
  window_fixture_act (fixture, "undo");
  window_fixture_act (fixture, "undo");
  g_assert_cmpint (pd_profile_get_mark (fixture->profile, "description", NULL), ==, PD_MARK_NONE);
}

static GBytes *
load_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_load_bytes (file, NULL, NULL, NULL);
}

static gboolean
has_logo (gpointer data)
{
  return *pd_profile_get_text (((Fixture *) data)->profile, "logo") != '\0';
}

static gboolean
is_fitted (gpointer data)
{
  return strstr (pd_profile_get_text (((Fixture *) data)->profile, "logo"), "-fitted") != NULL;
}

static gboolean
is_judged (gpointer data)
{
  PdLogo *logo = pd_logo_view_get_logo (data);

  return logo != NULL && logo->picture != NULL;
}

/* The command line writes the very picture that the view shows. */
static void
check_preview (Fixture    *fixture,
               PdLogoView *view,
               const char *name)
{
  g_autofree char *ctl = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "ctl", "paydeskctl", NULL);
  g_autofree char *path = pd_store_get_file (window_fixture_get_store (fixture), fixture->profile, name);
  g_autofree char *out = g_build_filename (fixture->dir, "preview.png", NULL);
  g_autofree char *png = NULL;
  gsize length;
  PdLogoPicture *picture = pd_logo_view_get_logo (view)->picture;

  g_assert_true (g_spawn_sync (NULL, (char *[]) { ctl, (char *) "logo", path, (char *) "--preview", out, NULL }, NULL,
                               G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_get_contents (out, &png, &length, NULL));
  g_assert_cmpmem (png, length, g_bytes_get_data (picture->png, NULL), g_bytes_get_size (picture->png));
  g_assert_true (g_bytes_equal (pd_logo_view_get_pixels (view), picture->pixels));
}

/* Pasted as it is on the clipboard; made to fit by a button; the original is kept and comes back, by undo too. */
static void
test_logo (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "logo");
  GtkWidget *view = window_fixture_find (row, PD_TYPE_LOGO_VIEW, NULL);
  PdNoteRow *note = PD_NOTE_ROW (pd_field_widget_get_note (PD_FIELD_WIDGET (row)));
  g_autofree char *helper = g_build_filename (g_getenv ("PD_BUILD_DIR"), "src", "logo", "paydesk-logo", NULL);
  g_autoptr (GBytes) content = load_sample ("small.png");
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("image/png", content);
  g_autofree char *original = NULL;

  pd_logo_picture_set_helper (helper, 0);
  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (row), provider));
  gtk_widget_activate_action (row, "image.paste", NULL);
  pd_test_until (has_logo, fixture);
  original = g_strdup (pd_profile_get_text (fixture->profile, "logo"));
  g_assert_cmpstr (original, ==, "logo.png");
  pd_test_until (is_judged, view);
  check_preview (fixture, PD_LOGO_VIEW (view), original);
  window_fixture_press (GTK_WIDGET (note), "Make It Fit");
  pd_test_until (is_fitted, fixture);
  pd_test_until (is_judged, view);
  g_assert_cmpuint (pd_logo_view_get_logo (PD_LOGO_VIEW (view))->facts.width, ==, 300);
  g_assert_cmpuint (pd_logo_view_get_logo (PD_LOGO_VIEW (view))->facts.height, ==, 100);
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, original);
  window_fixture_act (fixture, "redo");
  window_fixture_press (GTK_WIDGET (note), "Use the Original");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, original);
  gtk_widget_activate_action (row, "image.remove", NULL);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "");
  g_assert_false (gtk_widget_get_visible (view));
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, original);
  pd_test_until (is_judged, view);
  pd_logo_picture_set_helper (NULL, 0);
}

static const char *awaited_words;

static gboolean
is_said (gpointer data)
{
  return window_fixture_is_shown (data, awaited_words);
}

static void
take (Fixture    *fixture,
      GtkWidget  *row,
      const char *path,
      const char *answer)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  pd_logo_taker_take_file (row, pd_shop_page_get_shop (pd_window_get_page (fixture->window)), pd_catalogue_lookup ("logo"), file);
  awaited_words = answer;
  pd_test_until (is_said, fixture);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "");
}

#define REFUSED "The disk does not take a file of this size. Nothing was saved."

static gboolean
is_not_said (gpointer data)
{
  return !is_said (data);
}

/* Each write into a file then fails as on a disk that is full. */
static void
limit_files (gboolean is_limited)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = is_limited ? 0 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
list_files (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "profiles", pd_profile_get_id (fixture->profile), NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  g_ptr_array_set_free_func (names, g_free);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
assert_kept (Fixture    *fixture,
             const char *files,
             const char *profile)
{
  g_autofree char *now = window_fixture_read (fixture), *there = list_files (fixture);
  g_autofree char *path = pd_store_get_file (window_fixture_get_store (fixture), fixture->profile, "logo.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) kept = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (GBytes) logo = load_sample ("small.png");

  g_assert_cmpstr (now, ==, profile);
  g_assert_cmpstr (there, ==, files);
  g_assert_nonnull (kept);
  g_assert_true (g_bytes_equal (kept, logo));
}

/* A disk that takes nothing: a logo is neither added, replaced nor removed there, it is said, and what there was stays. */
static void
test_logo_unwritable (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "logo");
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  g_autofree char *small = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "small.png", NULL);
  g_autofree char *other = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "logo-facts", "cmyk.jpg", NULL);
  g_autoptr (GFile) first = g_file_new_for_path (small);
  g_autoptr (GFile) second = g_file_new_for_path (other);
  g_autofree char *without = NULL, *profile = NULL, *files = NULL;

  window_fixture_save (fixture);
  without = list_files (fixture);
  limit_files (TRUE);
  take (fixture, row, small, REFUSED);
  limit_files (FALSE);
  files = list_files (fixture);
  g_assert_cmpstr (files, ==, without);
  pd_test_until (is_not_said, fixture);

  pd_logo_taker_take_file (row, shop, pd_catalogue_lookup ("logo"), first);
  pd_test_until (has_logo, fixture);
  window_fixture_save (fixture);
  profile = window_fixture_read (fixture);
  g_free (files);
  files = list_files (fixture);
  limit_files (TRUE);
  pd_logo_taker_take_file (row, shop, pd_catalogue_lookup ("logo"), second);
  pd_test_until (is_said, fixture);
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "logo.png");
  assert_kept (fixture, files, profile);
  pd_test_until (is_not_said, fixture);

  gtk_widget_activate_action (row, "image.remove", NULL);
  pd_test_until (is_said, fixture);
  assert_kept (fixture, files, profile);
  window_fixture_act (fixture, "undo");
  g_assert_cmpstr (pd_profile_get_text (fixture->profile, "logo"), ==, "logo.png");
  limit_files (FALSE);
  window_fixture_act (fixture, "save");
  window_fixture_save (fixture);
  assert_kept (fixture, files, profile);
}

/* What is no picture, is not there, never ends or is too much changes nothing, and it is said why. */
static void
test_bad_files (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "logo");
  g_autofree char *pipe = g_build_filename (fixture->dir, "pipe.png", NULL);
  g_autofree char *large = g_build_filename (fixture->dir, "large.png", NULL);
  g_autofree char *text = g_build_filename (fixture->dir, "text.png", NULL);
  g_autofree char *gone = g_build_filename (fixture->dir, "gone.png", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (large, "", 0, NULL));
  g_assert_cmpint (truncate (large, 30 * 1000 * 1000), ==, 0);
  g_assert_true (g_file_set_contents (text, "<svg xmlns='http://www.w3.org/2000/svg'/>", -1, NULL));
  take (fixture, row, gone, "gone.png");
  take (fixture, row, pipe, "not a PNG, JPEG or GIF");
  take (fixture, row, large, "up to 10 MB");
  take (fixture, row, text, "not a PNG, JPEG or GIF");
  take (fixture, row, "/dev/zero", "not a PNG, JPEG or GIF");
  take (fixture, row, fixture->dir, "not a PNG, JPEG or GIF");
}

static gboolean
is_first_logo_kept (gpointer data)
{
  return g_str_equal (pd_profile_get_text (data, "logo"), "logo.png");
}

/* Whoever goes on to another shop meanwhile finds the logo in the first one; one that is chosen while another is made to fit stays. */
static void
test_meanwhile (Fixture *fixture)
{
  GtkWidget *row = open_row (fixture, "logo");
  g_autoptr (PdProfile) first = g_object_ref (fixture->profile);
  g_autoptr (PdProfile) other = pd_profile_new ("Other");
  g_autoptr (GBytes) content = load_sample ("small.png");
  g_autoptr (GBytes) gif = load_sample ("animated.gif");
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  const PdField *field = pd_catalogue_lookup ("logo");

  window_fixture_use_built_helper ();
  g_assert_true (pd_store_add (window_fixture_get_store (fixture), other, NULL));
  pd_logo_taker_take_bytes (row, shop, field, content);
  pd_window_open_shop (fixture->window, other);
  pd_test_until (is_first_logo_kept, first);
  g_assert_cmpstr (pd_profile_get_text (other, "logo"), ==, "");

  pd_window_open_shop (fixture->window, first);
  row = open_row (fixture, "logo");
  shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  pd_test_until (is_judged, window_fixture_find (row, PD_TYPE_LOGO_VIEW, NULL));
  pd_logo_taker_fit (row, shop, field);
  g_assert_true (pd_profile_set_text (first, "logo", "another.png", NULL));
  pd_logo_taker_take_bytes (row, shop, field, gif);
  while (!g_str_has_suffix (pd_profile_get_text (first, "logo"), ".gif"))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 50; i++) {
    g_usleep (10000);
    window_fixture_settle ();
  }
  g_assert_true (g_str_has_suffix (pd_profile_get_text (first, "logo"), ".gif"));
  pd_logo_picture_set_helper (NULL, 0);
}

/* The program that opens pictures is missing, crashes or hangs: the view says so, and the rest of it goes on. */
static void
test_helper_astray (Fixture *fixture)
{
  static const struct {
    const char *script;
    const char *words;
  } cases[] = {
    { NULL, "cannot be started" },
    { "kill -SEGV $$", "was stopped" },
    { "exec sleep 1000", "took too long" },
  };
  GtkWidget *row = open_row (fixture, "logo");
  PdLogoView *view = PD_LOGO_VIEW (window_fixture_find (row, PD_TYPE_LOGO_VIEW, NULL));
  g_autoptr (GBytes) content = load_sample ("small.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_build_filename (fixture->dir, "helper", NULL);
    g_autofree char *text = cases[i].script != NULL ? g_strdup_printf ("#!/bin/sh\n%s\n", cases[i].script) : NULL;
    PdLogo *logo;

    if (text != NULL) {
      g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
    }
    pd_logo_picture_set_helper (path, 300);
    set (fixture, "logo", "");
    pd_logo_taker_take_bytes (row, pd_shop_page_get_shop (pd_window_get_page (fixture->window)), pd_catalogue_lookup ("logo"), content);
    while ((logo = pd_logo_view_get_logo (view)) == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_null (logo->picture);
    g_assert_nonnull (strstr (pd_logo_view_get_text (view), cases[i].words));
    g_assert_true (gtk_widget_get_visible (GTK_WIDGET (view)));
    set (fixture, "store-name", cases[i].words);
  }
  pd_logo_picture_set_helper (NULL, 0);
}

#define ADD(path, body) g_test_add_data_func ("/window-seller/" path, (gconstpointer) (body), window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("mend", test_mend);
  ADD ("mend-list", test_mend_list);
  ADD ("long-list", test_long_list);
  ADD ("many", test_many);
  ADD ("names", test_names);
  ADD ("caret", test_caret);
  ADD ("drag", test_drag);
  ADD ("focus", test_focus);
  ADD ("in-sight", test_in_sight);
  ADD ("stale", test_stale);
  ADD ("compare", test_compare);
  ADD ("compare-many", test_compare_many);
  ADD ("domain", test_domain);
  ADD ("marks", test_marks);
  ADD ("logo", test_logo);
  ADD ("logo-unwritable", test_logo_unwritable);
  ADD ("bad-files", test_bad_files);
  ADD ("meanwhile", test_meanwhile);
  ADD ("helper-astray", test_helper_astray);
  return g_test_run ();
}
