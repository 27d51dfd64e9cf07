/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-remedy.h"
#include "pd-shape.h"

/* What the authorisation page tells. Its pages are made for people: only what they say plainly counts. */
typedef enum {
  ANSWER_ACCEPTED,
  ANSWER_URL_REFUSED,
  ANSWER_CLIENT_REFUSED,
  ANSWER_REFUSED, /* a 400 page that names neither */
  ANSWER_ROBOT,
  ANSWER_UNCLEAR,
} Answer;

/* The task's data: one URL after the other, so that Amazon does not take the calls for a robot's. */
typedef struct {
  const PdCheck  *check;
  PdCheckContext *context;
  char          **urls;
  guint           position;
  PdRequest      *request;     /* of the URL at that position */
  GPtrArray      *findings;
  PdVerdict       stopped;     /* with what the rest ends, … */
  char           *stopped_why; /* … and why; NULL while there is no reason to stop */
} Round;

static void
round_free (Round *round)
{
  g_strfreev (round->urls);
  g_clear_pointer (&round->findings, g_ptr_array_unref);
  g_clear_object (&round->request);
  g_free (round->stopped_why);
  g_free (round);
}

static gboolean
says (const char *text,
      const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS | G_REGEX_DOTALL, 0);
}

/* Whether an address is the return URL, with or without parameters behind it. */
static gboolean
leads_to (const char *location,
          const char *url)
{
  gsize length = strlen (url);

  return strncmp (location, url, length) == 0 && (location[length] == '\0' || strchr ("?&#", location[length]) != NULL);
}

/* Back to the return URL: Amazon only does that once client and URL are found good, whatever else it then minds (invalid_scope
 * for one). Elsewhere: only its sign-in counts. */
static Answer
read_redirect (const char *location,
               const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (location, G_URI_FLAGS_ENCODED, NULL);
  const char      *path = uri != NULL ? g_uri_get_path (uri) : location;

  if (leads_to (location, url))
    return says (location, "[?&#]error=(unauthorized|invalid)_client") ? ANSWER_CLIENT_REFUSED : ANSWER_ACCEPTED;
  return says (path, "^/?ap/signin") ? ANSWER_ACCEPTED : ANSWER_UNCLEAR;
}

/* Login with Amazon, "Authorization Code Grant". The words for a return URL that is not registered are known from many reports;
 * those for an unknown client are not established, so that a page counts only where it says so itself. */
static Answer
read_answer (PdResponse *response,
             const char *url)
{
  guint            status = pd_response_get_status (response);
  const char      *location = pd_response_get_header (response, "location");
  gsize            length;
  const char      *body = g_bytes_get_data (pd_response_get_body (response), &length);
  g_autofree char *text = g_utf8_make_valid (body != NULL ? body : "", (gssize) length);

  if (status >= 300 && status < 400 && location != NULL)
    return read_redirect (location, url);
  if (says (text, "captcha|robot check|not a robot"))
    return ANSWER_ROBOT;
  if (status == 400 && says (text, "redirect[ _]ur[il].{0,80}not been whitelisted"))
    return ANSWER_URL_REFUSED;
  if (status == 400 && says (text, "(unknown|invalid|unrecogni[sz]ed)[ _]client\\b|client(_?id| id| identifier)? [^<>=]{0,40}(is|was) "
                                   "(unknown|invalid|not (known|valid|found|recogni[sz]ed|registered))"))
    return ANSWER_CLIENT_REFUSED;
  if (status == 400 && says (text, "<html"))
    return ANSWER_REFUSED;
  if (status == 200 && says (text, "name=\"signIn\"|id=\"ap_(email|password)|action=\"[^\"]*/ap/signin"))
    return ANSWER_ACCEPTED;
  return ANSWER_UNCLEAR;
}

static PdFinding *
describe_accepted (Round *round)
{
  static const char *const judged[] = { "return-urls", NULL };
  PdFinding               *finding;

  finding = pd_finding_new (round->check->id, PD_VERDICT_PASSED, _("Amazon knows the Client ID, and this return URL is registered for it."));
  pd_finding_set_proves (finding, _("The Client ID exists, and the return URL is registered letter by letter as it stands here."),
                         _("The Seller ID, the MWS Auth Token and the JavaScript origins."));
  pd_check_context_blame (round->context, finding, judged);
  return finding;
}

/* Refused, and the two sides compared at once: the very difference is named, or the Client ID is left as the likelier cause. */
static PdFinding *
describe_url_refused (Round *round)
{
  static const char *const url_blamed[] = { "return-urls", "client-id", NULL };
  static const char *const client_blamed[] = { "client-id", "return-urls", NULL };
  gboolean                 is_equal;
  g_autofree char         *compared = pd_check_two_sided_compare (round->context, "return-urls", round->urls[round->position], &is_equal);
  const char *const       *blamed = is_equal ? client_blamed : url_blamed;
  const char              *refused = _("This return URL is not registered for the Client ID.");
  g_autofree char         *summary = compared != NULL ? g_strconcat (refused, " ", compared, NULL) : g_strdup (refused);
  PdFinding               *finding;

  finding = pd_finding_new (round->check->id, PD_VERDICT_FAILED, summary);
  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, _("Register exactly this URL under “リターンURL” in Seller Central, letter by letter, or correct it here. If every "
                                       "return URL is refused, compare the Client ID too."));
  pd_finding_set_proves (finding, _("That Amazon’s sign-in refuses this URL for this Client ID."),
                         _("Which of the two is wrong. The Seller ID, the MWS Auth Token and the JavaScript origins."));
  pd_check_context_blame (round->context, finding, blamed);
  return finding;
}

static PdFinding *
describe_client_refused (Round *round)
{
  static const char *const blamed[] = { "client-id", NULL };
  PdFinding               *finding;

  finding = pd_finding_new (round->check->id, PD_VERDICT_FAILED, _("Amazon does not know this Client ID."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  pd_finding_set_next_step (finding, _("Compare the Client ID with the one in Seller Central, and copy it again. Sandbox and production have one "
                                       "each, and they look alike."));
  pd_finding_set_proves (finding, _("That Amazon’s sign-in refuses this Client ID."),
                         _("The return URLs: they are judged only for a Client ID that is known."));
  pd_check_context_blame (round->context, finding, blamed);
  return finding;
}

static PdFinding *
describe_refused (Round *round)
{
  PdFinding *finding;

  finding = pd_finding_new (round->check->id, PD_VERDICT_UNDETERMINED,
                            _("Amazon’s sign-in refuses the call without saying why in words that Paydesk knows. Perhaps it does not know the Client ID."));
  pd_finding_set_next_step (finding, _("Compare the Client ID and this return URL with Seller Central, and read what Amazon’s page says."));
  pd_finding_set_proves (finding, NULL, _("Which setting is wrong, or whether one is."));
  return finding;
}

static PdFinding *
describe_robot (Round *round)
{
  PdFinding *finding;

  finding = pd_finding_new (round->check->id, PD_VERDICT_UNDETERMINED, _("Amazon’s sign-in asks whether a person is calling. The settings were not judged."));
  pd_finding_set_next_step (finding, _("Wait an hour, and run this check again."));
  pd_finding_set_proves (finding, NULL, _("Anything about the shop’s settings: they were not judged."));
  return finding;
}

/* No more calls: the rest of the URLs ends like this. */
static void
stop (Round      *round,
      PdVerdict   verdict,
      const char *why)
{
  round->stopped = verdict;
  round->stopped_why = g_strdup (why);
}

static PdFinding *
describe_stopped (Round *round)
{
  PdFinding *finding = pd_finding_new (round->check->id, round->stopped, round->stopped_why);

  pd_finding_set_next_step (finding, round->stopped == PD_VERDICT_SKIPPED ? _("Correct the Client ID, and run the checks again.")
                                                                        : _("Run the checks again when the call before it can be judged."));
  return finding;
}

static void
take (Round     *round,
      PdFinding *finding)
{
  const char *url = round->urls[round->position];

  if (!pd_check_context_is_secret (round->context, url))
    pd_finding_set_value (finding, url);
  g_ptr_array_add (round->findings, finding);
  round->position++;
}

static void
judge (Round      *round,
       PdResponse *response)
{
  PdFinding *finding = NULL;

  switch (read_answer (response, round->urls[round->position])) {
    case ANSWER_ACCEPTED:
      finding = describe_accepted (round);
      break;
    case ANSWER_URL_REFUSED:
      finding = describe_url_refused (round);
      break;
    case ANSWER_CLIENT_REFUSED:
      finding = describe_client_refused (round);
      stop (round, PD_VERDICT_SKIPPED, _("Not asked: Amazon does not know the Client ID, so that it judges no return URL."));
      break;
    case ANSWER_REFUSED:
      finding = describe_refused (round);
      break;
    case ANSWER_ROBOT:
      finding = describe_robot (round);
      stop (round, PD_VERDICT_UNDETERMINED, _("Not asked: Amazon’s sign-in takes the calls for those of a robot."));
      break;
    case ANSWER_UNCLEAR:
    default:
      finding = pd_remedy_apply (round->context, round->check->id, response, NULL);
      stop (round, PD_VERDICT_UNDETERMINED, _("Not asked: the call before it got no answer that says anything."));
      take (round, finding);
      return;
  }
  pd_check_context_add_evidence (round->context, finding, response);
  take (round, finding);
}

static void ask_next (GTask *task);

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GTask                 *task = data;
  Round                 *round = g_task_get_task_data (task);
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_client_send_finish (PD_CLIENT (source), result, &error);

  if (response != NULL) {
    judge (round, response);
  } else {
    take (round, pd_remedy_explain_error (round->context, round->check->id, round->request, error));
    stop (round, PD_VERDICT_UNDETERMINED, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                        ? _("Not judged: the tests were cancelled.")
                                        : _("Not asked: the call before it got no answer that says anything."));
  }
  ask_next (task);
}

/* An address that cannot be one, or that is another field's value, is not sent anywhere. */
static gboolean
is_sendable (Round      *round,
             const char *url)
{
  g_autoptr (GPtrArray) problems = pd_shape_judge_value (pd_catalogue_lookup ("return-urls"), url);

  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (problem->severity == PD_SEVERITY_ERROR)
      return FALSE;
  }
  return !pd_check_context_is_secret (round->context, url);
}

static PdFinding *
describe_unsendable (Round *round)
{
  PdFinding *finding;

  finding = pd_finding_new (round->check->id, PD_VERDICT_SKIPPED, _("Not asked: this is not an address of the form that a return URL has (shape)."));
  pd_finding_set_next_step (finding, _("Correct the return URL, and run the checks again."));
  return finding;
}

static void
ask_next (GTask *task)
{
  Round *round = g_task_get_task_data (task);

  while (round->urls[round->position] != NULL) {
    const char *url = round->urls[round->position];

    if (!is_sendable (round, url)) {
      take (round, describe_unsendable (round));
      continue;
    }
    if (round->stopped_why != NULL) {
      take (round, describe_stopped (round));
      continue;
    }
    g_clear_object (&round->request);
    round->request = pd_request_new_authorize (round->context->environment, pd_check_context_get_text (round->context, "client-id"), url);
    pd_client_send_async (round->context->client, round->request, g_task_get_cancellable (task), on_answer, task);
    return;
  }
  g_task_return_pointer (task, g_steal_pointer (&round->findings), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static PdFinding *
describe_no_url (const PdCheck  *check,
                 PdCheckContext *context)
{
  PdFinding *finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED, _("Not run: the shop has no return URL here."));

  pd_finding_set_next_step (finding, _("Copy the addresses that the shop’s admin shows as “リダイレクトURL”, and enter them here."));
  pd_check_context_point_to (context, finding, "return-urls", TRUE);
  return finding;
}

/**
 * pd_check_return_url_start:
 * @check: the row
 * @context: the run
 * @task: (transfer full): returns the findings
 *
 * Is the Client ID known, and each return URL registered for it? The live call that needs no key: Login with Amazon's
 * authorisation page says so by itself. Redirects are not followed.
 */
void
pd_check_return_url_start (const PdCheck  *check,
                           PdCheckContext *context,
                           GTask          *task)
{
  Round             *round = g_new0 (Round, 1);
  const char *const *urls = pd_profile_get_list (context->profile, "return-urls");
  PdFinding         *hindrance = NULL;

  round->check = check;
  round->context = context;
  round->urls = g_strdupv ((char **) urls);
  round->findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, round, (GDestroyNotify) round_free);
  if (*pd_check_context_get_text (context, "client-id") == '\0')
    hindrance = pd_check_context_blocked (context, check->id, "completeness");
  else if (urls[0] == NULL)
    hindrance = describe_no_url (check, context);
  if (hindrance != NULL) {
    g_ptr_array_add (round->findings, hindrance);
    g_clear_pointer (&round->urls, g_strfreev);
    round->urls = g_new0 (char *, 1);
  }
  ask_next (task);
}
