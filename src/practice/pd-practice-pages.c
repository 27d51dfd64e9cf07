/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-practice-pages.h"

/* What a practice shop's pages say. */
static const struct {
  PdPracticePage page;
  const char    *title;
  const char    *text;
} texts[] = {
  { PD_PRACTICE_PAGE_TOP, "練習用ショップ", "これは練習用のページです。商品はありません。" },
  { PD_PRACTICE_PAGE_RETURN, "ご注文手続き", "Amazonのサインイン画面から、お客様はこのページに戻ります。" },
  { PD_PRACTICE_PAGE_PRIVACY, "個人情報の取扱いについて",
    "当店は、お客様の個人情報を、商品の発送とご連絡のために利用します。個人情報を、法令に基づく場合を除き、お客様の同意なく第三者に提供することはありません。" },
};

/* The host that is asked, without a port. */
static char *
get_host (PdPracticeExchange *exchange)
{
  const char *header = pd_practice_exchange_get_header (exchange, "host");
  const char *colon = header != NULL ? strrchr (header, ':') : NULL;
  char       *host;

  if (header == NULL || *header == '[')
    return g_strdup ("");
  host = colon != NULL ? g_strndup (header, colon - header) : g_strdup (header);
  for (char *c = host; *c != '\0'; c++)
    *c = g_ascii_tolower (*c);
  return host;
}

static PdPracticePage
find_page (PdPracticeRegistry *registry,
           PdPracticeExchange *exchange)
{
  g_autofree char *host = get_host (exchange);

  return pd_practice_registry_find_page (registry, host, exchange->path, exchange->query);
}

/**
 * pd_practice_pages_serves:
 * @registry: the merchants
 * @exchange: a request
 *
 * Returns: whether it asks one of the shops' hosts
 */
gboolean
pd_practice_pages_serves (PdPracticeRegistry *registry,
                          PdPracticeExchange *exchange)
{
  return find_page (registry, exchange) != PD_PRACTICE_PAGE_NO_HOST;
}

static void
say (PdPracticeExchange *exchange,
     guint               status,
     const char         *title,
     const char         *text)
{
  g_autofree char *page = g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>%s</title></head>\n"
                                           "<body><h1>%s</h1><p>%s</p></body></html>\n", title, title, text);

  pd_practice_exchange_answer_text (exchange, status, "text/html; charset=utf-8", page);
}

/**
 * pd_practice_pages_refuse:
 * @exchange: a request for a page, which will have been answered
 * @status: the status of the trouble
 */
void
pd_practice_pages_refuse (PdPracticeExchange *exchange,
                          guint               status)
{
  say (exchange, status, "エラー", "ただいまページを表示できません。");
}

static void
lead_to (PdPracticeExchange *exchange,
         const char         *scheme,
         const char         *host,
         const char         *path)
{
  g_autofree char *location = g_strconcat (scheme, "://", host, path, NULL);

  pd_practice_exchange_redirect (exchange, location);
}

/* TRUE where the fault has answered. */
static gboolean
strike (PdPracticeExchange *exchange,
        PdPracticePage      page)
{
  g_autofree char *host = get_host (exchange);

  switch (exchange->fault.page) {
  case PD_PRACTICE_PAGE_FAULT_NOT_FOUND:
    say (exchange, 404, "ページが見つかりません", "お探しのページは見つかりませんでした。");
    return TRUE;
  case PD_PRACTICE_PAGE_FAULT_PASSWORD:
    say (exchange, 401, "認証が必要です", "このページを見るにはパスワードが必要です。");
    g_hash_table_insert (exchange->answer_headers, g_strdup ("WWW-Authenticate"), g_strdup ("Basic realm=\"practice\""));
    return TRUE;
  case PD_PRACTICE_PAGE_FAULT_ELSEWHERE:
    lead_to (exchange, "https", "somebody-else.example", exchange->path);
    return TRUE;
  case PD_PRACTICE_PAGE_FAULT_HTTP:
    lead_to (exchange, "http", host, exchange->path);
    return TRUE;
  case PD_PRACTICE_PAGE_FAULT_CIRCLE:
    lead_to (exchange, "https", host, exchange->path);
    return TRUE;
  case PD_PRACTICE_PAGE_FAULT_OTHER:
    if (page != PD_PRACTICE_PAGE_PRIVACY)
      return FALSE;
    say (exchange, 200, "お買い物ガイド",
         "ご注文は24時間承ります。お支払い方法は、Amazon Pay、クレジットカード、代金引換をご用意しています。送料は全国一律です。"
         "商品の到着後七日以内であれば、返品を承ります。");
    return TRUE;
  case PD_PRACTICE_PAGE_FAULT_PACKED:
    g_hash_table_insert (exchange->answer_headers, g_strdup ("Content-Encoding"), g_strdup ("gzip"));
    return FALSE;
  case PD_PRACTICE_PAGE_FAULT_NONE:
  default:
    return FALSE;
  }
}

/**
 * pd_practice_pages_answer:
 * @registry: the merchants
 * @exchange: a request that pd_practice_pages_serves(), which will have been answered
 *
 * The shop's own side: its sites, its privacy policy, the page to which shoppers come back, and what takes notifications.
 */
void
pd_practice_pages_answer (PdPracticeRegistry *registry,
                          PdPracticeExchange *exchange)
{
  PdPracticePage page = find_page (registry, exchange);

  if (strike (exchange, page))
    return;
  if (page == PD_PRACTICE_PAGE_NOTIFICATION) {
    gboolean is_post = g_str_equal (exchange->method, "POST");

    pd_practice_exchange_answer_text (exchange, is_post ? 200 : 405, "text/plain; charset=utf-8", "");
    if (!is_post)
      g_hash_table_insert (exchange->answer_headers, g_strdup ("Allow"), g_strdup ("POST"));
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i].page == page) {
      say (exchange, 200, texts[i].title, texts[i].text);
      return;
    }
  }
  say (exchange, 404, "ページが見つかりません", "お探しのページは見つかりませんでした。");
}
