/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-guide.h"
#include "pd-places.h"
#include "pd-shape.h"

#define EVERY .modes = PD_MODE_ANY, .generations = PD_GENERATION_ANY
#define OLDER (PD_GENERATION_BEFORE_UPGRADE | PD_GENERATION_AFTER_UPGRADE)

#define DEVELOPER_NAME { N_("Developer name (開発者名)"), "株式会社フューチャーショップ" }
#define DEVELOPER_ID   { N_("Developer ID (開発者ID)"), "804019623754" }
#define OPEN_AMAZON    { N_("Open Seller Central"), PD_URL_SELLER_CENTRAL }
#define OPEN_MANUAL    { N_("Open the Manual’s Page"), PD_URL_MANUAL }
#define OPEN_FAQ       { N_("Open FAQ 8214"), PD_URL_FAQ_UPGRADE }

/* The order of the rows is the order of the work. Ids are final: profiles keep them. */
static const PdGuideStep steps[] = {
  /* S002–S026 */
  {
    .id = "begin-mode", .part = PD_GUIDE_BEGIN, EVERY, .source = "S002, S004, S008, S010, S011",
    .title = N_("Choose the Shop’s Mode"),
    .text = N_("The mode decides which menu paths and addresses are shown. If it is not known, choose “enabled” for now: it can "
               "be chosen again at any time, and nothing is lost."),
    .fields = { "mode" }, .action = "win.choose-kind", .action_label = N_("Explain the Modes"), .pages = { OPEN_MANUAL },
  },
  {
    .id = "begin-version", .part = PD_GUIDE_BEGIN, EVERY, .source = "S016, S017, S021–S023, S026",
    .title = N_("Say Which Version of Amazon Pay It Has"),
    .text = N_("A shop is a new one if futureshop’s notice “設定作業完了” came on 2020-11-18 or later: it has the new version from the "
               "start. Of an older shop the page below says whether it has been upgraded. Both of the manual’s wordings include "
               "that very day; what decides is the date of the notice."),
    .there = pd_places_upgrade, .fields = { "generation", "setup-notice-date" },
  },
  {
    .id = "begin-registration", .part = PD_GUIDE_BEGIN, EVERY, .source = "S012–S015",
    .title = N_("Register with Amazon"),
    .leads_to = { "ids-copy", "ids-keys" },
    .text = N_("Amazon Pay needs a new registration in Seller Central: the seller’s details and the integration. Follow the material "
               "that Amazon Japan names in its e-mail. Whatever is not shown later on was probably not registered here."),
    .pages = { OPEN_AMAZON },
  },
  {
    .id = "begin-sites", .part = PD_GUIDE_BEGIN, EVERY, .source = "S124, S125",
    .title = N_("Note the Shop’s Addresses"),
    .text = N_("The addresses at which shoppers open the shop; Paydesk compares the others with them. While Commerce Creator is "
               "enabled, the shop has two."),
    .fields = { "legacy-site-url", "cc-site-url" }, .sight = PD_GUIDE_FILLED,
  },

  /* Procedure A, S028–S053 */
  {
    .id = "ids-login", .part = PD_GUIDE_IDS, EVERY, .source = "S036, S037",
    .title = N_("Log In to Seller Central"),
    .leads_to = { "ids-copy", "ids-keys" },
    .text = N_("Log in to “Amazon seller central japan”, and choose “Amazon Pay(本番環境)”. The view “Amazon Pay(テスト環境)” is not needed."),
    .pages = { OPEN_AMAZON },
  },
  {
    .id = "ids-open", .part = PD_GUIDE_IDS, EVERY, .source = "S038–S041",
    .title = N_("Open the Steps for futureshop"),
    .leads_to = { "ids-copy", "ids-keys" },
    .text = N_("Press “インテグレーション” in the header, choose “Amazon Pay” in its list and “futureshop” as the solution provider, and press "
               "“手順を見る”. The button “インテグレーションセントラルを見る” on the page that ends the application leads to the same list."),
    .there = pd_places_steps,
  },
  {
    .id = "ids-show", .part = PD_GUIDE_IDS, EVERY, .source = "S042–S047",
    .title = N_("Show the IDs"),
    .leads_to = { "ids-copy", "ids-keys" },
    .text = N_("On the page “インテグレーション手順 futureshop” press “クライアントシークレット及びシークレットアクセスキー取得”, also after the upgrade: “Amazon "
               "Pay and Login with Amazon Credentials” opens, with the IDs. If it shows none, finish both “MWSアカウントの登録” and “Amazonログインの登録” "
               "first, by the material in Amazon Japan’s e-mail. The link “futureshop” behind “ガイドを参照してください。” opens the settings manual."),
    .there = pd_places_credentials, .more = pd_places_settings_manual,
  },
  {
    .id = "ids-copy", .part = PD_GUIDE_IDS, EVERY, .source = "S029, S030, S048, S049",
    .title = N_("Copy Seller ID and Client ID"),
    .text = N_("“出品者ID” is the Seller ID, and “クライアントID” the Client ID, which is also called Store ID."),
    .found = pd_places_credentials, .fields = { "seller-id", "client-id" }, .sight = PD_GUIDE_FILLED,
  },
  {
    .id = "ids-keys", .part = PD_GUIDE_IDS, .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE,
    .source = "S032–S034, S050–S053",
    .title = N_("Copy the Access Key and Both Secrets"),
    .text = N_("Only before the upgrade; after it these three are not used. Press “シークレットを表示” to see “クライアントシークレット” and "
               "“シークレットアクセスキー”."),
    .found = pd_places_credentials_secret, .fields = { "access-key-id", "client-secret", "secret-access-key" },
    .sight = PD_GUIDE_FILLED,
  },
  {
    .id = "ids-enter", .part = PD_GUIDE_IDS, EVERY, .source = "S028, S035, S046",
    .title = N_("Enter the IDs in the Shop’s Admin"),
    .text = N_("Enter each value in the field of the same name under “Amazon設定-Amazon API情報”, and save there. Then tick this step."),
    .entered = pd_places_api_information,
    .fields = { "seller-id", "client-id", "client-secret", "access-key-id", "secret-access-key" }, .sight = PD_GUIDE_ENTERED,
  },

  /* Procedure B, S054–S066 */
  {
    .id = "token-look", .part = PD_GUIDE_TOKEN, .modes = PD_MODE_ANY, .generations = OLDER, .source = "S031, S054, S055, S057",
    .title = N_("See Whether the Token Is Pre-Set"),
    .text = N_("If the field “MWS認証Token” says “Pre-Set_with_information_from_Amazon”, neither delete nor change it: enter that text below, "
               "and the token is done. A shop that used Amazon Pay before 2020-11-18 usually needs no new token: another code that stands "
               "there is copied below. Only if the field is blank, or the token has to be confirmed, obtain it by the next steps."),
    .there = pd_places_token_look, .fields = { "mws-auth-token" }, .sight = PD_GUIDE_FILLED,
    .constants = { { N_("Text of a pre-set token"), PD_PRESET_TOKEN } },
  },
  {
    .id = "token-look-new", .part = PD_GUIDE_TOKEN, .modes = PD_MODE_ANY, .generations = PD_GENERATION_NEW,
    .source = "S031, S054–S056",
    .title = N_("See Whether the Token Is Pre-Set"),
    .text = N_("A new shop must have the token. If the field “MWS認証Token” says “Pre-Set_with_information_from_Amazon”, neither delete nor "
               "change it: enter that text below, and the token is done. In every other case obtain it by the next steps."),
    .there = pd_places_token_look, .fields = { "mws-auth-token" }, .sight = PD_GUIDE_FILLED,
    .constants = { { N_("Text of a pre-set token"), PD_PRESET_TOKEN } },
  },
  {
    .id = "token-open", .part = PD_GUIDE_TOKEN, EVERY, .source = "S058–S060", .without_preset = TRUE,
    .title = N_("Open the App Management"),
    .leads_to = { "token-copy" },
    .text = N_("In Seller Central choose “設定-ユーザー権限” in the header, press “アプリ管理を表示” at “サードパーティの開発者およびアプリ”, and then "
               "“新しい開発者に権限を付与”."),
    .there = pd_places_token, .pages = { OPEN_AMAZON },
  },
  {
    .id = "token-grant", .part = PD_GUIDE_TOKEN, EVERY, .source = "S061–S064", .without_preset = TRUE,
    .title = N_("Grant futureshop Access"),
    .leads_to = { "token-copy" },
    .text = N_("Enter these two, press “次へ”, read what is said there, and tick the box of consent."),
    .constants = { DEVELOPER_NAME, DEVELOPER_ID },
  },
  {
    .id = "token-copy", .part = PD_GUIDE_TOKEN, EVERY, .source = "S065, S066", .without_preset = TRUE,
    .title = N_("Copy the Token"),
    .text = N_("The last page shows the code “MWS認証トークン”. Copy it into this field."),
    .fields = { "mws-auth-token" }, .sight = PD_GUIDE_FILLED,
  },
  {
    .id = "token-enter", .part = PD_GUIDE_TOKEN, .modes = PD_MODE_ANY, .generations = PD_GENERATION_V2, .source = "S066",
    .without_preset = TRUE,
    .title = N_("Enter the Token in the Shop’s Admin"),
    .text = N_("Paste the code into “MWS認証Token” on the page “Amazon設定(バージョンアップ後)”, and save there. Then tick this step."),
    .entered = pd_places_token_after, .fields = { "mws-auth-token" }, .sight = PD_GUIDE_ENTERED,
  },
  {
    .id = "token-enter-before", .part = PD_GUIDE_TOKEN, .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE,
    .source = "S031, S066", .without_preset = TRUE,
    .title = N_("Enter the Token in the Shop’s Admin"),
    .text = N_("The manual speaks of the page after the upgrade, but a blank token is needed before it as well: whether there is one "
               "decides which way of upgrading the shop has to go. Paste the code into “MWS認証Token”, and save there. Then tick this step."),
    .entered = pd_places_token_entered, .fields = { "mws-auth-token" }, .sight = PD_GUIDE_ENTERED, .pages = { OPEN_FAQ },
  },

  /* Procedure C, S067–S087 */
  {
    .id = "app-open", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S067–S072",
    .title = N_("Open the Shop’s Application"),
    .leads_to = { "app-name", "app-description", "app-privacy", "app-origins", "app-returns" },
    .text = N_("In Seller Central press “インテグレーション” in the header, then “アプリケーションを確認する” at “アプリケーションの管理”, and “編集する” at "
               "“既存のクライアントID/Store ID設定”. There are “アプリケーション情報” and “ウェブ設定”, and each of the next steps fills one entry."),
    .there = pd_places_application_edit, .pages = { OPEN_AMAZON },
  },
  {
    .id = "app-name", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S073, S074",
    .title = N_("Shop Name"),
    .text = N_("Shoppers see it on Amazon’s sign-in screen and in their account menu. The name given in the application is there "
               "already; to change it press “編集” and enter it in “アプリケーションまたはストア名”."),
    .entered = pd_places_application, .fields = { "store-name" }, .sight = PD_GUIDE_ENTERED,
  },
  {
    .id = "app-description", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S075",
    .title = N_("Description"),
    .text = N_("Enter “Amazon Pay”. Nobody sees it, but Seller Central does not save without it."),
    .entered = pd_places_application, .fields = { "description" }, .sight = PD_GUIDE_ENTERED,
  },
  {
    .id = "app-logo", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S076–S080", .optional = TRUE,
    .title = N_("Logo (Optional)"),
    .text = N_("PNG, JPEG or GIF, at least 150 pixels wide, up to 10 MB. Amazon shows it 150 × 50 pixels large; below it stands as "
               "shoppers will see it. Without a logo just tick this step."),
    .entered = pd_places_application, .fields = { "logo" }, .sight = PD_GUIDE_ENTERED,
  },
  {
    .id = "app-privacy", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S081–S083",
    .title = N_("Privacy Policy URL"),
    .text = N_("The address of “個人情報の取扱いについて”. futureshop makes such a page by itself, and the list below has its address. A shop with a "
               "page of its own enters that one instead: “プライバシーポリシー”, “個人情報保護方針”, “個人情報の取り扱いについて” or the like."),
    .found = pd_places_page_urls, .entered = pd_places_application, .fields = { "privacy-policy-url" }, .sight = PD_GUIDE_ENTERED,
  },
  {
    .id = "app-origins", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S084, S085",
    .title = N_("JavaScript Origins"),
    .text = N_("Copy every address at “JavaScriptの種類” into “JavaScriptオリジン”. “別のURLの追加” makes room for one more."),
    .found = pd_places_javascript, .entered = pd_places_web_settings, .fields = { "javascript-origins" }, .sight = PD_GUIDE_ENTERED,
  },
  {
    .id = "app-returns", .part = PD_GUIDE_SELLER_CENTRAL, EVERY, .source = "S086, S087",
    .title = N_("Return URLs"),
    .text = N_("Copy every address at “リダイレクトURL” into “リターンURL”. “別のURLの追加” makes room for one more."),
    .found = pd_places_redirect, .entered = pd_places_web_settings, .fields = { "return-urls" }, .sight = PD_GUIDE_ENTERED,
  },

  /* Procedure D, S093–S095, S101 */
  {
    .id = "notify-open", .part = PD_GUIDE_NOTIFICATIONS, EVERY, .source = "S093",
    .title = N_("Open the Integration Settings"),
    .leads_to = { "notify-url" },
    .text = N_("In Seller Central choose “インテグレーション” under “設定” at the top right: the page “インテグレーション設定” opens."),
    .there = pd_places_integration, .pages = { OPEN_AMAZON },
  },
  {
    .id = "notify-url", .part = PD_GUIDE_NOTIFICATIONS, EVERY, .source = "S094, S095, S101",
    .title = N_("Notification URL"),
    .text = N_("Register the “販売事業者様サイトURL” that futureshop shows in “インスタント通知設定”: through it Amazon’s system and futureshop work "
               "together. In spite of its name it is not the address of the shop’s home page."),
    .found = pd_places_notification_found, .entered = pd_places_notification_entered, .fields = { "notification-url" },
    .sight = PD_GUIDE_ENTERED,
  },

  /* S096–S100, S088–S092 */
  {
    .id = "check-compare", .part = PD_GUIDE_CHECKS, EVERY, .source = "S112, S116", .optional = TRUE,
    .title = N_("Compare with Seller Central (Optional)"),
    .text = N_("Open the shop’s application and the integration settings in Seller Central once more, and copy into these fields what "
               "stands there. If it differs from what the shop needs, Paydesk shows each character. To leave it out just tick this step."),
    .there = pd_places_application_edit,
    .fields = { "privacy-policy-url.seen", "javascript-origins.seen", "return-urls.seen", "notification-url.seen" },
    .sight = PD_GUIDE_FILLED, .pages = { OPEN_AMAZON },
  },
  {
    .id = "check-run", .part = PD_GUIDE_CHECKS, EVERY, .source = "S112, S116, S118",
    .title = N_("Run the Checks"),
    .text = N_("Paydesk asks the other side what is right and what is not, and says which field to correct. This step is done when nothing "
               "failed and nothing was left undetermined. After a change of a setting run them again."),
    .action = "win.run-checks", .action_label = N_("Run Checks"), .sight = PD_GUIDE_PASSED,
  },
  {
    .id = "check-preview", .part = PD_GUIDE_CHECKS, EVERY, .source = "S096–S098",
    .title = N_("Look at the Preview"),
    .text = N_("Always look at the screens after setting: open the preview, and go to the Amazon Pay pages. Logging in with Amazon works in "
               "the preview too."),
    .there = pd_places_preview,
  },
  {
    .id = "check-signin", .part = PD_GUIDE_CHECKS, .modes = PD_MODE_ANY, .generations = PD_GENERATION_V2, .source = "S018, S088–S090",
    .title = N_("See What Shoppers See"),
    .text = N_("After the upgrade the buyer signs in and confirms on one screen. Look whether the shop’s name, its logo and the link to "
               "its privacy policy are there, and right. “Seller Central” in this window ends with pictures of it."),
    .action = "win.seller-central", .action_label = N_("Show the Pictures"),
  },
  {
    .id = "check-signin-before", .part = PD_GUIDE_CHECKS, .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE,
    .source = "S018, S088, S089, S091, S092",
    .title = N_("See What Shoppers See"),
    .text = N_("Before the upgrade there are two screens, “Amazonサインイン画面” and “サインイン確認画面”. Look whether the shop’s name, its logo "
               "and the link to its privacy policy are there, and right. “Seller Central” in this window ends with pictures of them. After "
               "the upgrade other items are shown, on another way."),
    .action = "win.seller-central", .action_label = N_("Show the Pictures"),
  },
  {
    .id = "check-account", .part = PD_GUIDE_CHECKS, EVERY, .source = "S099, S100, S121",
    .title = N_("Order with Another Amazon Account"),
    .text = N_("For a test order use another Amazon account than the one of Seller Central. With the same account Amazon Pay always ends in "
               "an error; that is by design."),
  },

  /* S019–S025 */
  {
    .id = "next-upgrade", .part = PD_GUIDE_NEXT, .modes = PD_MODE_ANY, .generations = PD_GENERATION_BEFORE_UPGRADE,
    .source = "S019, S020, S024, S025, S123",
    .title = N_("Upgrade Amazon Pay"),
    .text = N_("The last part of the upgrade is the shop’s own work. It was due by spring 2021; a shop that has not upgraded cannot use "
               "Amazon Pay any more. “Upgrade” in this window has the way, and this step is done when the shop is entered there as "
               "upgraded."),
    .there = pd_places_upgrade, .sight = PD_GUIDE_LEFT, .action = "win.upgrade", .action_label = N_("Go to Upgrade"), .pages = { OPEN_FAQ },
  },
};

/**
 * pd_guide_get_steps:
 * @n_steps: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_steps): the steps for every kind of shop, in order
 */
const PdGuideStep *
pd_guide_get_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}
