/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-check-private.h"

/* One return URL being asked about. */
typedef struct {
  PdCheckJob *job;
  char       *url;
  guint       position; /* among the shop's return URLs */
} Asked;

/* What the authorisation page's answer tells; its pages are made for people, and only plain words count. */
typedef enum {
  ANSWER_ACCEPTED,
  ANSWER_URL_REFUSED,
  ANSWER_CLIENT_REFUSED,
  ANSWER_REFUSED, /* a 400 page in other words */
  ANSWER_UNCLEAR,
} Answer;

static void
asked_free (Asked *asked)
{
  g_free (asked->url);
  g_free (asked);
}

static gboolean
says (const char *text,
      const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

/* Login with Amazon, "Authorization Code Grant"; the wording of the refusal is known from many reports, that for an unknown
 * client is not established. */
static Answer
read_answer (PdResponse *response,
             const char *url)
{
  guint            status = pd_response_get_status (response);
  const char      *location = pd_response_get_header (response, "location");
  const char      *registered = pd_response_get_header (response, "x-paydesk-registered");
  g_autofree char *text = NULL;
  gsize            length;
  const char      *body = g_bytes_get_data (pd_response_get_body (response), &length);

  text = g_utf8_make_valid (body != NULL ? body : "", (gssize) length);
  if (status >= 300 && status < 400 && location != NULL) {
    g_autoptr (GUri) uri = g_uri_parse (location, G_URI_FLAGS_ENCODED, NULL);

    if (g_str_has_prefix (location, url) && says (location, "[?&]error=(invalid_scope|access_denied|login_required)"))
      return ANSWER_ACCEPTED;
    if (says (location, "[?&]error=(unauthorized_client|invalid_client)"))
      return ANSWER_CLIENT_REFUSED;
    if (says (uri != NULL ? g_uri_get_path (uri) : location, "(^|/)ap/(signin|oa|register|mfa|cvf)|signin"))
      return ANSWER_ACCEPTED;
    return ANSWER_UNCLEAR;
  }
  if (status == 400) {
    if (says (text, "redirect[ _]ur[il].{0,60}(not|n.t) been whitelisted|allowed return urls|許可されたリターンURL"))
      return ANSWER_URL_REFUSED;
    if ((registered != NULL && g_str_has_prefix (registered, "client-id=")) ||
        says (text, "(unknown|invalid|unrecogni[sz]ed)[ _-]client|client[ _-]?(id|identifier)?[^.<]{0,60}(is|was) (unknown|invalid|not (known|valid|found|recogni[sz]ed|registered))"))
      return ANSWER_CLIENT_REFUSED;
    /* A page, and not a proxy's stray word. */
    if (says (text, "<html"))
      return ANSWER_REFUSED;
    return ANSWER_UNCLEAR;
  }
  if (status == 200 && !says (text, "captcha|robot") && says (text, "ap_email|name=\"signIn\"|action=\"[^\"]*/ap/signin"))
    return ANSWER_ACCEPTED;
  return ANSWER_UNCLEAR;
}

/* Returns (transfer full): the finding. */
static PdFinding *
judge (PdCheckJob *job,
       const char *url,
       PdResponse *response)
{
  PdFinding *finding;

  switch (read_answer (response, url)) {
  case ANSWER_ACCEPTED:
    finding = pd_check_job_finding (job, PD_VERDICT_PASSED, _("Amazon knows the Client ID, and this return URL is registered for it."));
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
    pd_finding_set_proves (finding, _("That the Client ID exists and the return URL is registered exactly so."),
                           _("The Seller ID, the MWS Auth Token and the JavaScript origins."));
    pd_check_set_fields (job, finding, "return-urls", "client-id");
    break;
  case ANSWER_URL_REFUSED:
    finding = pd_check_job_finding (job, PD_VERDICT_FAILED, _("This return URL is not registered for the Client ID. Amazon compares it letter by letter."));
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
    pd_finding_set_next_step (finding, _("Add exactly this URL to the return URLs in Seller Central, or correct it here. If all are refused, compare the Client ID too."));
    pd_finding_set_proves (finding, NULL, _("The Seller ID, the MWS Auth Token and the JavaScript origins."));
    pd_check_set_fields (job, finding, "return-urls", "client-id");
    break;
  case ANSWER_CLIENT_REFUSED:
    finding = pd_check_job_finding (job, PD_VERDICT_FAILED, _("Amazon does not know this Client ID."));
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
    pd_finding_set_next_step (finding, _("Copy the Client ID from Seller Central again, character by character."));
    pd_finding_set_proves (finding, NULL, _("The return URLs: they are judged only for a Client ID that is known."));
    pd_check_set_fields (job, finding, "client-id", NULL);
    break;
  case ANSWER_REFUSED:
    finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED,
                                    _("Amazon refuses the request, in words that Paydesk does not know. The Client ID or the return URL may be wrong."));
    pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
    pd_finding_set_next_step (finding, _("Compare the Client ID and the return URL with Seller Central, and read the page below."));
    pd_finding_set_proves (finding, NULL, _("Which of the two it is, or whether it is either."));
    pd_check_set_fields (job, finding, "client-id", "return-urls");
    break;
  case ANSWER_UNCLEAR:
  default:
    return pd_check_job_busy (job, response);
  }
  pd_check_add_evidence (job, finding, response);
  return finding;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Asked                 *asked = data;
  PdCheckJob            *job = asked->job;
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_client_send_finish (PD_CLIENT (source), result, &error);
  PdFinding             *finding = response != NULL ? judge (job, asked->url, response) : pd_check_job_trouble (job, error);

  pd_finding_set_value (finding, asked->url);
  pd_check_job_take_at (job, asked->position, finding);
  asked_free (asked);
  pd_check_job_release (job);
}

/* The live call that needs no key: the authorisation page says by itself whether it knows client and return URL. */
void
pd_check_return_url (PdCheckJob *job)
{
  const char        *client_id = pd_check_get_value (job, "client-id");
  const char *const *urls = pd_profile_get_list (job->context->profile, "return-urls");

  if (client_id == NULL) {
    pd_check_job_skip (job, _("Not run: there is no Client ID."), _("Enter the Client ID, then run the checks again."));
    return;
  }
  if (urls[0] == NULL) {
    PdFinding *finding = pd_check_job_finding (job, PD_VERDICT_SKIPPED, _("Not run: no return URL is entered."));

    pd_finding_set_next_step (finding, _("Enter the return URLs that futureshop shows as リダイレクトURL, then run the checks again."));
    pd_check_set_fields (job, finding, "return-urls", NULL);
    pd_check_job_take (job, finding);
    return;
  }
  for (guint i = 0; urls[i] != NULL; i++) {
    g_autoptr (PdRequest) request = pd_request_new_authorize (job->context->environment, client_id, urls[i]);
    Asked                *asked = g_new0 (Asked, 1);

    asked->job = job;
    asked->url = g_strdup (urls[i]);
    asked->position = i;
    pd_check_job_hold (job);
    pd_client_send_async (job->context->client, request, job->context->cancellable, on_answer, asked);
  }
}
