/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue-private.h"
#include "pd-places.h"
#include "pd-shape.h"

#define GROUP_IDS       N_("IDs")
#define GROUP_LEGACY    N_("Only Before the Upgrade")
#define GROUP_OWN_KEY   N_("Own API v2 Key (Optional)")
#define GROUP_SANDBOX   N_("Sandbox (Not Needed for futureshop)")
#define GROUP_SHOP      N_("The Shop’s Own Addresses")
#define GROUP_APP       N_("Application Information")
#define GROUP_WEB       N_("Web Settings")
#define GROUP_CONTACT   N_("Customer Service")
#define GROUP_NOTIFY    N_("Instant Notifications")
#define GROUP_SEEN      N_("What Seller Central Shows Now")
#define GROUP_STATE     N_("Where the Shop Stands")
#define GROUP_DATES     N_("Dates of Tokens and Keys")
#define GROUP_TESTS     N_("Test Calls")

static const char *const mode_choices[] = { "disabled", "enabled", "operating", NULL };
static const char *const generation_choices[] = { "before-upgrade", "after-upgrade", "new", NULL };
static const char *const environment_choices[] = { "practice", "sandbox", "production", NULL };

/* The order of the rows is the order on screen and in every list. */
static const PdField rows[] = {
  /* API Information: Amazon → shop (S029–S066) */
  {
    .id = "seller-id", .view = PD_VIEW_API_INFORMATION, .group = GROUP_IDS,
    .label = N_("Seller ID"), .seller_central_name = "出品者ID", .futureshop_name = "SellerId(出品者ID)",
    .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY, .required_generations = PD_GENERATION_ANY,
    .shape = &pd_shape_merchant_id,
    .found = pd_places_credentials, .entered = pd_places_api_information,
    .help = N_("The merchant’s ID at Amazon, also called merchant ID. It begins with A."),
  },
  {
    .id = "client-id", .view = PD_VIEW_API_INFORMATION, .group = GROUP_IDS,
    .label = N_("Client ID"), .seller_central_name = "クライアントID", .futureshop_name = "ClientId(クライアントID)",
    .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY, .required_generations = PD_GENERATION_ANY,
    .shape = &pd_shape_client_id,
    .found = pd_places_credentials, .entered = pd_places_api_information,
    .help = N_("The same string as the Store ID. Sandbox and production each have their own, and they look alike."),
  },
  {
    .id = "mws-auth-token", .view = PD_VIEW_API_INFORMATION, .group = GROUP_IDS,
    .label = N_("MWS Auth Token"), .seller_central_name = "MWS認証トークン", .futureshop_name = "MWSAuthToken(MWS認証トークン)",
    .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_SECRET,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY, .required_generations = PD_GENERATION_ANY,
    .shape = &pd_shape_mws_auth_token,
    .found = pd_places_token, .entered = pd_places_token_entered,
    .help = N_("Granted to the developer 株式会社フューチャーショップ (804019623754). If it is pre-set by Amazon, neither delete nor change it."),
  },
  {
    .id = "client-secret", .view = PD_VIEW_API_INFORMATION, .group = GROUP_LEGACY,
    .label = N_("Client Secret"), .seller_central_name = "クライアントシークレット", .futureshop_name = "ClientSecret(クライアントシークレット)",
    .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_SECRET,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE, .required_generations = PD_GENERATION_BEFORE_UPGRADE,
    .shape = &pd_shape_client_secret,
    .found = pd_places_credentials_secret, .entered = pd_places_api_information,
    .help = N_("Not used any more after the upgrade."),
  },
  {
    .id = "access-key-id", .view = PD_VIEW_API_INFORMATION, .group = GROUP_LEGACY,
    .label = N_("Access Key ID"), .seller_central_name = "アクセスキーID", .futureshop_name = "AccessKeyId(アクセスキーID)",
    .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE, .required_generations = PD_GENERATION_BEFORE_UPGRADE,
    .shape = &pd_shape_access_key_id,
    .found = pd_places_credentials, .entered = pd_places_api_information,
    .help = N_("Not used any more after the upgrade."),
  },
  {
    .id = "secret-access-key", .view = PD_VIEW_API_INFORMATION, .group = GROUP_LEGACY,
    .label = N_("Secret Access Key"), .seller_central_name = "シークレットアクセスキー", .futureshop_name = "SecretAccessKey(シークレットアクセスキー)",
    .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_SECRET,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE, .required_generations = PD_GENERATION_BEFORE_UPGRADE,
    .shape = &pd_shape_secret_access_key,
    .found = pd_places_credentials_secret, .entered = pd_places_api_information,
    .help = N_("Not used any more after the upgrade."),
  },
  {
    .id = "public-key-id", .view = PD_VIEW_API_INFORMATION, .group = GROUP_OWN_KEY,
    .label = N_("Public Key ID"), .seller_central_name = "Public Key ID",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_public_key_id,
    .found = pd_places_api_keys,
    .help = N_("Only for test calls from this desk: futureshop signs with its own key and never needs this one."),
  },
  {
    .id = "private-key", .view = PD_VIEW_API_INFORMATION, .group = GROUP_OWN_KEY,
    .label = N_("Private Key"), .seller_central_name = "Private Key",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_SECRET,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_private_key,
    .found = pd_places_api_keys,
    .help = N_("The file AmazonPay_….pem, which Seller Central offers once only."),
  },
  {
    .id = "client-id.sandbox", .view = PD_VIEW_API_INFORMATION, .group = GROUP_SANDBOX,
    .label = N_("Client ID (Sandbox)"), .seller_central_name = "クライアントID",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_client_id, .sandbox_of = "client-id",
    .found = pd_places_credentials,
    .help = N_("Used in the sandbox in place of the Client ID."),
  },
  {
    .id = "public-key-id.sandbox", .view = PD_VIEW_API_INFORMATION, .group = GROUP_SANDBOX,
    .label = N_("Public Key ID (Sandbox)"), .seller_central_name = "Public Key ID",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_public_key_id, .sandbox_of = "public-key-id",
    .found = pd_places_api_keys,
    .help = N_("Used in the sandbox in place of the Public Key ID."),
  },
  {
    .id = "private-key.sandbox", .view = PD_VIEW_API_INFORMATION, .group = GROUP_SANDBOX,
    .label = N_("Private Key (Sandbox)"), .seller_central_name = "Private Key",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_SECRET,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_private_key, .sandbox_of = "private-key",
    .found = pd_places_api_keys,
    .help = N_("Used in the sandbox in place of the Private Key."),
  },

  /* Seller Central: shop → Amazon (S067–S087) */
  {
    .id = "legacy-site-url", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_SHOP,
    .label = N_("Legacy Site"), .futureshop_name = "以前からのECサイト",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_LEGACY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_site_url,
    .help = N_("The address at which shoppers open the legacy site."),
  },
  {
    .id = "cc-site-url", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_SHOP,
    .label = N_("Commerce Creator Site"), .futureshop_name = "コマースクリエイター専用ECサイト",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_CC, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_site_url,
    .help = N_("The address at which shoppers open the Commerce Creator site."),
  },
  {
    .id = "store-name", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_APP,
    .label = N_("Store Name"), .seller_central_name = "アプリ名またはストア名",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .entered = pd_places_application,
    .help = N_("Shown to shoppers on Amazon’s sign-in screen and in their account menu."),
  },
  {
    .id = "description", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_APP,
    .label = N_("Description"), .seller_central_name = "説明",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_description, .preset = "Amazon Pay",
    .entered = pd_places_application,
    .help = N_("Never shown, but Seller Central does not save without it. The manual fixes it to “Amazon Pay”."),
  },
  {
    .id = "privacy-policy-url", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_APP,
    .label = N_("Privacy Policy URL"), .seller_central_name = "プライバシーポリシーURL", .futureshop_name = "個人情報の取扱いについて",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_page_url,
    .found = pd_places_page_urls, .entered = pd_places_application,
    .help = N_("The page that futureshop makes by itself, or the shop’s own page on personal information."),
  },
  {
    .id = "logo", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_APP,
    .label = N_("Logo"), .seller_central_name = "ロゴ",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_IMAGE,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .entered = pd_places_application,
    .help = N_("PNG, JPEG or GIF, at least 150 pixels wide, up to 10 MB. Amazon shows it at 150 × 50 pixels."),
  },
  {
    .id = "javascript-origins", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_WEB,
    .label = N_("JavaScript Origins"), .seller_central_name = "JavaScriptオリジン", .futureshop_name = "JavaScriptの種類",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_LIST,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_origin,
    .found = pd_places_javascript, .entered = pd_places_web_settings,
    .help = N_("Scheme, host and port only. Both sites’ origins are needed while Commerce Creator is enabled."),
  },
  {
    .id = "return-urls", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_WEB,
    .label = N_("Return URLs"), .seller_central_name = "リターンURL", .futureshop_name = "リダイレクトURL",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_LIST,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_return_url,
    .found = pd_places_redirect, .entered = pd_places_web_settings,
    .help = N_("Whole addresses, compared by Amazon letter by letter."),
  },
  {
    .id = "support-email", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_CONTACT,
    .label = N_("Customer Service E-Mail"), .seller_central_name = "カスタマーサービスのEメールアドレス",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_email,
    .entered = pd_places_application,
    .help = N_("Where Amazon sends shoppers who have a question."),
  },
  {
    .id = "support-phone", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_CONTACT,
    .label = N_("Customer Service Phone"), .seller_central_name = "カスタマーサービスの電話番号",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_phone,
    .entered = pd_places_application,
    .help = N_("The number shoppers can call."),
  },
  {
    .id = "privacy-policy-url.seen", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_SEEN,
    .label = N_("Privacy Policy URL in Seller Central"), .seller_central_name = "プライバシーポリシーURL",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .found = pd_places_application, .seen_of = "privacy-policy-url",
    .help = N_("Copied from Seller Central, to be compared with what the shop gives."),
  },
  {
    .id = "javascript-origins.seen", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_SEEN,
    .label = N_("JavaScript Origins in Seller Central"), .seller_central_name = "JavaScriptオリジン",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_LIST,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .found = pd_places_web_settings, .seen_of = "javascript-origins",
    .help = N_("Copied from Seller Central, to be compared with what the shop gives."),
  },
  {
    .id = "return-urls.seen", .view = PD_VIEW_SELLER_CENTRAL, .group = GROUP_SEEN,
    .label = N_("Return URLs in Seller Central"), .seller_central_name = "リターンURL",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_LIST,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .found = pd_places_web_settings, .seen_of = "return-urls",
    .help = N_("Copied from Seller Central, to be compared with what the shop gives."),
  },

  /* Notifications (S093–S095, S101) */
  {
    .id = "notification-url", .view = PD_VIEW_NOTIFICATIONS, .group = GROUP_NOTIFY,
    .label = N_("Notification URL"), .seller_central_name = "販売事業者様URL", .futureshop_name = "販売事業者様サイトURL",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_notification_url,
    .found = pd_places_notification_found, .entered = pd_places_notification_entered,
    .help = N_("The address that futureshop shows for receiving Amazon’s notifications, not the shop’s home page."),
  },
  {
    .id = "notification-url.seen", .view = PD_VIEW_NOTIFICATIONS, .group = GROUP_SEEN,
    .label = N_("Notification URL in Seller Central"), .seller_central_name = "販売事業者様URL",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .found = pd_places_notification_entered, .seen_of = "notification-url",
    .help = N_("Copied from Seller Central, to be compared with what the shop gives."),
  },
  {
    .id = "notification-url.sandbox", .view = PD_VIEW_NOTIFICATIONS, .group = GROUP_SANDBOX,
    .label = N_("Notification URL (Sandbox)"), .seller_central_name = "販売事業者様URL",
    .direction = PD_DIRECTION_SHOP_TO_AMAZON, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_notification_url, .sandbox_of = "notification-url",
    .found = pd_places_notification_found, .entered = pd_places_notification_entered,
    .help = N_("Seller Central keeps one for the sandbox apart from that for production."),
  },
  {
    .id = "notification-url.sandbox.seen", .view = PD_VIEW_NOTIFICATIONS, .group = GROUP_SANDBOX,
    .label = N_("Notification URL in Seller Central (Sandbox)"), .seller_central_name = "販売事業者様URL",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_TEXT,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .found = pd_places_notification_entered, .seen_of = "notification-url.sandbox",
    .help = N_("Copied from Seller Central, to be compared with what the shop gives."),
  },

  /* Upgrade (S016–S026) and the shop's own state (S002–S011) */
  {
    .id = "mode", .view = PD_VIEW_UPGRADE, .group = GROUP_STATE,
    .label = N_("Commerce Creator"), .futureshop_name = "コマースクリエイター",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_CHOICE, .choices = mode_choices, .preset = "enabled",
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .help = N_("Which admin and site the shop uses. If unknown, choose “enabled” for now."),
  },
  {
    .id = "generation", .view = PD_VIEW_UPGRADE, .group = GROUP_STATE,
    .label = N_("Amazon Pay Version"), .futureshop_name = "Amazon Payバージョンアップ設定",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_CHOICE, .choices = generation_choices, .preset = "new",
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .found = pd_places_upgrade,
    .help = N_("Decided by the date of futureshop’s notice that the setup is complete."),
  },
  {
    .id = "setup-notice-date", .view = PD_VIEW_UPGRADE, .group = GROUP_STATE,
    .label = N_("Setup Completed Notice"), .futureshop_name = "設定作業完了",
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_DATE,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_date,
    .help = N_("The day of futureshop’s e-mail that the setup is complete. From 2020-11-18 on the shop is a new one."),
  },
  {
    .id = "mws-auth-token.obtained", .view = PD_VIEW_UPGRADE, .group = GROUP_DATES,
    .label = N_("Token Obtained"),
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_DATE,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_date,
    .help = N_("The day when access was granted to futureshop. Left empty, the day when the token was stored here stands for it."),
  },
  {
    .id = "mws-auth-token.ends", .view = PD_VIEW_UPGRADE, .group = GROUP_DATES,
    .label = N_("Token Ends"),
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_DATE,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_date,
    .found = pd_places_app_permissions,
    .help = N_("The last day of the grant, where Seller Central shows one. Left empty, its end is not known."),
  },
  {
    .id = "private-key.obtained", .view = PD_VIEW_UPGRADE, .group = GROUP_DATES,
    .label = N_("Own Key Made"),
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_DATE,
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .shape = &pd_shape_date,
    .found = pd_places_api_keys,
    .help = N_("The day when the shop’s own API v2 key was made. Amazon advises to change it every 90 days."),
  },
  {
    .id = "environment", .view = PD_VIEW_TESTS, .group = GROUP_TESTS,
    .label = N_("Environment"),
    .direction = PD_DIRECTION_NONE, .kind = PD_FIELD_CHOICE, .choices = environment_choices, .preset = "production",
    .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY,
    .help = N_("Where test calls go. futureshop shops use production; the sandbox is not needed."),
  },
};

static GHashTable *by_id;

/* Built once: pointers to the rows above, and whatever a test has added. */
static GPtrArray *
get_all (void)
{
  static GPtrArray *all;

  if (g_once_init_enter (&all)) {
    GPtrArray *fields = g_ptr_array_new ();

    by_id = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
      g_ptr_array_add (fields, (gpointer) &rows[i]);
      g_hash_table_insert (by_id, (gpointer) rows[i].id, (gpointer) &rows[i]);
    }
    g_once_init_leave (&all, fields);
  }
  return all;
}

/**
 * pd_catalogue_get_fields:
 * @n_fields: (out) (optional): how many there are
 *
 * Returns: (transfer none) (array length=n_fields): every field, in the order of the screen
 */
const PdField *const *
pd_catalogue_get_fields (guint *n_fields)
{
  GPtrArray *all = get_all ();

  if (n_fields != NULL)
    *n_fields = all->len;
  return (const PdField *const *) all->pdata;
}

/**
 * pd_catalogue_lookup:
 * @id: a field's id
 *
 * Returns: (transfer none) (nullable): its row
 */
const PdField *
pd_catalogue_lookup (const char *id)
{
  get_all ();
  return id != NULL ? g_hash_table_lookup (by_id, id) : NULL;
}

/**
 * pd_catalogue_get_view:
 * @view: a view
 * @mode: the shop's mode
 * @generation: the shop's generation
 *
 * Returns: (transfer container) (element-type PdField): the fields that the view shows for such a shop
 */
GPtrArray *
pd_catalogue_get_view (PdView       view,
                       PdMode       mode,
                       PdGeneration generation)
{
  GPtrArray *all = get_all ();
  GPtrArray *result = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    const PdField *field = g_ptr_array_index (all, i);

    if (field->view == view && pd_field_applies (field, mode, generation))
      g_ptr_array_add (result, (gpointer) field);
  }
  return result;
}

/**
 * pd_catalogue_add_row:
 * @row: a row that outlives its use
 *
 * Adds a row at the end. For tests, before any other thread reads the catalogue.
 */
void
pd_catalogue_add_row (const PdField *row)
{
  g_return_if_fail (pd_catalogue_lookup (row->id) == NULL);
  g_ptr_array_add (get_all (), (gpointer) row);
  g_hash_table_insert (by_id, (gpointer) row->id, (gpointer) row);
}

void
pd_catalogue_remove_row (const PdField *row)
{
  g_ptr_array_remove (get_all (), (gpointer) row);
  g_hash_table_remove (by_id, row->id);
}
