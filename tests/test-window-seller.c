/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-compare-row.h"
#include "pd-field-widget.h"
#include "pd-list-item.h"
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
  if (GTK_IS_IMAGE (widget) && gtk_widget_get_visible (widget) && gtk_widget_get_has_tooltip (widget)) {
    g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                                 "1 value changed after it was entered over there");

    if (other == NULL)
      return TRUE;
  }
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
  return g_test_run ();
}
