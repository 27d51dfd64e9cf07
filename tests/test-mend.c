/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>

#include "pd-catalogue.h"
#include "pd-mend.h"
#include "pd-problem.h"
#include "pd-profile.h"
#include "pd-shape.h"

/* What the rule makes of the value; NULL: nothing, as it is not certain what is meant. */
static const struct {
  const char *field;
  const char *rule;
  const char *value;
  const char *mended;
} rows[] = {
  { "return-urls", "url-space", " https://www.example.jp/a ", "https://www.example.jp/a" },
  { "return-urls", "url-space", "https://www. example.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url-space", "https: //www.example.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url-space", "https://www.example.jp/a　", "https://www.example.jp/a" },
  { "return-urls", "url-space", "https://www.example.jp/a b", NULL },
  { "return-urls", "url-space", "www.example.jp/a b", NULL },
  { "return-urls", "url-unseen", "https://www.exam\xe2\x80\x8bple.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url-character", "\"https://www.example.jp/a\"", "https://www.example.jp/a" },
  { "return-urls", "url-character", "<https://www.example.jp/a>", "https://www.example.jp/a" },
  { "return-urls", "url-character", "https:\\\\www.example.jp\\a", "https://www.example.jp/a" },
  { "return-urls", "url-character", "https://www.example.jp/a|b", NULL },
  { "return-urls", "url-percent", "https://www.example.jp/100%", NULL },
  { "return-urls", "url", "www.example.jp/a?b#c", "https://www.example.jp/a?b#c" },
  { "return-urls", "url", "//www.example.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url", "www.example.jp:8443/a", "https://www.example.jp:8443/a" },
  { "return-urls", "url-full-width", "ｈｔｔｐｓ：／／ｗｗｗ．example.jp／a", "https://www.example.jp/a" },
  { "return-urls", "url", "/cart/return.html", NULL },
  { "return-urls", "url", "example", NULL },
  { "return-urls", "url", "192.168.0.1/a", NULL },
  { "return-urls", "url-https", "http://www.example.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url-https", "HTTP://www.example.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url-https", "http://www.example.jp:80/a", "https://www.example.jp/a" },
  { "return-urls", "url-https", "http://www.example.jp:8080/a", NULL },
  { "return-urls", "url-https", "ftp://www.example.jp/a", NULL },
  { "privacy-policy-url", "url-https", "http://localhost/privacy", NULL },
  { "return-urls", "url-user", "https://shop:pass@www.example.jp/a@b", "https://www.example.jp/a@b" },
  { "return-urls", "url-fragment", "https://www.example.jp/a?b#c#d", "https://www.example.jp/a?b" },
  { "return-urls", "url-dot", "https://www.example.jp./a.", "https://www.example.jp/a." },
  { "return-urls", "url-dot", "https://www.example.jp.:8443/a", "https://www.example.jp:8443/a" },
  { "return-urls", "url-host", "https://www..example.jp/a", NULL },
  { "return-urls", "url-private", "https://192.168.0.1/a", NULL },
  { "return-urls", "url-full-width", "https://ｗｗｗ.example.jp/a", "https://www.example.jp/a" },
  { "return-urls", "url-idn", "https://琥珀.jp:8443/a", "https://xn--8cy7h.jp:8443/a" },
  { "return-urls", "url-idn", "https://www.\xd0\xb0mazon.jp/a", NULL },
  { "return-urls", "url-full-width", "https://www.example.jp／a", "https://www.example.jp/a" },
  { "return-urls", "url-full-width", "https://www.example.jp/ａ", "https://www.example.jp/a" },
  { "return-urls", "url-ascii", "https://www.example.jp/カート/%41?a=[1]", "https://www.example.jp/%E3%82%AB%E3%83%BC%E3%83%88/%41?a=[1]" },
  { "return-urls", "url-ascii", "https://www.example.jp/?q=琥珀", NULL },
  { "return-urls", "url-case", "HTTPS://WWW.Example.jp/Cart", "https://www.example.jp/Cart" },
  { "javascript-origins", "url-path", "https://www.example.jp/cart/?a=1", "https://www.example.jp" },
  { "javascript-origins", "url-path", "https://www.example.jp:8443/cart", "https://www.example.jp:8443" },
  { "javascript-origins", "url-path", "https://[2001:db8::1]:8443/cart", "https://[2001:db8::1]:8443" },
  { "javascript-origins", "url-port", "https://www.example.jp:443", "https://www.example.jp" },
  { "notification-url", "url-port", "https://www.example.jp:8443/ipn", NULL },
  { "notification-url", "url-port", "https://www.example.jp:443/ipn", "https://www.example.jp/ipn" },
  { "legacy-site-url", "url-query", "https://www.example.jp/?utm=1", "https://www.example.jp/" },
  { "return-urls", "url-default-port", "https://www.example.jp:443/a:443", "https://www.example.jp/a:443" },
  { "return-urls", "url-empty-port", "https://www.example.jp:/a", "https://www.example.jp/a" },
  { "description", "shape", "amazonpay", "Amazon Pay" },
  { "support-phone", "shape", "12", NULL },
};

/* Whatever was wrong, in one go. */
static const struct {
  const char *field;
  const char *value;
  const char *mended;
} whole[] = {
  { "javascript-origins", "http://WWW.Example.jp.:80/cart/?a#b", "https://www.example.jp" },
  { "javascript-origins", "https://www.example.jp", "https://www.example.jp" },
  { "javascript-origins", "http://localhost:3000", "http://localhost:3000" },
  { "return-urls", " \"www.example.jp:443/a\" ", "https://www.example.jp/a" },
  { "return-urls", "https://192.168.0.1/a", "https://192.168.0.1/a" },
  { "store-name", "http://WWW.Example.jp", "http://WWW.Example.jp" },
};

static gboolean
breaks (const char *field_id,
        const char *value,
        const char *rule)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup (field_id), value);

  for (guint i = 0; i < problems->len; i++) {
    if (g_str_equal (((PdProblem *) problems->pdata[i])->rule, rule))
      return TRUE;
  }
  return FALSE;
}

/* The rule is one that is really told of such a value: else nobody sees its button. */
static void
test_each (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char      *label = NULL;
    g_autofree char *mended = pd_mend_value (pd_catalogue_lookup (rows[i].field), rows[i].rule, rows[i].value, &label);

    if (!breaks (rows[i].field, rows[i].value, rows[i].rule))
      g_error ("“%s” does not break %s", rows[i].value, rows[i].rule);
    if (g_strcmp0 (mended, rows[i].mended) != 0)
      g_error ("%s of “%s”: “%s”, not “%s”", rows[i].rule, rows[i].value, mended, rows[i].mended);
    g_assert_true ((mended == NULL) == (label == NULL));
  }
}

static void
test_whole (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++) {
    g_autofree char *mended = pd_mend_all (pd_catalogue_lookup (whole[i].field), whole[i].value);

    g_assert_cmpstr (mended, ==, whole[i].mended);
  }
}

static const PdProblem *
find_problem (GPtrArray  *problems,
              const char *rule,
              const char *value)
{
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (g_str_equal (problem->rule, rule) && g_strcmp0 (problem->value, value) == 0)
      return problem;
  }
  return NULL;
}

/* A list's problem names its value, and what goes with other fields names those. */
static void
test_list (void)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern");
  const PdField        *origins = pd_catalogue_lookup ("javascript-origins");
  const PdField        *returns = pd_catalogue_lookup ("return-urls");
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) of_origins = NULL;
  g_autoptr (GPtrArray) of_returns = NULL;
  g_autoptr (GPtrArray) in_sandbox = NULL;

  pd_profile_set_text (profile, "mode", "enabled", NULL);
  pd_profile_set_text (profile, "legacy-site-url", "https://www.example.jp/", NULL);
  pd_profile_set_text (profile, "cc-site-url", "https://shop.example.jp/", NULL);
  pd_profile_set_text (profile, "javascript-origins", "https://www.example.jp\nhttps://x.example.jp\nhttp://bad.example.jp", NULL);
  pd_profile_set_text (profile, "return-urls", "https://www.example.jp/a\nhttp://localhost/a\nhttps://y.example.jp/a", NULL);

  own = pd_profile_judge_field (profile, origins, NULL);
  g_assert_cmpuint (own->len, ==, 1);
  g_assert_nonnull (find_problem (own, "url-https", "http://bad.example.jp"));
  of_origins = pd_profile_judge_urls (profile, origins, PD_ENVIRONMENT_PRODUCTION);
  g_assert_cmpuint (of_origins->len, ==, 2);
  g_assert_cmpstr (find_problem (of_origins, "url-twin", "https://x.example.jp")->field, ==, "return-urls");
  g_assert_cmpstr (find_problem (of_origins, "url-site", "https://shop.example.jp")->field, ==, "cc-site-url");
  of_returns = pd_profile_judge_urls (profile, returns, PD_ENVIRONMENT_PRODUCTION);
  g_assert_cmpuint (of_returns->len, ==, 3);
  g_assert_nonnull (find_problem (of_returns, "url-local", "http://localhost/a"));
  g_assert_cmpstr (find_problem (of_returns, "url-twin", "https://y.example.jp/a")->field, ==, "javascript-origins");
  g_assert_nonnull (find_problem (of_returns, "url-site", "https://shop.example.jp"));
  in_sandbox = pd_profile_judge_urls (profile, returns, PD_ENVIRONMENT_SANDBOX);
  g_assert_null (find_problem (in_sandbox, "url-local", "http://localhost/a"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mend/each", test_each);
  g_test_add_func ("/mend/whole", test_whole);
  g_test_add_func ("/mend/list", test_list);
  return g_test_run ();
}
