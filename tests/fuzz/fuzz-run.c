/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-json.h"
#include "pd-report.h"
#include "pd-run-compare.h"
#include "pd-run-private.h"

/* Whatever a kept run holds, the page has no element but the report's own. */
static void
judge_html (const char *html)
{
  static const char *const elements[] = {
    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "li", "table", "tr", "th", "td", NULL
  };

  g_assert_true (g_utf8_validate (html, -1, NULL));
  for (const char *p = strchr (html, '<'); p != NULL; p = strchr (p + 1, '<')) {
    const char      *name = p + 1 + (p[1] == '/');
    g_autofree char *element = g_strndup (name, strcspn (name, " >\n"));

    g_assert_true (g_strv_contains (elements, element));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static PdProfile           *profile;
  static PdLanguage          *language;
  g_autoptr (JsonNode)        node = pd_json_parse ((const char *) data, (gssize) size, &pd_json_limits_answer, NULL);
  g_autoptr (PdRun)           run = node != NULL ? pd_run_new_from_record (node, "x", NULL) : NULL;
  g_autoptr (PdRun)           again = NULL;
  g_autoptr (JsonNode)        record = NULL;
  g_autoptr (PdRunComparison) comparison = NULL;
  g_autoptr (PdReport)        report = NULL;
  g_autofree char            *html = NULL;
  g_autofree char            *markdown = NULL;
  PdReportInput               input = { NULL };

  if (run == NULL)
    return 0;
  if (profile == NULL) {
    profile = pd_profile_new ("Lantern & Co.");
    language = pd_language_new ("en");
  }
  /* What is written of it is a run again, and one that differs in nothing. */
  record = pd_run_to_record (run);
  again = pd_run_new_from_record (record, "x", NULL);
  g_assert_nonnull (again);
  comparison = pd_run_compare (run, again);
  g_assert_cmpuint (comparison->settings->len, ==, 0);
  g_assert_cmpuint (comparison->findings->len, ==, 0);

  input = (PdReportInput) { .profile = profile, .language = language, .run = run };
  report = pd_report_new (&input);
  html = pd_report_to_html (report);
  markdown = pd_report_to_markdown (report);
  judge_html (html);
  g_assert_true (g_utf8_validate (markdown, -1, NULL));
  return 0;
}
