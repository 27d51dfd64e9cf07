/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-page-round.h"
#include "pd-privacy-page.h"
#include "pd-url-private.h"

/* The lists that page-reach visits. */
static const struct {
  const char *field;
  PdPageKind  kind;
} reached[] = {
  { "javascript-origins", PD_PAGE_ORIGIN },
  { "return-urls", PD_PAGE_RETURN },
};

/* What a privacy policy's page turns out to be. `%s` stands for its title. */
static const struct {
  PdPrivacyPageKind  kind;
  PdVerdict          verdict;
  const char        *summary;
  const char        *next_step;
} privacy_rows[] = {
  { PD_PRIVACY_PAGE_FOUND, PD_VERDICT_PASSED, N_("The page opens over a trustworthy connection, and looks like a privacy policy: “%s”"), NULL },
  { PD_PRIVACY_PAGE_MENTIONS, PD_VERDICT_WARNING, N_("The page mentions a privacy policy, and seems to be about something else: “%s”"),
    N_("Open the page, and see whether it is the one on the handling of personal information. If it is, all is well.") },
  { PD_PRIVACY_PAGE_OTHER, PD_VERDICT_FAILED, N_("The page opens, and does not look like a privacy policy: “%s”"),
    N_("Register the page named プライバシーポリシー, 個人情報保護方針 or 個人情報の取り扱いについて. The shop’s admin lists the one that futureshop makes.") },
  { PD_PRIVACY_PAGE_ABSENT, PD_VERDICT_FAILED, N_("The page says that there is nothing there: “%s”"),
    N_("Copy the address again from the shop’s admin, and see in a browser whether the page is published.") },
  { PD_PRIVACY_PAGE_SIGN_IN, PD_VERDICT_UNDETERMINED, N_("Not judged: the page wants somebody to sign in first: “%s”"),
    N_("The page has to be open to everybody. Open it in a browser in which nobody is signed in.") },
  { PD_PRIVACY_PAGE_SCRIPTED, PD_VERDICT_UNDETERMINED, N_("Not judged: the page has next to no text of its own: “%s”"),
    N_("Open the page in a browser, and see whether it is the one on the handling of personal information.") },
  { PD_PRIVACY_PAGE_NO_HTML, PD_VERDICT_UNDETERMINED, N_("Not judged: what came back is not a web page."),
    N_("Open the page in a browser, and see whether it is the one on the handling of personal information.") },
};

static PdFinding *
pass (PdCheckContext *context,
      const PdPage   *page,
      PdVisit        *visit,
      const char     *summary,
      const char     *proves,
      const char     *does_not_prove)
{
  PdFinding *finding = pd_page_remedy_warn_of_end (context, page, visit);

  if (finding != NULL)
    return finding;
  finding = pd_page_remedy_make (context, page, visit, PD_VERDICT_PASSED, summary);
  pd_finding_set_proves (finding, proves, does_not_prove);
  return finding;
}

static PdFinding *
judge_reached (PdCheckContext *context,
               const PdPage   *page,
               PdVisit        *visit)
{
  return pass (context, page, visit, _("The page answers over a trustworthy connection, and does not redirect elsewhere."),
               _("The host’s name is found, the server can be reached, its certificate is valid for it today, and a page answers."),
               _("That the address is registered in Seller Central, or that a sign-in works."));
}

/**
 * pd_check_page_reach_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Does the page of each origin and return URL answer as it must (F02, F13, F42)? Redirects within the origin are followed, to
 * another one never.
 */
void
pd_check_page_reach_start (const PdCheck  *check,
                           PdCheckContext *context,
                           GTask          *task)
{
  PdPageRound *round = pd_page_round_new (check, context, PD_VISIT_SAME_ORIGIN, judge_reached, task);

  for (guint i = 0; i < G_N_ELEMENTS (reached); i++) {
    const char *const *values = pd_profile_get_list (context->profile, reached[i].field);

    for (guint j = 0; values[j] != NULL; j++)
      pd_page_round_add (round, reached[i].kind, reached[i].field, values[j]);
  }
  pd_page_round_start (round, _("Not run: the shop has neither a JavaScript origin nor a return URL here."),
                       _("Copy the addresses that the shop’s admin shows as “JavaScriptの種類” and “リダイレクトURL”, and enter them here."),
                       "javascript-origins");
}

static gboolean
is_compressed (PdResponse *response)
{
  const char *encoding = pd_response_get_header (response, "content-encoding");

  return encoding != NULL && *encoding != '\0' && g_ascii_strcasecmp (encoding, "identity") != 0;
}

/* It led on to another site: that is where the page is, and what should be registered. */
static PdFinding *
tell_moved (PdCheckContext *context,
            const PdPage   *page,
            PdVisit        *visit)
{
  g_autofree char *shown = pd_evidence_make_shown (context->secrets, visit->url);
  g_autofree char *summary = g_strdup_printf (_("The page looks like a privacy policy, but stands at another address: %s"), shown);
  PdFinding       *finding = pd_page_remedy_make (context, page, visit, PD_VERDICT_WARNING, summary);

  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, _("Register the address it redirects to, here and in Seller Central."));
  pd_check_context_point_to (context, finding, page->field_id, FALSE);
  return finding;
}

static gboolean
has_left_origin (const PdPage *page,
                 PdVisit      *visit)
{
  g_autofree char *before = pd_url_get_origin (page->value);
  g_autofree char *after = pd_url_get_origin (visit->url);

  return g_strcmp0 (before, after) != 0;
}

static char *
fill_title (PdCheckContext *context,
            const char     *summary,
            const char     *title)
{
  g_autoptr (GString) text = g_string_new (summary);
  g_autofree char    *line = g_strdelimit (g_strdup (title), "\t\n\r", ' ');
  g_autofree char    *shown = pd_evidence_make_shown (context->secrets, g_strstrip (line));

  g_string_replace (text, "%s", *shown != '\0' ? shown : "–", 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static PdFinding *
judge_privacy (PdCheckContext *context,
               const PdPage   *page,
               PdVisit        *visit)
{
  gsize                     length;
  const char               *body = g_bytes_get_data (pd_response_get_body (visit->response), &length);
  g_autoptr (PdPrivacyPage) seen = NULL;
  g_autofree char          *summary = NULL;
  guint                     row = G_N_ELEMENTS (privacy_rows) - 1;
  PdFinding                *finding;

  /* Nothing is ever unpacked: a small answer could grow without end. */
  if (!is_compressed (visit->response)) {
    seen = pd_privacy_page_new (body != NULL ? body : "", length, pd_response_get_header (visit->response, "content-type"));
    for (row = 0; privacy_rows[row].kind != seen->kind; row++)
      ;
  }
  if (privacy_rows[row].verdict == PD_VERDICT_PASSED && has_left_origin (page, visit))
    return tell_moved (context, page, visit);
  summary = fill_title (context, _(privacy_rows[row].summary), seen != NULL ? seen->title : "");
  if (privacy_rows[row].verdict == PD_VERDICT_PASSED)
    return pass (context, page, visit, summary, _("The page is open to everybody over HTTPS, and has one of the usual names."),
                 _("What the page says, and that it is registered in Seller Central."));
  finding = pd_page_remedy_make (context, page, visit, privacy_rows[row].verdict, summary);
  pd_finding_set_next_step (finding, _(privacy_rows[row].next_step));
  if (privacy_rows[row].verdict == PD_VERDICT_UNDETERMINED) {
    pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
    return finding;
  }
  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_proves (finding, _("What this computer sees of the page."), _("That Amazon minds it: people read such pages there."));
  pd_check_context_point_to (context, finding, page->field_id, TRUE);
  return finding;
}

/**
 * pd_check_privacy_page_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns one finding
 *
 * Does the privacy policy's page open over HTTPS, and look like one (S081 to S083)?
 */
void
pd_check_privacy_page_start (const PdCheck  *check,
                             PdCheckContext *context,
                             GTask          *task)
{
  PdPageRound *round = pd_page_round_new (check, context, PD_VISIT_ANYWHERE, judge_privacy, task);
  const char  *url = pd_profile_get_text (context->profile, "privacy-policy-url");

  if (*url != '\0')
    pd_page_round_add (round, PD_PAGE_PRIVACY, "privacy-policy-url", url);
  pd_page_round_start (round, _("Not run: the shop has no privacy policy URL here."),
                       _("Copy the address of “個人情報の取扱いについて” from the shop’s admin, and enter it here."), "privacy-policy-url");
}

/* What was seen at each step, so that an operator can tell it to whoever asks. */
static PdFinding *
judge_notification (PdCheckContext *context,
                    const PdPage   *page,
                    PdVisit        *visit)
{
  const char      *version = pd_connection_get_tls_version (visit->connection);
  GDateTime       *end = visit->connection->chain != NULL ? pd_chain_get_not_after (visit->connection->chain) : NULL;
  g_autofree char *date = end != NULL ? g_date_time_format (end, "%Y-%m-%d") : g_strdup ("–");
  g_autofree char *elapsed = g_strdup_printf ("%'" G_GINT64_FORMAT, visit->connection->answer_ms);
  g_autofree char *summary = NULL;

  summary = g_strdup_printf (_("The receiver answers: name and connection are in order, %s, certificates valid until %s, an answer (status %u) "
                               "after %s ms, no redirect."),
                             version != NULL ? version : "TLS", date, pd_response_get_status (visit->response), elapsed);
  return pass (context, page, visit, summary,
               _("The host’s name is found, the server can be reached, its certificate is valid for it today with every certificate in between, "
                 "and something answers a look (GET). No notification was sent."),
               _("That Amazon can reach it, that the shop takes a notification, and that the address is registered in Seller Central."));
}

/**
 * pd_check_notification_reach_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns one finding
 *
 * Can the receiver of notifications be reached from this desk (F60 to F63)? It is looked at with a GET, whatever it answers:
 * nothing that could be taken for a notification is sent.
 */
void
pd_check_notification_reach_start (const PdCheck  *check,
                                   PdCheckContext *context,
                                   GTask          *task)
{
  PdPageRound *round = pd_page_round_new (check, context, PD_VISIT_NONE, judge_notification, task);
  const char  *field_id = pd_check_context_get_field (context, "notification-url");
  const char  *url = pd_profile_get_text (context->profile, field_id);

  if (*url != '\0')
    pd_page_round_add (round, PD_PAGE_NOTIFICATION, field_id, url);
  pd_page_round_start (round, _("Not run: the shop has no notification URL here."),
                       _("Copy “販売事業者様サイトURL” from the shop’s admin, and enter it here."), "notification-url");
}
