/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-page-remedy.h"
#include "pd-remedy.h"
#include "pd-shape.h"
#include "pd-url-private.h"

/* In days: whoever renews by himself has done so by then. */
#define WARN_OF_END 14

/* A clock that is that far off (in seconds) says nothing about a certificate's dates. */
#define CLOCK_LIMIT (24 * 60 * 60)

#define ANY_STEP -1

#define BROWSER N_("Open the page in a browser. If it does not open there either, ask whoever looks after the shop’s server; otherwise run the checks again later.")
#define SERVER  N_("Ask whoever looks after the shop’s server to put it in order; if that is futureshop, its support (06-6485-6485, weekdays 10:00–17:00).")
#define ADDRESS N_("Compare the address letter by letter with the one that the shop’s admin shows, and correct it here and in Seller Central.")
#define RENEW   N_("Have the certificate renewed by whoever looks after the shop’s server; if that is futureshop, ask its support " \
                   "(06-6485-6485). If the date looks right, check this computer’s clock.")
#define VOUCHED N_("The server needs a certificate of a public certificate authority. If the issuer is a proxy or virus scanner of this network, " \
                   "the page may be in order: test it from another network.")

/* Of how a visit ended. `%s` in a summary stands for the detail that goes with the end. The first row that fits counts. What may
 * be the network's fault here, or passes, is undetermined. */
static const struct {
  PdVisitEnd    end;
  int           step;      /* the PdStep that was not done, or ANY_STEP */
  guint         kinds;
  gboolean      own;       /* only where it leads to another one of the shop's own addresses */
  PdVerdict     verdict;
  PdConfidence  confidence;
  gboolean      in_shop;   /* the shop's admin shows what is right */
  const char   *summary;
  const char   *next_step;
} ends[] = {
  { PD_VISIT_UNKNOWN_NAME, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("There is no host named “%s”."),
    N_("Compare the address letter by letter with the one that the shop’s admin shows, and correct it here and in Seller Central. If it is right, "
       "see whether the domain’s registration has run out.") },
  { PD_VISIT_NO_NAMES, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: this computer finds no names at the moment, not even Amazon’s."),
    N_("Check this computer’s connection to the internet, and run the checks again.") },
  { PD_VISIT_PRIVATE, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The address leads into a private network (%s), where neither shoppers nor Amazon can reach it. Nothing was sent there."),
    N_("Compare the address with the one that the shop’s admin shows. If it is right, ask whoever looks after the domain’s names (DNS).") },
  { PD_VISIT_REFUSED, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Nothing answers there: the connection was refused."), BROWSER },
  { PD_VISIT_NO_WAY, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: there is no way to the server from here."),
    N_("Check this computer’s connection to the internet, and run the checks again.") },
  { PD_VISIT_TIMEOUT, PD_STEP_NAME, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the host’s name was not found in time."),
    N_("Check this computer’s connection to the internet, and run the checks again.") },
  { PD_VISIT_TIMEOUT, PD_STEP_CONNECT, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("No connection to the server could be made in time."), BROWSER },
  { PD_VISIT_TIMEOUT, PD_STEP_TLS, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("The server took the connection, but did not encrypt it in time."), BROWSER },
  { PD_VISIT_TIMEOUT, PD_STEP_ANSWER, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("The server took the call, but did not answer in time."), BROWSER },
  { PD_VISIT_TIMEOUT, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("The answer began to come, but did not end in time."), BROWSER },
  { PD_VISIT_EXPIRED, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The server’s certificate has expired (%s). Browsers warn shoppers of it, and Amazon refuses it."), RENEW },
  { PD_VISIT_NOT_YET_VALID, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The server’s certificate is not valid yet (from %s)."), RENEW },
  { PD_VISIT_WRONG_HOST, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_CERTAIN, TRUE,
    N_("The server’s certificate is for another host: %s."),
    N_("See whether the address is right, with or without “www.”. If it is, the server needs a certificate for this host.") },
  { PD_VISIT_SELF_SIGNED, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The server has signed its certificate itself (%s): nobody vouches for it."), VOUCHED },
  { PD_VISIT_INCOMPLETE_CHAIN, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The server leaves out the intermediate certificate of “%s”, which signed its own. Browsers often get over that, Amazon does not."),
    N_("Have the intermediate certificate installed on the server too. If its name is that of a proxy or virus scanner of this network, the page may "
       "be in order: test it from another network.") },
  { PD_VISIT_UNTRUSTED, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("Nobody whom this computer trusts has signed the server’s certificate. Issued by: %s."), VOUCHED },
  { PD_VISIT_BAD_CERTIFICATE, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The server’s certificate was revoked, or is not in order."), SERVER },
  { PD_VISIT_OLD_TLS, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_CERTAIN, FALSE,
    N_("The server offers only an encryption that is out of date; TLS 1.2 or later is needed."), SERVER },
  { PD_VISIT_NO_TLS, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The server offers no encrypted connection (HTTPS) that is safe."), SERVER },
  { PD_VISIT_TOO_LARGE, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the page is far too long to be one, or has no end."), BROWSER },
  { PD_VISIT_BROKEN_OFF, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the answer broke off, or is none of a web server."), BROWSER },
  { PD_VISIT_REDIRECTED, ANY_STEP, PD_PAGE_ORIGIN | PD_PAGE_RETURN, TRUE, PD_VERDICT_WARNING, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The address redirects to another one of the shop’s own: %s"),
    N_("If shoppers use only the address it redirects to, register that one, and remove this one here and in Seller Central.") },
  { PD_VISIT_REDIRECTED, ANY_STEP, PD_PAGE_ORIGIN, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The address redirects to another site, “%s”. Shoppers see the shop there."),
    N_("Register the origin of the address it redirects to, in place of this one, here and in Seller Central.") },
  { PD_VISIT_REDIRECTED, ANY_STEP, PD_PAGE_RETURN, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The address redirects to another site, “%s”. What Amazon sends along with the shopper can get lost on the way."), ADDRESS },
  { PD_VISIT_REDIRECTED, ANY_STEP, PD_PAGE_NOTIFICATION, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The address redirects to another site, “%s”. Amazon’s notifications do not follow."), ADDRESS },
  { PD_VISIT_TO_HTTP, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_CERTAIN, TRUE,
    N_("The address redirects to a page that is not encrypted: %s"),
    N_("Compare the address with the one that the shop’s admin shows. If it is right, ask whoever looks after the shop’s server to redirect to https:// only.") },
  { PD_VISIT_ASTRAY, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The address redirects to what is not the address of a page: %s"), ADDRESS },
  { PD_VISIT_IN_CIRCLES, ANY_STEP, PD_PAGE_ANY, FALSE, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the page redirects in a circle, or more than five times. A page that wants cookies does so too."), BROWSER },
};

/* Of the status of an answer. One that no row names is as it should be. */
static const struct {
  guint         kinds;
  guint         status;
  guint         last_status;
  PdVerdict     verdict;
  PdConfidence  confidence;
  gboolean      in_shop;
  const char   *summary;   /* `%s`: the status */
  const char   *next_step;
} statuses[] = {
  { PD_PAGE_ANY, 500, 599, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server has trouble of its own (status %s)."), BROWSER },
  { PD_PAGE_ANY, 429, 429, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server gets too many calls (status %s)."), N_("Wait a few minutes and run the checks again.") },
  { PD_PAGE_ANY, 408, 408, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server did not take the call in time (status %s)."), N_("Wait a few minutes and run the checks again.") },
  { PD_PAGE_ANY, 425, 425, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server did not take the call in time (status %s)."), N_("Wait a few minutes and run the checks again.") },
  { PD_PAGE_ORIGIN | PD_PAGE_RETURN, 401, 401, PD_VERDICT_WARNING, PD_CONFIDENCE_LIKELY, FALSE,
    N_("The page asks for a password (status %s): neither shoppers nor Amazon’s review can see it."),
    N_("Take the password away before the shop opens, or have that done by whoever looks after its server.") },
  { PD_PAGE_PRIVACY | PD_PAGE_NOTIFICATION, 401, 401, PD_VERDICT_FAILED, PD_CONFIDENCE_CERTAIN, FALSE,
    N_("The page asks for a password (status %s), which Amazon and shoppers do not have."),
    N_("Take the password away, or have that done by whoever looks after the shop’s server.") },
  { PD_PAGE_ANY, 403, 403, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server refuses the call (status %s). It may refuse just this program, or this country."), BROWSER },
  { PD_PAGE_RETURN, 404, 404, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE, N_("There is no page at this address (status %s)."), ADDRESS },
  { PD_PAGE_RETURN, 410, 410, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE, N_("There is no page at this address (status %s)."), ADDRESS },
  { PD_PAGE_NOTIFICATION, 404, 404, PD_VERDICT_WARNING, PD_CONFIDENCE_LIKELY, TRUE,
    N_("The server says that there is nothing at this address (status %s). That may hold for a look (GET) only, and not for notifications."), ADDRESS },
  { PD_PAGE_NOTIFICATION, 410, 410, PD_VERDICT_FAILED, PD_CONFIDENCE_LIKELY, TRUE,
    N_("There is nothing at this address any more (status %s)."), ADDRESS },
  { PD_PAGE_PRIVACY, 400, 499, PD_VERDICT_FAILED, PD_CONFIDENCE_CERTAIN, TRUE, N_("There is no page at this address (status %s)."), ADDRESS },
  { PD_PAGE_ANY, 300, 399, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server redirects without saying where to (status %s)."), BROWSER },
  { PD_PAGE_PRIVACY, 201, 299, PD_VERDICT_UNDETERMINED, PD_CONFIDENCE_UNKNOWN, FALSE,
    N_("Not judged: the server sends no page (status %s)."), BROWSER },
};

/* Those that a certificate, or the lack of one, is to blame for. */
static gboolean
is_of_tls (PdVisitEnd end)
{
  return end >= PD_VISIT_EXPIRED && end <= PD_VISIT_NO_TLS;
}

static char *
format_date (GDateTime *date)
{
  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("–");
}

static char *
describe_names (const PdCertificate *certificate)
{
  g_autoptr (GPtrArray) few = g_ptr_array_new ();

  for (guint i = 0; certificate->names[i] != NULL && i < 3; i++)
    g_ptr_array_add (few, certificate->names[i]);
  if (few->len == 3 && certificate->names[3] != NULL)
    g_ptr_array_add (few, (gpointer) "…");
  g_ptr_array_add (few, NULL);
  return few->len > 1 ? g_strjoinv (", ", (char **) few->pdata) : g_strdup (certificate->subject);
}

/* The certificate whose date is out; the server's own where none is. */
static const PdCertificate *
find_outdated (PdChain  *chain,
               gboolean  at_end)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < chain->certificates->len; i++) {
    const PdCertificate *certificate = g_ptr_array_index (chain->certificates, i);
    GDateTime           *date = at_end ? certificate->not_after : certificate->not_before;

    if (date != NULL && (at_end ? g_date_time_compare (date, now) < 0 : g_date_time_compare (date, now) > 0))
      return certificate;
  }
  return g_ptr_array_index (chain->certificates, 0);
}

static char *
describe_detail (PdVisit *visit)
{
  PdChain             *chain = visit->connection != NULL ? visit->connection->chain : NULL;
  const PdCertificate *own = chain != NULL ? g_ptr_array_index (chain->certificates, 0) : NULL;
  g_autoptr (GUri)     uri = g_uri_parse (visit->url, G_URI_FLAGS_ENCODED, NULL);

  if (visit->end == PD_VISIT_UNKNOWN_NAME)
    return g_strdup (uri != NULL ? g_uri_get_host (uri) : visit->url);
  if (visit->end == PD_VISIT_PRIVATE)
    return g_strdup (visit->address);
  if (visit->target != NULL)
    return g_strdup (visit->target);
  if (own == NULL)
    return g_strdup ("–");
  switch (visit->end) {
  case PD_VISIT_EXPIRED:
    return format_date (find_outdated (chain, TRUE)->not_after);
  case PD_VISIT_NOT_YET_VALID:
    return format_date (find_outdated (chain, FALSE)->not_before);
  case PD_VISIT_WRONG_HOST:
    return describe_names (own);
  case PD_VISIT_INCOMPLETE_CHAIN:
    return pd_chain_dup_common_name (chain->missing_issuer);
  default:
    return pd_chain_dup_common_name (((const PdCertificate *) g_ptr_array_index (chain->certificates, chain->certificates->len - 1))->issuer);
  }
}

/* A stranger's words stand in a sentence of ours: bounded, and nothing that a secret of the shop's is in. */
static char *
fill (PdCheckContext *context,
      const char     *summary,
      const char     *detail)
{
  g_autoptr (GString) text = g_string_new (summary);
  g_autofree char    *harmless = pd_evidence_make_shown (context->secrets, detail);

  g_string_replace (text, "%s", harmless, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * pd_page_remedy_make:
 * @context: the run
 * @page: what is judged
 * @visit: (nullable): what became of the visit
 * @verdict: the verdict
 * @summary: its sentence
 *
 * Returns: (transfer full): a finding with what was seen as its evidence
 */
PdFinding *
pd_page_remedy_make (PdCheckContext *context,
                     const PdPage   *page,
                     PdVisit        *visit,
                     PdVerdict       verdict,
                     const char     *summary)
{
  PdFinding        *finding = pd_finding_new (page->check, verdict, summary);
  const char *const fields[] = { page->field_id, NULL };
  PdEvidence       *evidence;

  if (!pd_check_context_is_secret (context, page->value))
    pd_finding_set_value (finding, page->value);
  if (verdict != PD_VERDICT_UNDETERMINED)
    pd_finding_set_fields (finding, fields);
  if (visit == NULL)
    return finding;
  if (visit->response != NULL)
    evidence = pd_evidence_new_from_response (visit->response, context->secrets);
  else
    evidence = pd_evidence_new ("GET", visit->url, context->secrets);
  /* Of a page neither its words nor its server's clock are evidence. */
  g_clear_pointer (&evidence->body, g_free);
  g_clear_pointer (&evidence->message, g_free);
  g_clear_pointer (&evidence->reason_code, g_free);
  g_clear_pointer (&evidence->request_id, g_free);
  evidence->has_clock_skew = FALSE;
  if (visit->connection != NULL && (visit->connection->step > PD_STEP_NAME || visit->connection->name_ms >= 0))
    pd_evidence_set_connection (evidence, visit->connection);
  pd_evidence_set_redirects (evidence, context->secrets, visit->hops);
  pd_finding_take_evidence (finding, evidence);
  return finding;
}

static PdFinding *
finish (PdCheckContext *context,
        const PdPage   *page,
        PdFinding      *finding,
        PdConfidence    confidence,
        gboolean        in_shop,
        const char     *next_step)
{
  pd_finding_set_confidence (finding, confidence);
  pd_finding_set_next_step (finding, next_step);
  if (pd_finding_get_verdict (finding) == PD_VERDICT_UNDETERMINED)
    pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  else
    pd_finding_set_proves (finding, _("What this computer sees of the page."), _("That Amazon and shoppers see the same, from where they are."));
  if (in_shop)
    pd_check_context_point_to (context, finding, page->field_id, TRUE);
  return finding;
}

static PdFinding *
tell_not_here (PdCheckContext *context,
               const PdPage   *page)
{
  gboolean   practice = context->environment == PD_ENVIRONMENT_PRACTICE;
  PdFinding *finding;

  finding = pd_page_remedy_make (context, page, NULL, PD_VERDICT_SKIPPED,
                                 practice ? _("Not asked: the practice endpoint has no pages of this shop, and in practice nothing leaves this computer.")
                                          : _("Not asked: the file that PAYDESK_ENDPOINTS names does not name this host, and nothing else is connected to."));
  pd_finding_set_next_step (finding, practice ? _("To have the shop’s own pages tested, choose production as the environment.")
                                              : _("Name the host under “hosts” in that file."));
  return finding;
}

/* The connection to Amazon was opened on the way, or the clock is off: then nobody's certificate is judged. */
static PdFinding *
excuse (PdCheckContext *context,
        const PdPage   *page,
        PdVisit        *visit)
{
  gint64     skew = 0;
  gboolean   is_date = visit->end == PD_VISIT_EXPIRED || visit->end == PD_VISIT_NOT_YET_VALID;
  PdFinding *finding;

  if (is_date && context->probe != NULL && pd_response_get_clock_skew (context->probe, &skew) && ABS (skew) > CLOCK_LIMIT) {
    finding = pd_page_remedy_make (context, page, visit, PD_VERDICT_UNDETERMINED,
                                   _("The certificate’s dates were not judged: this computer’s clock is wrong."));
    return finish (context, page, finding, PD_CONFIDENCE_UNKNOWN, FALSE,
                   _("Switch on automatic date and time in this computer’s settings, and run the checks again."));
  }
  if (is_of_tls (visit->end) && g_error_matches (context->probe_error, PD_ERROR, PD_ERROR_TLS)) {
    finding = pd_page_remedy_make (context, page, visit, PD_VERDICT_UNDETERMINED,
                                   _("The server’s certificate was not judged: not even Amazon’s can be trusted from here."));
    return finish (context, page, finding, PD_CONFIDENCE_UNKNOWN, FALSE,
                   _("Check this computer’s date and time; then ask whoever looks after the network whether encrypted connections are "
                     "opened on the way."));
  }
  return NULL;
}

/* Whether an address is on one of the origins that the shop names as its own. */
static gboolean
is_own (PdCheckContext *context,
        const char     *url)
{
  static const char *const fields[] = { "legacy-site-url", "cc-site-url", "javascript-origins", "return-urls" };
  g_autofree char         *origin = url != NULL ? pd_url_get_origin (url) : NULL;

  for (guint i = 0; origin != NULL && i < G_N_ELEMENTS (fields); i++) {
    const PdField     *field = pd_catalogue_lookup (fields[i]);
    const char *const *values = pd_profile_get_list (context->profile, fields[i]);

    for (guint j = 0; pd_profile_field_applies (context->profile, field) && values[j] != NULL; j++) {
      g_autofree char *other = pd_url_get_origin (values[j]);

      if (g_strcmp0 (origin, other) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

static PdFinding *
judge_end (PdCheckContext *context,
           const PdPage   *page,
           PdVisit        *visit)
{
  g_autofree char *detail = describe_detail (visit);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *summary = NULL;
    PdFinding       *finding;

    if (ends[i].end != visit->end || (ends[i].kinds & page->kind) == 0 ||
        (ends[i].step != ANY_STEP && ends[i].step != (int) visit->connection->step) || (ends[i].own && !is_own (context, visit->target)))
      continue;
    summary = fill (context, _(ends[i].summary), detail);
    finding = pd_page_remedy_make (context, page, visit, ends[i].verdict, summary);
    return finish (context, page, finding, ends[i].confidence, ends[i].in_shop, _(ends[i].next_step));
  }
  g_return_val_if_reached (pd_remedy_cancelled (page->check));
}

static PdFinding *
judge_status (PdCheckContext *context,
              const PdPage   *page,
              PdVisit        *visit)
{
  guint            status = pd_response_get_status (visit->response);
  g_autofree char *shown = g_strdup_printf ("%u", status);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char *summary = NULL;
    PdFinding       *finding;

    if ((statuses[i].kinds & page->kind) == 0 || status < statuses[i].status || status > statuses[i].last_status)
      continue;
    summary = fill (context, _(statuses[i].summary), shown);
    finding = pd_page_remedy_make (context, page, visit, statuses[i].verdict, summary);
    return finish (context, page, finding, statuses[i].confidence, statuses[i].in_shop, _(statuses[i].next_step));
  }
  return NULL;
}

/**
 * pd_page_remedy_apply:
 * @context: the run
 * @page: what is judged
 * @visit: what became of the visit
 *
 * What a visit that did not end well means (F02, F40, F60 to F63, F70, F71), and what to do about it.
 *
 * Returns: (transfer full) (nullable): the finding; %NULL where the answer is as it should be, as far as its status goes
 */
PdFinding *
pd_page_remedy_apply (PdCheckContext *context,
                      const PdPage   *page,
                      PdVisit        *visit)
{
  PdFinding *finding;

  /* Of a shop that the endpoint knows from its own values it has no pages, whatever other shops it knows. */
  if (context->form_only && (visit->end == PD_VISIT_UNKNOWN_NAME || visit->end == PD_VISIT_NOT_HERE))
    return tell_not_here (context, page);
  switch (visit->end) {
  case PD_VISIT_ANSWERED:
    return judge_status (context, page, visit);
  case PD_VISIT_NOT_HERE:
    return tell_not_here (context, page);
  case PD_VISIT_CANCELLED:
    finding = pd_remedy_cancelled (page->check);
    if (!pd_check_context_is_secret (context, page->value))
      pd_finding_set_value (finding, page->value);
    return finding;
  default:
    finding = excuse (context, page, visit);
    return finding != NULL ? finding : judge_end (context, page, visit);
  }
}

/**
 * pd_page_remedy_is_of_server:
 * @visit: what became of a visit
 *
 * Returns: whether every other page of that server would fare the same
 */
gboolean
pd_page_remedy_is_of_server (PdVisit *visit)
{
  switch (visit->end) {
  case PD_VISIT_ANSWERED:
  case PD_VISIT_REDIRECTED:
  case PD_VISIT_TO_HTTP:
  case PD_VISIT_ASTRAY:
  case PD_VISIT_IN_CIRCLES:
  case PD_VISIT_TOO_LARGE:
    return FALSE;
  default:
    return visit->hops->len == 0;
  }
}

static gboolean
is_broken (PdCheckContext *context,
           const PdPage   *page)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup (page->field_id), page->value);

  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (problem->severity == PD_SEVERITY_ERROR && !g_str_equal (problem->rule, "url-private"))
      return TRUE;
  }
  return pd_check_context_is_secret (context, page->value);
}

/* An address of a private network, or a name that only such a one knows. */
static char *
find_private (const PdPage *page)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup (page->field_id), page->value);
  g_autoptr (GUri)      uri = g_uri_parse (page->value, G_URI_FLAGS_ENCODED, NULL);

  for (guint i = 0; i < problems->len; i++) {
    if (g_str_equal (((const PdProblem *) g_ptr_array_index (problems, i))->rule, "url-private"))
      return g_strdup (g_uri_get_host (uri));
  }
  return NULL;
}

/**
 * pd_page_remedy_screen:
 * @context: the run
 * @page: what is to be judged
 *
 * Returns: (transfer full) (nullable): the finding for an address that is not sent anywhere: it is none, it is this computer, or
 *   nobody outside could reach it; %NULL where it may be visited
 */
PdFinding *
pd_page_remedy_screen (PdCheckContext *context,
                       const PdPage   *page)
{
  g_autofree char *address = NULL;
  PdFinding       *finding = NULL;

  if (is_broken (context, page)) {
    finding = pd_page_remedy_make (context, page, NULL, PD_VERDICT_SKIPPED, _("Not asked: this is not an address of the form that it should have (url-rules)."));
    pd_finding_set_next_step (finding, _("Correct the address, and run the checks again."));
    return finding;
  }
  if (pd_url_is_localhost (page->value) && page->kind != PD_PAGE_NOTIFICATION)
    return pd_page_remedy_make (context, page, NULL, PD_VERDICT_SKIPPED, _("Not asked: the address is this computer itself (localhost)."));
  address = find_private (page);
  for (guint i = 0; address != NULL && finding == NULL && i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *summary = NULL;

    if (ends[i].end != PD_VISIT_PRIVATE)
      continue;
    summary = fill (context, _(ends[i].summary), address);
    finding = pd_page_remedy_make (context, page, NULL, ends[i].verdict, summary);
    finish (context, page, finding, PD_CONFIDENCE_CERTAIN, TRUE, _(ends[i].next_step));
  }
  return finding;
}

/**
 * pd_page_remedy_warn_of_end:
 * @context: the run
 * @page: what is judged
 * @visit: a visit that was answered over a trustworthy connection
 *
 * Returns: (transfer full) (nullable): a warning where a certificate is about to run out
 */
PdFinding *
pd_page_remedy_warn_of_end (PdCheckContext *context,
                            const PdPage   *page,
                            PdVisit        *visit)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GDateTime            *end = visit->connection->chain != NULL ? pd_chain_get_not_after (visit->connection->chain) : NULL;
  gint64                days = end != NULL ? g_date_time_difference (end, now) / G_TIME_SPAN_DAY : G_MAXINT;
  g_autofree char      *date = NULL;
  g_autofree char      *summary = NULL;
  PdFinding            *finding;

  if (days >= WARN_OF_END)
    return NULL;
  date = format_date (end);
  summary = fill (context, _("The page answers, but the server’s certificate runs out soon: on %s."), date);
  finding = pd_page_remedy_make (context, page, visit, PD_VERDICT_WARNING, summary);
  return finish (context, page, finding, PD_CONFIDENCE_CERTAIN, FALSE,
                 _("Ask whoever looks after the shop’s server whether it renews the certificate by itself, and when."));
}
