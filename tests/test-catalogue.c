/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-catalogue-private.h"
#include "pd-places.h"

/* The final ids of the command line's contract. */
static const char *const contract[] = {
  "seller-id", "client-id", "mws-auth-token", "client-secret", "access-key-id", "secret-access-key",
  "public-key-id", "private-key", "client-id.sandbox", "public-key-id.sandbox", "private-key.sandbox",
  "legacy-site-url", "cc-site-url", "store-name", "description", "privacy-policy-url", "javascript-origins",
  "return-urls", "support-email", "support-phone", "logo", "notification-url", "notification-url.sandbox",
  "mode", "generation", "setup-notice-date", "environment",
  "privacy-policy-url.seen", "javascript-origins.seen", "return-urls.seen", "notification-url.seen",
};

static void
test_contract (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (contract); i++) {
    const PdField *field = pd_catalogue_lookup (contract[i]);

    g_assert_nonnull (field);
    g_assert_cmpstr (field->id, ==, contract[i]);
  }
}

static void
test_rows_are_whole (void)
{
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const PdField *field = fields[i];

    g_assert_nonnull (field->label);
    g_assert_nonnull (field->help);
    g_assert_nonnull (field->group);
    g_assert_cmpuint (field->modes, !=, 0);
    g_assert_cmpuint (field->generations, !=, 0);
    g_assert_cmpuint (field->required_generations & ~field->generations, ==, 0);
    if (field->direction == PD_DIRECTION_SHOP_TO_AMAZON)
      g_assert_nonnull (field->entered);
    if (field->direction == PD_DIRECTION_AMAZON_TO_SHOP) {
      g_assert_nonnull (field->found);
      g_assert_nonnull (field->entered);
    }
    if (field->kind == PD_FIELD_CHOICE)
      g_assert_nonnull (field->choices);
    if (field->sandbox_of != NULL)
      g_assert_nonnull (pd_catalogue_lookup (field->sandbox_of));
    if (field->seen_of != NULL)
      g_assert_nonnull (pd_catalogue_lookup (field->seen_of));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (fields[j]->id, !=, field->id);
  }
}

/* manual §4: three IDs for every shop, three more only before the upgrade. */
static void
test_generations (void)
{
  g_autoptr (GPtrArray) before =
    pd_catalogue_get_view (PD_VIEW_API_INFORMATION, PD_MODE_ENABLED, PD_GENERATION_BEFORE_UPGRADE);
  g_autoptr (GPtrArray) after =
    pd_catalogue_get_view (PD_VIEW_API_INFORMATION, PD_MODE_ENABLED, PD_GENERATION_AFTER_UPGRADE);

  g_assert_cmpuint (before->len - after->len, ==, 3);
}

/* manual §0: in mode 有効 both admins' paths stand, else one. */
static void
test_places_by_mode (void)
{
  const PdField *field = pd_catalogue_lookup ("return-urls");
  g_autoptr (GPtrArray) off = pd_field_get_found (field, PD_MODE_DISABLED, PD_GENERATION_NEW);
  g_autoptr (GPtrArray) both = pd_field_get_found (field, PD_MODE_ENABLED, PD_GENERATION_NEW);
  g_autoptr (GPtrArray) switched = pd_field_get_found (field, PD_MODE_OPERATING, PD_GENERATION_NEW);

  g_assert_cmpuint (off->len, ==, 1);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpuint (switched->len, ==, 1);
  g_assert_cmpint (((const PdPlace *) off->pdata[0])->site, ==, PD_SITE_LEGACY);
  g_assert_cmpint (((const PdPlace *) switched->pdata[0])->site, ==, PD_SITE_CC);
  g_assert_cmpstr (((const PdPlace *) off->pdata[0])->path, ==,
                   "構築>ページ設定>Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL");
}

static void
test_own_row (void)
{
  static const PdField row = {
    .id = "test-row", .view = PD_VIEW_API_INFORMATION, .group = "Test", .label = "Test Row", .help = "A row.",
    .modes = PD_MODE_OPERATING, .generations = PD_GENERATION_NEW,
  };
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) hidden = NULL;

  pd_catalogue_add_row (&row);
  shown = pd_catalogue_get_view (PD_VIEW_API_INFORMATION, PD_MODE_OPERATING, PD_GENERATION_NEW);
  hidden = pd_catalogue_get_view (PD_VIEW_API_INFORMATION, PD_MODE_ENABLED, PD_GENERATION_NEW);
  g_assert_true (g_ptr_array_find (shown, &row, NULL));
  g_assert_false (g_ptr_array_find (hidden, &row, NULL));
  pd_catalogue_remove_row (&row);
  g_assert_null (pd_catalogue_lookup ("test-row"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/contract", test_contract);
  g_test_add_func ("/catalogue/rows-are-whole", test_rows_are_whole);
  g_test_add_func ("/catalogue/generations", test_generations);
  g_test_add_func ("/catalogue/places-by-mode", test_places_by_mode);
  g_test_add_func ("/catalogue/own-row", test_own_row);
  return g_test_run ();
}
