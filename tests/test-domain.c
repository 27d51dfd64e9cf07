/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>

#include "pd-domain.h"

static const struct {
  const char *address;
  const char *domain;
} addresses[] = {
  { "https://WWW.Example.jp./a?b@c", "www.example.jp" },
  { "https://user@www.example.jp:8443", "www.example.jp" },
  { "https://琥珀.jp/", "xn--8cy7h.jp" },
  { "https://192.168.0.1/", NULL },
  { "https://[::1]:80/", NULL },
  { "https://localhost/", NULL },
  { "https://.example.jp/", NULL },
  { "https://www..example.jp/", NULL },
  { "https://-a.example.jp/", NULL },
  { "www.example.jp", NULL },
  { "", NULL },
};

/* An address, alone in a return URL, and what becomes of it. */
static const struct {
  const char *from;
  const char *to;
  const char *before;
  const char *after;
} moves[] = {
  { "www.old.example.jp", "www.new.example.jp", "https://www.old.example.jp/a", "https://www.new.example.jp/a" },
  { "www.old.example.jp", "www.new.example.jp", "https://old.example.jp:8443/a?u=https://www.old.example.jp/#x", "https://new.example.jp:8443/a?u=https://www.old.example.jp/#x" },
  { "www.old.example.jp", "new.example.jp", "https://www.old.example.jp/a", "https://new.example.jp/a" },
  { "www.old.example.jp", "new.example.jp", "https://cart.old.example.jp/a", "https://cart.new.example.jp/a" },
  { "old.example.jp", "new.example.jp", "http://user@OLD.example.jp./a", "http://user@new.example.jp/a" },
  { "old.example.jp", "new.example.jp", "https://bold.example.jp/a", NULL },
  { "old.example.jp", "new.example.jp", "https://www.example.jp/old.example.jp", NULL },
  { "www.example.jp", "shop2.example.jp", "https://www.example.jp/a", "https://shop2.example.jp/a" },
  { "www.example.jp", "shop2.example.jp", "https://cart.example.jp/a", NULL },
  { "shop.example.jp", "example.jp", "https://cart.shop.example.jp/a", NULL },
  { "old.example.jp", "new.example.jp", "https://www.old.example.jp/a", "https://www.new.example.jp/a" },
  { "old.example.jp", "old.example.jp", "https://old.example.jp/a", NULL },
  { "old.example.jp", "new.example.jp", "https://old.example.jp.evil.example/a", NULL },
};

static void
test_get (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autofree char *domain = pd_domain_get (addresses[i].address);

    g_assert_cmpstr (domain, ==, addresses[i].domain);
  }
}

static void
test_move (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    g_autoptr (PdProfile) profile = pd_profile_new ("Lantern");
    g_autoptr (GPtrArray) plan = NULL;

    pd_profile_set_text (profile, "return-urls", moves[i].before, NULL);
    plan = pd_domain_plan (profile, moves[i].from, moves[i].to);
    g_assert_cmpuint (plan->len, ==, moves[i].after != NULL);
    if (plan->len > 0)
      g_assert_cmpstr (((PdDomainChange *) plan->pdata[0])->after, ==, moves[i].after);
    g_assert_true (pd_domain_apply (profile, plan, NULL));
    g_assert_cmpstr (pd_profile_get_text (profile, "return-urls"), ==, moves[i].after != NULL ? moves[i].after : moves[i].before);
  }
}

static PdProfile *
make_shop (void)
{
  PdProfile *profile = pd_profile_new ("Lantern");

  pd_profile_set_text (profile, "mode", "enabled", NULL);
  pd_profile_set_text (profile, "legacy-site-url", "https://www.old.example.jp/", NULL);
  pd_profile_set_text (profile, "cc-site-url", "https://cc.old.example.jp/", NULL);
  pd_profile_set_text (profile, "privacy-policy-url", "https://www.old.example.jp/privacy", NULL);
  pd_profile_set_text (profile, "javascript-origins", "https://www.old.example.jp\nhttps://cc.old.example.jp", NULL);
  pd_profile_set_text (profile, "return-urls", "https://www.old.example.jp/a\nhttps://cc.old.example.jp/a\nhttps://old.example.jp/a\nhttps://www.new.example.jp/a", NULL);
  pd_profile_set_text (profile, "return-urls.seen", "https://www.old.example.jp/a", NULL);
  pd_profile_set_text (profile, "notification-url", "https://www.old.example.jp/ipn", NULL);
  pd_profile_forget_undo (profile);
  return profile;
}

/* All in one step; what Seller Central shows stays, and an address that is there already does not come twice. */
static void
test_whole_shop (void)
{
  g_autoptr (PdProfile) profile = make_shop ();
  g_autoptr (GPtrArray) plan = pd_domain_plan (profile, "www.old.example.jp", "www.new.example.jp");
  g_auto (GStrv)        domains = pd_domain_list (profile);

  g_assert_cmpstrv (domains, ((const char *const[]) { "www.old.example.jp", "cc.old.example.jp", "old.example.jp", "www.new.example.jp", NULL }));
  g_assert_cmpuint (plan->len, ==, 6);
  g_assert_true (pd_domain_apply (profile, plan, NULL));
  g_assert_cmpstr (pd_profile_get_text (profile, "legacy-site-url"), ==, "https://www.new.example.jp/");
  g_assert_cmpstr (pd_profile_get_text (profile, "cc-site-url"), ==, "https://cc.old.example.jp/");
  g_assert_cmpstr (pd_profile_get_text (profile, "privacy-policy-url"), ==, "https://www.new.example.jp/privacy");
  g_assert_cmpstr (pd_profile_get_text (profile, "javascript-origins"), ==, "https://www.new.example.jp\nhttps://cc.old.example.jp");
  g_assert_cmpstr (pd_profile_get_text (profile, "return-urls"), ==, "https://cc.old.example.jp/a\nhttps://new.example.jp/a\nhttps://www.new.example.jp/a");
  g_assert_cmpstr (pd_profile_get_text (profile, "return-urls.seen"), ==, "https://www.old.example.jp/a");
  g_assert_cmpstr (pd_profile_get_text (profile, "notification-url"), ==, "https://www.new.example.jp/ipn");

  pd_profile_undo (profile);
  g_assert_false (pd_profile_can_undo (profile));
  g_assert_cmpstr (pd_profile_get_text (profile, "legacy-site-url"), ==, "https://www.old.example.jp/");
  g_assert_cmpstr (pd_profile_get_list (profile, "return-urls")[2], ==, "https://old.example.jp/a");
}

/* The site's address alone was changed: the other addresses tell where it was before. */
static void
test_find_old (void)
{
  g_autoptr (PdProfile) profile = make_shop ();
  g_autofree char      *before = pd_domain_find_old (profile, "legacy-site-url");
  g_autofree char      *after = NULL;
  g_autofree char      *other = NULL;

  g_assert_null (before);
  pd_profile_set_text (profile, "legacy-site-url", "https://www.new.example.jp/", NULL);
  after = pd_domain_find_old (profile, "legacy-site-url");
  g_assert_cmpstr (after, ==, "www.old.example.jp");
  other = pd_domain_find_old (profile, "cc-site-url");
  g_assert_null (other);
  /* Which of the two it was cannot be told. */
  pd_profile_set_text (profile, "javascript-origins", "https://www.old.example.jp\nhttps://older.example.jp", NULL);
  g_assert_null (pd_domain_find_old (profile, "legacy-site-url"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/get", test_get);
  g_test_add_func ("/domain/move", test_move);
  g_test_add_func ("/domain/whole-shop", test_whole_shop);
  g_test_add_func ("/domain/find-old", test_find_old);
  return g_test_run ();
}
