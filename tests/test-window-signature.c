/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-signature-block.h"
#include "pd-test-util.h"
#include "window-fixture.h"

#define PAYLOAD "{\"storeId\":\"x\",\"url\":\"https://a\"}"

static GtkWidget *
open_bench (Fixture *fixture)
{
  window_fixture_act (fixture, "signature");
  return GTK_WIDGET (pd_window_get_signature (fixture->window));
}

static guint
count_blocks (GtkWidget *widget)
{
  guint n = PD_IS_SIGNATURE_BLOCK (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_blocks (child);
  return n;
}

/* The string to sign stands there, the first difference in words, and the mistake by its name. */
static void
test_button (Fixture *fixture)
{
  GtkWidget *page = open_bench (fixture);
  g_autofree char *ours = pd_signer_string_to_sign (PD_ALGORITHM_PSS_V2, PAYLOAD, strlen (PAYLOAD));
  int minimum;

  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_BUTTON, PAYLOAD, "");
  g_assert_cmpstr (pd_signature_block_get_text (PD_SIGNATURE_BLOCK (window_fixture_find (page, PD_TYPE_SIGNATURE_BLOCK, NULL))), ==, ours);
  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_BUTTON, PAYLOAD, ours);
  g_assert_true (window_fixture_shows (page, "Both sides have the same"));
  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_BUTTON, PAYLOAD, "{\"storeId\":\"x\",\"url\":\"https:\\/\\/a\"}");
  g_assert_true (window_fixture_shows (page, "First difference: line 1, column 29: here “//a\"}”, there “\\/\\/a\"}”"));
  g_assert_true (window_fixture_shows (page, "Escaped slashes"));
  g_assert_cmpuint (count_blocks (page), ==, 3);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

typedef struct
{
  GtkWidget *page;
  GtkWidget *label;
  GtkWidget *next;
} Neighbours;

static gboolean
has_room (gpointer data)
{
  Neighbours *self = data;
  graphene_rect_t above, below;
  int wanted;

  if (gtk_widget_get_height (self->next) == 0 || gtk_widget_get_width (self->next) > 400 ||
      !gtk_widget_compute_bounds (self->label, self->page, &above) || !gtk_widget_compute_bounds (self->next, self->page, &below))
    return FALSE;
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (self->label), &wanted, NULL, NULL, NULL);
  return gtk_widget_get_height (self->label) >= wanted && above.origin.y + above.size.height <= below.origin.y;
}

/* What is named takes the room that its lines need, and lies over nothing else. */
static void
test_room (Fixture *fixture)
{
  Neighbours neighbours = { open_bench (fixture) };

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 640);
  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (neighbours.page), PD_SIGNATURE_BUTTON, "{\"url\":\"https:\\/\\/a\"}", "");
  neighbours.label = window_fixture_find (neighbours.page, GTK_TYPE_LABEL,
                                          "The payload has escaped slashes (\\/). It is hashed as it stands; most servers and SDKs write them without the backslash.");
  neighbours.next = window_fixture_find (neighbours.page, PD_TYPE_SIGNATURE_BLOCK, NULL);
  pd_test_until (has_room, &neighbours);
}

/* Calls of both services as logs have them; what is none says so. */
static void
test_calls (Fixture *fixture)
{
  GtkWidget *page = open_bench (fixture);

  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_REQUEST, "GET /v2/reports HTTP/1.1\naccept: application/json\n\n", "");
  g_assert_cmpuint (count_blocks (page), ==, 2);
  g_assert_true (g_str_has_prefix (pd_signature_block_get_text (PD_SIGNATURE_BLOCK (window_fixture_find (page, PD_TYPE_SIGNATURE_BLOCK, NULL))),
                                   "GET\n/v2/reports\n\naccept:application/json\n"));
  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_MWS, "POST https://mws.amazonservices.jp/x\n\nB=2&A=1", "");
  g_assert_cmpstr (pd_signature_block_get_text (PD_SIGNATURE_BLOCK (window_fixture_find (page, PD_TYPE_SIGNATURE_BLOCK, NULL))), ==,
                   "POST\nmws.amazonservices.jp\n/x\nA=1&B=2");
  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_REQUEST, "hello", "");
  g_assert_cmpuint (count_blocks (page), ==, 0);
  g_assert_true (window_fixture_shows (page, "The first line of the request is not one"));
}

static gboolean
is_stored (gpointer data)
{
  Fixture *fixture = data;

  return pd_shop_get_secret_state (pd_shop_page_get_shop (pd_window_get_page (fixture->window)), "private-key") == PD_SECRET_YES;
}

static gboolean
is_signed (gpointer page)
{
  return window_fixture_shows (page, "The signature to verify is right");
}

static gboolean
is_refused (gpointer page)
{
  return window_fixture_shows (page, "The shop has no such key stored.");
}

static void
store_key (Fixture *fixture,
           PdKey   *key)
{
  PdShop *shop = pd_shop_page_get_shop (pd_window_get_page (fixture->window));
  g_autoptr (PdSecretText) stored = pd_key_to_stored (key);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pd_shop_put_async (shop, pd_catalogue_lookup ("private-key"), stored, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  g_assert_true (pd_shop_put_finish (shop, result, &error));
  g_assert_no_error (error);
  pd_test_until (is_stored, fixture);
}

/* The shop's key signs and verifies when asked, and stands nowhere. */
static void
test_key (Fixture *fixture)
{
  GtkWidget *page = open_bench (fixture);
  g_autoptr (PdKey) key = pd_key_generate (2048, NULL);
  g_autoptr (PdSecretText) stored = pd_key_to_stored (key);
  g_autofree char *ours = pd_signer_string_to_sign (PD_ALGORITHM_PSS_V2, PAYLOAD, strlen (PAYLOAD));
  g_autofree char *right = pd_signer_sign (key, PD_ALGORITHM_PSS_V2, ours, NULL);
  GtkWidget *entry;

  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_BUTTON, PAYLOAD, "");
  gtk_widget_activate_action (page, "signature.sign", NULL);
  pd_test_until (is_refused, page);
  store_key (fixture, key);
  entry = window_fixture_find (page, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), right);
  gtk_widget_activate_action (page, "signature.sign", NULL);
  pd_test_until (is_signed, page);
  window_fixture_settle ();
  g_assert_cmpuint (count_blocks (page), ==, 2);
  g_assert_false (window_fixture_is_shown (fixture, pd_secret_text_peek (stored)));

  /* What changes after that is not signed. */
  pd_signature_page_set_texts (PD_SIGNATURE_PAGE (page), PD_SIGNATURE_BUTTON, "{}", "");
  g_assert_cmpuint (count_blocks (page), ==, 1);
}

#define ADD(path, func) \
  g_test_add_data_func ("/window-signature/" path, (gconstpointer) func, window_fixture_run)

int
main (int   argc,
      char *argv[])
{
  /* No accessibility bus on the test's own. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("button", test_button);
  ADD ("room", test_room);
  ADD ("calls", test_calls);
  ADD ("key", test_key);
  return g_test_run ();
}
