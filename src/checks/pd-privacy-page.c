/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-page-text.h"
#include "pd-privacy-page.h"

/* Less text than that is none that a policy could be made of, in characters. */
#define MIN_TEXT 80

/* A page that names the subject that often, links left out, is about it. */
#define MANY_MENTIONS 5

/* S083's names and their common variants, as plain() writes them. */
static const char *const names[] = {
  "プライバシーポリシー", "プライバシポリシー", "プライバシーステートメント", "プライバシー規約", "プライバシーについて",
  "個人情報保護方針", "個人情報の取扱", "個人情報取扱", "個人情報保護", "個人情報の保護", "個人情報の利用",
  "privacypolicy", "privacynotice", "privacystatement",
};

static const char *const subjects[] = { "個人情報", "プライバシー", "personalinformation", "personaldata", "privacy" };

/* How pages of status 200 say that there is nothing. */
static const char *const absences[] = {
  "404", "notfound", "見つかりません", "見つかりませんでした", "存在しません", "ページがありません", "準備中", "comingsoon",
};

static const char *const sign_ins[] = { "ログイン", "サインイン", "signin", "login", "logon" };

/* Full width or half, capital or small, 取り扱い or 取扱: the same word. */
static char *
plain (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
  GString         *out = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_FORMAT && g_unichar_type (c) != G_UNICODE_CONTROL)
      g_string_append_unichar (out, c);
  }
  g_string_replace (out, "取り扱い", "取扱", 0);
  g_string_replace (out, "取扱い", "取扱", 0);
  g_string_replace (out, "取りあつかい", "取扱", 0);
  return g_string_free (out, FALSE);
}

static gboolean
has_any (const char        *text,
         const char *const *words,
         guint              n_words)
{
  for (guint i = 0; i < n_words; i++) {
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

#define HAS_ANY(text_, words_) has_any (text_, words_, G_N_ELEMENTS (words_))

static guint
count_mentions (const char *text)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    for (const char *p = strstr (text, subjects[i]); p != NULL; p = strstr (p + strlen (subjects[i]), subjects[i]))
      n++;
  }
  return n;
}

static PdPrivacyPageKind
judge (PdPageText *page)
{
  g_autofree char *title = plain (page->title->str);
  g_autofree char *headings = plain (page->headings->str);
  g_autofree char *text = plain (page->text->str);
  glong            length = g_utf8_strlen (text, -1);

  if (!page->is_html)
    return PD_PRIVACY_PAGE_NO_HTML;
  if (HAS_ANY (title, absences))
    return PD_PRIVACY_PAGE_ABSENT;
  if (HAS_ANY (title, names) || HAS_ANY (headings, names))
    return PD_PRIVACY_PAGE_FOUND;
  if (HAS_ANY (headings, absences))
    return PD_PRIVACY_PAGE_ABSENT;
  if (page->has_password)
    return PD_PRIVACY_PAGE_SIGN_IN;
  if (page->has_entry && length < MIN_TEXT && (HAS_ANY (title, sign_ins) || HAS_ANY (headings, sign_ins)))
    return PD_PRIVACY_PAGE_SIGN_IN;
  if (HAS_ANY (text, names))
    return length < MIN_TEXT || count_mentions (text) >= MANY_MENTIONS ? PD_PRIVACY_PAGE_FOUND : PD_PRIVACY_PAGE_MENTIONS;
  if (length < MIN_TEXT)
    return PD_PRIVACY_PAGE_SCRIPTED;
  return PD_PRIVACY_PAGE_OTHER;
}

/**
 * pd_privacy_page_new:
 * @bytes: what a server sent
 * @length: its length in bytes
 * @content_type: (nullable): its Content-Type
 *
 * Whether the page looks like one on the handling of personal information (S081, S083). Links do not count: every page of a shop
 * has one to it.
 *
 * Returns: (transfer full): what it looks like
 */
PdPrivacyPage *
pd_privacy_page_new (const char *bytes,
                     gsize       length,
                     const char *content_type)
{
  PdPrivacyPage         *self = g_new0 (PdPrivacyPage, 1);
  g_autoptr (PdPageText) page = pd_page_text_new (bytes, length, content_type);

  self->kind = judge (page);
  g_strstrip (page->title->str);
  g_strstrip (page->headings->str);
  if (*page->title->str != '\0')
    self->title = g_strdup (page->title->str);
  else
    self->title = g_strndup (page->headings->str, strcspn (page->headings->str, "\n"));
  return self;
}

void
pd_privacy_page_free (PdPrivacyPage *self)
{
  g_free (self->title);
  g_free (self);
}
