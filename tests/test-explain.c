/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-explain.h"
#include "pd-remedy.h"

/* The ids of the command line's contract. */
static const char *const contract[] = {
  "F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F12", "F13",
  "F20", "F21", "F22", "F23", "F24", "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32", "F33", "F34", "F35", "F36", "F37", "F37b", "F38",
  "F40", "F41", "F42", "F43", "F44", "F45", "F46", "F47", "F48", "F49", "F50",
  "F60", "F61", "F62", "F63", "F64", "F64b", "F65",
  "F70", "F71", "F72", "F73", "F73b", "F74", "F75", "F76",
};

/* The checks of the command line's contract, whether this Paydesk has them yet or not. */
static const char *const check_ids[] = {
  "shape", "mixup", "completeness", "key-pair", "key-environment", "reachability", "clock", "signature", "store-id", "token", "mws-keys",
  "login-client", "return-url", "url-rules", "two-sided", "privacy-page", "page-reach", "notification-reach", "logo", "upgrade", NULL
};

static PdProfile *
new_shop (const char *mode,
          const char *generation)
{
  PdProfile *profile = pd_profile_new ("Lantern & Co.");

  g_assert_true (pd_profile_set_text (profile, "mode", mode, NULL));
  g_assert_true (pd_profile_set_text (profile, "generation", generation, NULL));
  return profile;
}

static char *
dup_ids (GPtrArray *found)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++) {
    PdExplanation *explanation = g_ptr_array_index (found, i);

    g_string_append_printf (ids, "%s%s(%u)", i > 0 ? " " : "", explanation->cause->id, explanation->score);
  }
  return g_string_free (ids, FALSE);
}

static void
assert_first (const char *text,
              const char *id)
{
  g_autoptr (GPtrArray) found = pd_explain (text, -1, NULL);
  g_autofree char      *ids = dup_ids (found);

  if (found->len == 0 || !g_str_equal (((PdExplanation *) g_ptr_array_index (found, 0))->cause->id, id)) {
    g_test_message ("“%s”: %s first, but %s", text, id, ids);
    g_test_fail ();
  }
  g_assert_cmpuint (found->len, <=, PD_EXPLAIN_MAX_CAUSES);
}

static void
assert_nothing (const char *text)
{
  g_autoptr (GPtrArray) found = pd_explain (text, -1, NULL);
  g_autofree char      *ids = dup_ids (found);

  if (found->len > 0) {
    g_test_message ("“%s”: nothing, but %s", text, ids);
    g_test_fail ();
  }
}

static PdExplanation *
explain_as (const char  *text,
            PdProfile   *profile,
            const char  *id,
            GPtrArray  **found)
{
  PdExplanation *first;

  *found = pd_explain (text, -1, profile);
  g_assert_cmpuint ((*found)->len, >, 0);
  first = g_ptr_array_index (*found, 0);
  g_assert_cmpstr (first->cause->id, ==, id);
  return first;
}

static gboolean
has_field (PdExplanation *explanation,
           const char    *id)
{
  return g_strv_contains (pd_explanation_get_fields (explanation), id);
}

/* Big-endian catalogues do not occur here. */
static const char *
find_translation (const char *catalogue,
                  const char *message)
{
  const guint32 *head = (const guint32 *) catalogue;
  const guint32 *originals = (const guint32 *) (catalogue + head[3]);
  const guint32 *translations = (const guint32 *) (catalogue + head[4]);

  g_assert_cmphex (head[0], ==, 0x950412de);
  for (guint i = 0; i < head[2]; i++) {
    if (g_str_equal (catalogue + originals[2 * i + 1], message))
      return catalogue + translations[2 * i + 1];
  }
  return NULL;
}

static gboolean
has_japanese (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    if (g_unichar_iswide (g_utf8_get_char (c)))
      return TRUE;
  }
  return FALSE;
}

static void
test_contract (void)
{
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  g_assert_cmpuint (n_causes, ==, G_N_ELEMENTS (contract));
  for (guint i = 0; i < n_causes; i++)
    g_assert_cmpstr (causes[i]->id, ==, contract[i]);
  g_assert_null (pd_cause_lookup ("F14"));
}

static void
test_rows_are_whole (void)
{
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; i < n_causes; i++) {
    const PdCause *cause = causes[i];

    g_test_message ("%s", cause->id);
    g_assert_true (*cause->title != '\0' && !g_str_has_suffix (cause->title, "."));
    g_assert_true (g_str_has_suffix (cause->meaning, "."));
    g_assert_true (g_str_has_suffix (cause->next_step, "."));
    g_assert_nonnull (cause->source);
    g_assert_nonnull (cause->signs[0].text);
    g_assert_true (cause->samples[0] != NULL && cause->samples[1] != NULL);
    g_assert_true (cause->modes != 0 && cause->generations != 0);
    for (guint j = 0; j < G_N_ELEMENTS (cause->fields) && cause->fields[j] != NULL; j++)
      g_assert_nonnull (pd_catalogue_lookup (cause->fields[j]));
    for (guint j = 0; j < G_N_ELEMENTS (cause->checks) && cause->checks[j] != NULL; j++)
      g_assert_true (g_strv_contains (check_ids, cause->checks[j]));
    /* Only Amazon's own trouble is an outage, and whatever is one passes. */
    g_assert_true (!cause->is_outage || cause->waiting_helps);
    g_assert_cmpint (cause->is_outage, ==, g_str_equal (cause->id, "F34"));
    if (cause->where == PD_CAUSE_COMPUTER)
      g_assert_cmpuint (cause->errors, !=, 0);
  }
}

/* What rests on reports of others or on inference is never said to be certain: neither by a cause nor by a finding. */
static void
test_likely (void)
{
  static const char *const doubts[] = { "[K]", "#", "inferred", "reports" };
  guint                    n_causes;
  const PdCause *const    *causes = pd_cause_get_all (&n_causes);
  guint                    n_remedies;
  const PdRemedy          *remedies = pd_remedy_get_all (&n_remedies);

  for (guint i = 0; i < n_causes; i++) {
    g_autoptr (PdExplanation) explanation = pd_explanation_new (causes[i], NULL);

    /* What happens on this computer Paydesk sees for itself. */
    if (causes[i]->where == PD_CAUSE_COMPUTER)
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (doubts); j++) {
      g_test_message ("%s: %s", causes[i]->id, causes[i]->source);
      if (strstr (causes[i]->source, doubts[j]) != NULL)
        g_assert_cmpint (explanation->confidence, ==, PD_CONFIDENCE_LIKELY);
    }
  }
  /* Of API v2's own list only what it documents to 401 is certain; the rest are other shops' lists, or inference. */
  for (guint i = 0; i < n_remedies; i++) {
    if (remedies[i].verdict != PD_VERDICT_PASSED && remedies[i].verdict != PD_VERDICT_FAILED)
      continue;
    g_test_message ("%s", remedies[i].reason);
    if (g_strcmp0 (remedies[i].reason, "UnauthorizedAccess") != 0)
      g_assert_cmpint (remedies[i].confidence, ==, PD_CONFIDENCE_LIKELY);
  }
}

static void
test_japanese (void)
{
  g_autofree char      *path = g_build_filename (g_getenv ("PD_BUILD_DIR"), "po", "ja", "LC_MESSAGES", "paydesk.mo", NULL);
  g_autofree char      *catalogue = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  g_file_get_contents (path, &catalogue, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_causes; i++) {
    const char *texts[] = { causes[i]->title, causes[i]->meaning, causes[i]->next_step };

    for (guint j = 0; j < G_N_ELEMENTS (texts); j++) {
      const char *japanese = find_translation (catalogue, texts[j]);

      g_test_message ("%s: %s", causes[i]->id, texts[j]);
      g_assert_nonnull (japanese);
      g_assert_true (has_japanese (japanese));
      g_assert_false (has_japanese (texts[j]) && g_str_equal (texts[j], japanese));
    }
  }
}

static void
test_samples (void)
{
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; i < n_causes; i++) {
    gboolean in_japanese = FALSE;
    gboolean in_english = FALSE;

    for (guint j = 0; causes[i]->samples[j] != NULL; j++) {
      assert_first (causes[i]->samples[j], causes[i]->id);
      if (has_japanese (causes[i]->samples[j]))
        in_japanese = TRUE;
      else
        in_english = TRUE;
    }
    g_test_message ("%s", causes[i]->id);
    g_assert_true (in_english && in_japanese);
  }
}

/* Every word of the tables is reachable: no sign is hidden behind another cause's. */
static void
test_every_phrase (void)
{
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; i < n_causes; i++) {
    for (const PdSign *sign = causes[i]->signs; sign->text != NULL; sign++) {
      g_autofree char *answer = NULL;

      if (sign->kind == PD_SIGN_PHRASE && !sign->is_weak) {
        assert_first (sign->text, causes[i]->id);
      } else if ((sign->kind == PD_SIGN_CODE || sign->kind == PD_SIGN_MEMBER) && sign->also == NULL) {
        answer = g_strdup_printf ("{\"reasonCode\":\"%s\",\"message\":\"-\"}", sign->text);
        assert_first (answer, causes[i]->id);
        g_free (answer);
        answer = g_strdup_printf ("<ErrorResponse xmlns=\"http://mws.amazonservices.com/schema/OffAmazonPayments/2013-01-01\"><Error>"
                                  "<Type>Sender</Type><Code>%s</Code><Message>-</Message></Error></ErrorResponse>", sign->text);
        assert_first (answer, causes[i]->id);
      }
    }
  }
}

static void
test_remedies (void)
{
  guint           n_remedies;
  const PdRemedy *remedies = pd_remedy_get_all (&n_remedies);

  for (guint i = 0; i < n_remedies; i++) {
    if (remedies[i].cause != NULL)
      g_assert_nonnull (pd_cause_lookup (remedies[i].cause));
  }
}

static void
test_forms (void)
{
  static const struct { const char *text; const char *id; } cases[] = {
    /* Typed from a screenshot: shortened, mistyped, another width, broken lines. */
    { "リクエストの処理中に問題が発生", "F02" },
    { "申し訳ありません、リクエストの処理に問題が発生しました、現在問題を調査しています", "F02" },
    { "申し訳ありません。リクエストの処理中に\n問題が発生しました。\n現在問題を\n調査しておりますので", "F02" },
    { "お客様から「現在問題を調査しておりますので解決するまでもう少々お待ち下さい」と表示されると連絡がありました", "F02" },
    { "there was a probelm processing your requst", "F02" },
    { "AmazonＡＰＩ情報を正しく入力して下さい", "F01" },
    { "Amazon API情報 を正しく入力してください。", "F01" },
    { "ＡＭＡＺＯＮ Pay Account conflict", "F38" },
    { "The redirect URI you provided has not been whitelisted", "F40" },
    { "redirect uri you provided has not been white-listed for your aplication", "F40" },
    { "the aws access key id you provided doesn't exist in our records", "F43" },
    /* Answers, whole, cut, and as a log has them. */
    { "{\"reasonCode\":\"InvalidRequestSignature\",\"mess", "F22" },
    { "{\"a\":[{\"b\":{\"reasonCode\":\"InvalidAccountStatus\"}}]}", "F30" },
    { "{\"error\":{\"code\":\"TooManyRequests\"}}", "F33" },
    { "2026-03-04T05:06:07Z pay ERROR body=\"{\\\"reasonCode\\\":\\\"InvalidRequestSignature\\\",\\\"message\\\":\\\"x\\\"}\"", "F22" },
    { "\\u7533\\u3057\\u8a33\\u3042\\u308a\\u307e\\u305b\\u3093\\u3002\\u30ea\\u30af\\u30a8\\u30b9\\u30c8\\u306e\\u51e6\\u7406\\u4e2d"
      "\\u306b\\u554f\\u984c\\u304c\\u767a\\u751f\\u3057\\u307e\\u3057\\u305f", "F02" },
    { "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{\"reasonCode\":\"InvalidRequestSignature\",\"message\":\"-\"}", "F22" },
    { "<?xml version=\"1.0\"?><ErrorResponse><Error><Code>RequestExpired</Code></Error></ErrorResponse>", "F46" },
    { "<ns:ErrorResponse xmlns:ns=\"urn:x\"><ns:Error><ns:Code><![CDATA[SignatureDoesNotMatch]]></ns:Code></ns:Error></ns:ErrorResponse>", "F44" },
    { "<Error><Code>InvalidParameterValue</Code><Message>Invalid seller id: A1</Mess", "F45" },
    { "<Error><Code>AccessDenied</Code><Message>Access denied</Message></Error>", "F47" },
    { "<!DOCTYPE html><html><head><title>x</title><script>var a = 'InvalidAccountStatus';</script></head><body><h1>Error</h1>"
      "<p>The redirect URI you provided has <b>not</b> been whitelisted for your application</p></body></html>", "F40" },
    { "<p>&#33268;&#21629;&#30340;&#12394;&#12456;&#12521;&#12540;が発生しました</p>", "F03" },
    /* Statuses. */
    { "429", "F33" },
    { "HTTP 503", "F34" },
    { "10.0.0.1 \"POST /v2/checkoutSessions HTTP/1.1\" 429 51", "F33" },
    { "status=426", "F28" },
    { "HTTP ステータス 407", "F70" },
    { "{\"statusCode\":429}", "F33" },
    { "{\"error\":\"invalid_client\"}", "F01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_first (cases[i].text, cases[i].id);
}

/* What Paydesk itself says, in both languages. */
static void
test_own_words (void)
{
  static const struct { const char *text; const char *id; } cases[] = {
    { "The server’s name was not found. Check this computer’s connection to the internet.", "F70" },
    { "サーバーの名前が見つかりません。このコンピューターのインターネット接続を確認してください。", "F70" },
    { "No trustworthy connection to pay-api.amazon.jp: the certificate has expired. Issued by: CN=x. First check this computer’s date and time.", "F71" },
    { "pay-api.amazon.jp への安全な接続を確立できません（証明書の期限が切れています）。", "F71" },
    { "The keyring is locked. Unlock it, for example by logging in to the desktop again, and retry.", "F72" },
    { "There is no keyring service. Start or install one, such as gnome-keyring, and retry.", "F72" },
    { "失われました: 一度保存されましたが、キーリングにはもうありません", "F73" },
    { "The disk is full. Free some space; until then nothing can be saved.", "F74" },
    { "ディスクは読み取り専用です。保存していません。", "F74" },
    { "This private key is encrypted with a passphrase. Save it without one, or download a new key from Seller Central.", "F75" },
    { "これは公開鍵です。", "F75" },
    { "This RSA key has 1024 bits; Amazon Pay needs at least 2048. Make a new key in Seller Central.", "F75" },
    { "This shop was written by a newer Paydesk (format 9). Update Paydesk to open it.", "F76" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_first (cases[i].text, cases[i].id);
}

static void
test_encodings (void)
{
  static const char text[] = "『致命的なエラーが発生しました』";
  static const char *const names[] = { "CP932", "UTF-16", "UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gsize                 length;
    g_autofree char      *encoded = g_convert (text, -1, names[i], "UTF-8", NULL, &length, NULL);
    g_autoptr (GPtrArray) found = pd_explain (encoded, (gssize) length, NULL);

    g_test_message ("%s", names[i]);
    g_assert_cmpuint (found->len, >, 0);
    g_assert_cmpstr (((PdExplanation *) g_ptr_array_index (found, 0))->cause->id, ==, "F03");
  }
}

static void
test_false_friends (void)
{
  static const char *const texts[] = {
    "", " ", "\n", "a", "。", "ご注文ありがとうございました", "申し訳ありません", "申し訳ありませんが、しばらくお待ちください",
    "Amazon Pay", "Amazon API情報", "クライアントID", "リクエストを受け付けました", "問題が解決しました", "エラー", "error", "Error!",
    "The order was shipped today.", "Your order has been received. Thank you for your purchase!",
    "商品を発送しました。お届けまで少々お待ちください。", "現在メンテナンス中です", "設定を保存しました", "AmazonAPI情報を登録しました",
    "127.0.0.1 - - [04/Mar/2026:05:06:07 +0900] \"GET /favicon.ico HTTP/1.1\" 404 153", "500 orders were shipped", "売上は 500 円です",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.",
    "{\"status\":\"OK\",\"code\":0}", "{\"checkoutSessionId\":\"x\",\"statusDetails\":{\"state\":\"Open\"}}", "<html><body><p>Hello</p></body></html>",
    "<GetServiceStatusResponse><GetServiceStatusResult><Status>GREEN</Status></GetServiceStatusResult></GetServiceStatusResponse>",
    "HTTP/1.1 200 OK", "status: 200", "ssh: Permission denied (publickey)", "PHP Notice: Undefined index", "Our logo is in PNG format, 300 pixels wide",
    "ResourceNotFoundException", "-----BEGIN PRIVATE KEY-----", "https://shop.example.jp/cart?client_id=1", "ログインしました", "秘密鍵を保存しました",
    "注文のステータスを更新しました", "証明書を更新しました", "トークンを登録しました", "通知を受信しました", "販売事業者", "A1EXAMPLESELLER",
    "Please enter your e-mail address", "The session was started", "説明書をご覧ください", "ロゴを変更しました", "Access is granted", "キーリング",
    /* What any shop says. */
    "商品が届きません", "ポイントが利用できません", "お届け先を入力してください", "説明文を入力してください", "メールアドレスの形式が正しくありません", "URLを入力してください",
    "クレジットカード情報を正しく入力してください", "会員情報を正しく入力してください", "在庫が不足しています", "ご注文を受け付けました", "カートに商品がありません", "パスワードが違います",
    "セッションを開始しました", "商品名を入力してください", "Your cart is empty", "Please enter your password",
    "Your password has expired", "There was a problem with your payment card",
    "An item in your cart is out of stock", "Sorry, the page you requested was not found",
    "The coupon code is invalid", "Payment completed", "Order S01-1234567-1234567 was captured",
    "Connection established", "バックアップが完了しました", "証明書の更新手続きのご案内", "通知設定を変更しました", "Amazon Payでのお支払いが完了しました",
    "Amazonアカウントでログイン", "同じ商品を購入しました", "注文番号 404", "500円引きクーポン", "error 12", "エラーは発生しませんでした", "問題が発生しました",
    "予期せぬエラーが発生しました", "ただいま混み合っております。しばらくしてからもう一度お試しください。", "Unexpected error", "Something went wrong",
    "We are currently investigating the delivery of your parcel",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_nothing (texts[i]);
  g_assert_nonnull (strstr (pd_explain_get_unknown (), "request ID"));
}

/* It reads like an outage: the first words say that it is none. */
static void
test_no_outage (void)
{
  g_autoptr (GPtrArray) found = NULL;
  PdExplanation        *first = explain_as ("『申し訳ありません。リクエストの処理中に問題が発生しました。現在問題を調査しておりますので、解決するまで"
                                            "もう少々お待ちください。』", NULL, "F02", &found);
  g_autofree char      *meaning = pd_explanation_dup_meaning (first);

  g_assert_false (first->cause->is_outage);
  g_assert_false (first->cause->waiting_helps);
  g_assert_true (g_str_has_prefix (meaning, "This reads like an outage of Amazon’s, and is a setting"));
  g_assert_cmpint (first->confidence, ==, PD_CONFIDENCE_CERTAIN);
  g_assert_cmpstr (pd_explanation_get_fields (first)[0], ==, "javascript-origins");
  g_assert_cmpstr (pd_explanation_get_fields (first)[1], ==, "return-urls");
  g_assert_cmpstr (pd_explanation_get_fields (first)[2], ==, "client-id");
}

static void
test_near_is_likely (void)
{
  g_autoptr (GPtrArray) found = NULL;

  g_assert_cmpint (explain_as ("リクエストの処理中に問題が発生", NULL, "F02", &found)->confidence, ==, PD_CONFIDENCE_LIKELY);
}

static void
test_generation (void)
{
  static const char text[] = "リクエストの処理中に問題が発生しました";
  static const struct { const char *generation; gboolean has_secret; } cases[] = {
    { "before-upgrade", TRUE }, { "after-upgrade", FALSE }, { "new", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PdProfile) shop = new_shop ("enabled", cases[i].generation);
    g_autoptr (GPtrArray) found = NULL;
    PdExplanation        *first = explain_as (text, shop, "F02", &found);

    g_assert_cmpint (has_field (first, "client-secret"), ==, cases[i].has_secret);
    /* No sentence names what only some shops have. */
    g_assert_null (strstr (first->cause->meaning, "Secret"));
    g_assert_null (strstr (first->cause->next_step, "Secret"));
  }
}

static void
test_unused_here (void)
{
  g_autoptr (PdProfile) before = new_shop ("disabled", "before-upgrade");
  g_autoptr (PdProfile) after = new_shop ("operating", "after-upgrade");
  g_autoptr (GPtrArray) found_before = NULL;
  g_autoptr (GPtrArray) found_after = NULL;
  PdExplanation        *first_before = explain_as ("403 InvalidAccessKeyId", before, "F43", &found_before);
  PdExplanation        *first_after = explain_as ("403 InvalidAccessKeyId", after, "F43", &found_after);
  g_autofree char      *meaning = pd_explanation_dup_meaning (first_after);

  g_assert_true (first_before->is_used);
  g_assert_true (has_field (first_before, "access-key-id"));
  g_assert_false (first_after->is_used);
  g_assert_false (has_field (first_after, "access-key-id"));
  g_assert_nonnull (strstr (meaning, "old log"));
}

static void
test_places (void)
{
  static const struct { const char *mode; const char *first; guint n_sites; } cases[] = {
    { "disabled", "構築", 1 }, { "enabled", "設定", 2 }, { "operating", "設定", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PdProfile) shop = new_shop (cases[i].mode, "new");
    g_autoptr (GPtrArray) found = NULL;
    PdExplanation        *first = explain_as ("「AmazonAPI情報を正しく入力してください」", shop, "F01", &found);
    g_auto (GStrv)        where = pd_explanation_dup_where (first);
    guint                 n_sites = 0;

    g_assert_cmpstr (where[0], ==, cases[i].first);
    for (guint j = 0; j < first->places->len; j++)
      n_sites += ((const PdPlace *) g_ptr_array_index (first->places, j))->site != PD_SITE_COMMON;
    g_assert_cmpuint (n_sites, ==, cases[i].n_sites);
  }
}

/* What the message names comes first, in place of all that may be wrong. */
static void
test_message_decides (void)
{
  g_autoptr (GPtrArray) store = NULL;
  g_autoptr (GPtrArray) url = NULL;
  PdExplanation        *first;

  first = explain_as ("{\"reasonCode\":\"InvalidParameterValue\",\"message\":\"storeId is invalid\"}", NULL, "F23", &store);
  g_assert_cmpstr (pd_explanation_get_fields (first)[0], ==, "client-id");
  g_assert_null (pd_explanation_get_fields (first)[1]);
  first = explain_as ("{\"reasonCode\":\"InvalidParameterValue\",\"message\":\"checkoutReviewReturnUrl is invalid\"}", NULL, "F23", &url);
  g_assert_cmpstr (pd_explanation_get_fields (first)[0], ==, "return-urls");
}

static char *
repeat (const char *piece,
        gsize       length)
{
  GString *text = g_string_sized_new (length + 64);

  while (text->len < length)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static void
test_hostile (void)
{
  static const char *const pieces[] = {
    "{\"a\":", "[", "{\"a\":\"{\\\"a\\\":", "<", "<a>", "<a><b", "<script>", "<!--", "<!DOCTYPE a [<!ENTITY b \"cc\">", "&", "&#", "&#x110000;",
    "\\u", "\\ud83d", "\\", "\xcc\x81", "\xcc\x81\xcc\xa3", "\xef\xb7\xba", "\xff", "\xe3\x81", "\xf0\x9f\x98\x80", "「", "。", "\n", "a", "400 ",
    "{\"reasonCode\":\"x\",", "redirect_uri=", "mws ", "リクエスト", "400 redirect_uri=a client_id", "the redirect ", "\xe2\x80\x8b", "code>", "<code>",
    "logo ", "notification certificate",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autofree char      *text = repeat (pieces[i], 2 * PD_EXPLAIN_MAX_BYTES);
    gint64                start = g_get_monotonic_time ();
    g_autoptr (GPtrArray) found = pd_explain (text, -1, NULL);

    g_assert_cmpuint (found->len, <=, PD_EXPLAIN_MAX_CAUSES);
    g_test_message ("%u: %" G_GINT64_FORMAT " ms", i, (g_get_monotonic_time () - start) / 1000);
  }
}

/* Every beginning of every sample, and every byte of it changed. */
static void
test_truncated (void)
{
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  for (guint i = 0; i < n_causes; i++) {
    const char      *sample = causes[i]->samples[i % 2];
    gsize            length = strlen (sample);
    g_autofree char *copy = g_memdup2 (sample, length);

    for (gsize j = 0; j <= length; j += 3) {
      g_autoptr (GPtrArray) cut = pd_explain (copy, (gssize) j, NULL);
      g_autoptr (GPtrArray) changed = NULL;

      if (j == length)
        break;
      copy[j] ^= 0x55;
      changed = pd_explain (copy, (gssize) length, NULL);
      copy[j] ^= 0x55;
    }
  }
}

/* What lies beyond the limit is not looked at; what lies before it is found, however much surrounds it. */
static void
test_limit (void)
{
  g_autofree char      *filler = repeat ("2026-03-04 ok a line of a log that says nothing at all\n", PD_EXPLAIN_MAX_BYTES);
  g_autofree char      *behind = g_strconcat (filler, "InvalidRequestSignature", NULL);
  g_autofree char      *before = g_strconcat ("x {\"reasonCode\":\"InvalidRequestSignature\"}\n", filler, NULL);
  g_autoptr (GPtrArray) nothing = pd_explain (behind, -1, NULL);

  g_assert_cmpuint (nothing->len, ==, 0);
  assert_first (before, "F22");
}

/* Fast enough to run at every key; measured, not asserted. */
static void
test_speed (void)
{
  guint                 n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);
  gint64                start = g_get_monotonic_time ();
  guint                 n = 0;

  for (guint i = 0; i < n_causes; i++) {
    for (guint j = 0; causes[i]->samples[j] != NULL; j++, n++) {
      g_autoptr (GPtrArray) found = pd_explain (causes[i]->samples[j], -1, NULL);
    }
  }
  g_test_message ("%u texts, %" G_GINT64_FORMAT " µs each", n, (g_get_monotonic_time () - start) / n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/contract", test_contract);
  g_test_add_func ("/explain/rows-are-whole", test_rows_are_whole);
  g_test_add_func ("/explain/likely", test_likely);
  g_test_add_func ("/explain/japanese", test_japanese);
  g_test_add_func ("/explain/samples", test_samples);
  g_test_add_func ("/explain/every-phrase-and-code", test_every_phrase);
  g_test_add_func ("/explain/remedies", test_remedies);
  g_test_add_func ("/explain/forms", test_forms);
  g_test_add_func ("/explain/own-words", test_own_words);
  g_test_add_func ("/explain/encodings", test_encodings);
  g_test_add_func ("/explain/false-friends", test_false_friends);
  g_test_add_func ("/explain/no-outage", test_no_outage);
  g_test_add_func ("/explain/near-is-likely", test_near_is_likely);
  g_test_add_func ("/explain/generation", test_generation);
  g_test_add_func ("/explain/unused-here", test_unused_here);
  g_test_add_func ("/explain/places", test_places);
  g_test_add_func ("/explain/message-decides", test_message_decides);
  g_test_add_func ("/explain/hostile", test_hostile);
  g_test_add_func ("/explain/truncated", test_truncated);
  g_test_add_func ("/explain/limit", test_limit);
  g_test_add_func ("/explain/speed", test_speed);
  return g_test_run ();
}
