/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-help.h"

/* The order of the rows is the order of the list. */
static const PdHelpTopic topics[] = {
  { "begin", N_("Before You Begin"), -1, PD_GUIDE_BEGIN, FALSE, FALSE },
  { "mode", N_("The Shop’s Mode"), -1, -1, FALSE, FALSE },
  { "ids", N_("IDs for the API Settings"), PD_VIEW_API_INFORMATION, PD_GUIDE_IDS, FALSE, FALSE },
  { "token", N_("MWS Auth Token"), -1, PD_GUIDE_TOKEN, FALSE, FALSE },
  { "seller-central", N_("Entries in Seller Central"), PD_VIEW_SELLER_CENTRAL, PD_GUIDE_SELLER_CENTRAL, FALSE, FALSE },
  { "signin", N_("Sign-In Screens"), -1, -1, FALSE, FALSE },
  { "notifications", N_("Notification Settings"), PD_VIEW_NOTIFICATIONS, PD_GUIDE_NOTIFICATIONS, FALSE, FALSE },
  { "checks", N_("Checks After Setting"), -1, PD_GUIDE_CHECKS, FALSE, FALSE },
  { "upgrade", N_("The Upgrade"), PD_VIEW_UPGRADE, PD_GUIDE_NEXT, FALSE, FALSE },
  { "errors", N_("Common Errors"), -1, -1, FALSE, TRUE },
  { "tests", N_("Test Calls"), PD_VIEW_TESTS, -1, FALSE, FALSE },
  { "fields", N_("Every Field"), -1, -1, TRUE, FALSE },
  { "keeping", N_("How Paydesk Keeps Values"), -1, -1, FALSE, FALSE },
  { "support", N_("Whom to Call"), -1, -1, FALSE, FALSE },
};

/* What neither the guide, nor the catalogue, nor the causes say. */
static const PdHelpText texts[] = {
  {
    "begin", "manual", "S003, S027", N_("What This Help Is"),
    N_("This help tells in its own words what futureshop’s manual page “Amazon Pay IDの確認方法” says, and needs no network. The topics on the "
       "left are its table of contents; the guide (F9) has the same procedures as steps for one shop, with the fields to fill."),
  },
  {
    "mode", "choose", "S002, S004, S009", N_("Three Modes"),
    N_("A shop is in one of three modes: “コマースクリエイター無効”, “有効” or “運用中”. Choose the one that matches: what is shown changes with it. It is "
       "chosen above the views, behind the button with the kind of shop, and in the guide’s first step."),
  },
  {
    "mode", "disabled", "S005", N_("Commerce Creator Disabled"),
    N_("The shop is built in the legacy admin (以前からの管理画面) and runs as a legacy site. It does not use Commerce Creator."),
  },
  {
    "mode", "enabled", "S006", N_("Commerce Creator Enabled"),
    N_("The shop is built and run with the legacy admin and the legacy site, and can use the Commerce Creator admin beside them."),
  },
  {
    "mode", "operating", "S007", N_("Commerce Creator in Operation"),
    N_("The shop has been switched over: it is built in the Commerce Creator admin, and runs as a site for Commerce Creator only. The legacy "
       "site is not used."),
  },
  {
    "mode", "unknown", "S008, S010, S011", N_("If the Mode Is Not Known"),
    N_("Choose “enabled” for now; it can be chosen again at any time. The manual’s page “コマースクリエイターご利用状況の確認方法について” tells how to find "
       "out."),
  },
  {
    "mode", "kinds", "S124–S128", N_("Three Kinds of Items"),
    N_("Menu paths and addresses are for the legacy site, for Commerce Creator, or common to both. While Commerce Creator is enabled, both "
       "kinds are shown.\n\n"
       "An item for the legacy site has a dotted edge at its right; Commerce Creator does not use it. An item for Commerce Creator has an edge "
       "of another colour, and does not affect the legacy site. What has no edge is common to both."),
  },
  {
    "ids", "names", "S029–S035", N_("Which IDs There Are"),
    N_("Every shop has SellerId (出品者ID), ClientId (クライアントID) and MWSAuthToken (MWS認証トークン).\n\n"
       "Only before the upgrade there are also ClientSecret (クライアントシークレット), AccessKeyId (アクセスキーID) and SecretAccessKey "
       "(シークレットアクセスキー)."),
  },
  {
    "token", "names", NULL, N_("One Field, Four Names"),
    N_("MWSAuthToken, MWS認証トークン and MWS認証Token are the same field. It is granted to one developer, and is of no use to another."),
  },
  {
    "seller-central", "names", "S071", N_("What Is Called How on Which Side"),
    N_("JavaScriptオリジン in Seller Central is JavaScriptの種類 at futureshop; リターンURL is リダイレクトURL; プライバシーポリシーURL is the page "
       "“個人情報の取扱いについて”; クライアントID is ClientId, and also Store ID; 出品者ID is SellerId."),
  },
  {
    "signin", "differ", "S018, S088, S089", N_("What Shoppers See"),
    N_("The entries in Seller Central are shown to shoppers when they sign in. What is shown, and on how many screens, differs before and after "
       "the upgrade."),
  },
  {
    "signin", "after", "S090", N_("After the Upgrade"),
    N_("One screen: the buyer signs in and confirms there. It has the shop’s name, the logo, and the link to the privacy policy."),
  },
  {
    "signin", "before", "S091, S092", N_("Before the Upgrade"),
    N_("Two screens: “Amazonサインイン画面”, with the shop’s name and logo, and after it “サインイン確認画面”, with the link to the privacy policy."),
  },
  {
    "upgrade", "why", "S016–S018", N_("What It Is About"),
    N_("Amazon Japan G.K. has released a new version of Amazon Pay, and futureshop supports it. Shops that used Amazon Pay before 2020-11-18 "
       "have to be upgraded. The settings that are shown, and the way of the shopper to the payment, are others after it."),
  },
  {
    "upgrade", "new", "S021, S022, S026", N_("New Shops"),
    N_("A new shop has the new version from the start. It is a new one if futureshop’s notice “設定作業完了” came on 2020-11-18 or later. “以前” and "
       "“以降” both include that day in the manual: the date of the notice decides, not that of the first use."),
  },
  {
    "upgrade", "find-out", "S023", N_("Whether a Shop Is Upgraded"),
    N_("The shop’s admin shows it under “Amazon設定-Amazon Payバージョンアップ設定”: 設定 › 連携サービス in the Commerce Creator admin, 構築 › ページ設定 in the "
       "legacy admin."),
  },
  {
    "upgrade", "own-work", "S019, S020, S024, S025", N_("The Shop’s Own Work, and the Deadline"),
    N_("The last part is for the shop to do. It was due by spring 2021 (planned); after that Amazon Pay cannot be used. The page "
       "“Amazon Payバージョンアップについて” of futureshop has the details."),
  },
  {
    "errors", "about", "S110", N_("How to Read Them"),
    N_("These are the errors that the manual names, with what they mean and what to do. Other texts, log lines and answers are explained by "
       "“paydeskctl explain” and in the window."),
  },
  {
    "tests", "where", "S037", N_("Where Test Calls Go"),
    N_("“Practice” goes to an endpoint on this computer, and needs no account. “Production” goes to Amazon’s real service; nothing is ordered "
       "or charged. futureshop shops do not need the sandbox."),
  },
  {
    "tests", "verdicts", NULL, N_("What a Verdict Means"),
    N_("Passed: what was asked is so. Warning: it works, but something is unusual. Failed: a setting is wrong, and the finding names the "
       "field. Skipped: it does not apply, or could not be asked, for the reason given. Undetermined: it could not be judged; no setting is "
       "blamed."),
  },
  {
    "keeping", "secrets", NULL, N_("Secrets"),
    N_("Secrets are in the desktop’s keyring, and in no file, log or report. A copied secret is cleared from the clipboard after 45 seconds."),
  },
  {
    "keeping", "marks", NULL, N_("“Entered over There”"),
    N_("A value is right only where it is used. The mark says that it has been entered on the other side, and when. If the value changes "
       "afterwards, it says so until it has been entered again."),
  },
  {
    "support", "call", "S001", N_("futureshop’s Operations Support"),
    N_("運用サポート, weekdays from 10:00 to 17:00, telephone 06-6485-6485. Call if a step does not work as it says, if the pre-set token was changed, or "
       "if a setting at futureshop is not where it should be."),
  },
};

const PdHelpTopic *
pd_help_get_topics (guint *n_topics)
{
  *n_topics = G_N_ELEMENTS (topics);
  return topics;
}

const PdHelpText *
pd_help_get_texts (guint *n_texts)
{
  *n_texts = G_N_ELEMENTS (texts);
  return texts;
}
