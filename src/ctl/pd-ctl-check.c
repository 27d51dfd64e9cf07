/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "pd-check.h"
#include "pd-ctl.h"
#include "pd-practice-shop.h"

static char    *environment_id;
static char    *only_text;
static gboolean allow_create;
static gboolean all;
static gboolean json;

static const GOptionEntry options[] = {
  { "environment", 0, 0, G_OPTION_ARG_STRING, &environment_id, N_("practice, sandbox or production"), N_("ENVIRONMENT") },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only_text, N_("Run only these checks"), N_("CHECK,…") },
  { "allow-create", 0, 0, G_OPTION_ARG_NONE, &allow_create, N_("Let “store-id” create a checkout session in production"), NULL },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Check every shop"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* What all shops of one call share. */
typedef struct {
  PdCtl            *ctl;
  PdEndpoints      *endpoints;
  PdClient         *client;
  PdRunner         *runner;
  PdPracticeServer *practice;
  GCancellable     *cancellable;
  char            **only;
} Checking;

/* The escape sequences of a terminal for a verdict's word. */
static const char *const colours[] = {
  [PD_VERDICT_SKIPPED] = "\033[2m",
  [PD_VERDICT_PASSED] = "\033[32m",
  [PD_VERDICT_WARNING] = "\033[33m",
  [PD_VERDICT_UNDETERMINED] = "\033[35m",
  [PD_VERDICT_FAILED] = "\033[31;1m",
};

static void
print_verdict (PdVerdict verdict)
{
  if (isatty (STDOUT_FILENO))
    pd_ctl_out ("%s%s\033[0m", colours[verdict], pd_verdict_get_label (verdict));
  else
    pd_ctl_out ("%s", pd_verdict_get_label (verdict));
}

static void
print_finding (PdFinding *finding)
{
  g_autofree char *where = g_strjoinv (" > ", (char **) pd_finding_get_where (finding));

  print_verdict (pd_finding_get_verdict (finding));
  pd_ctl_out ("  %s: %s\n", pd_check_get_label (pd_check_lookup (pd_finding_get_check (finding))), pd_finding_get_summary (finding));
  if (pd_finding_get_value (finding) != NULL)
    pd_ctl_out ("    %s\n", pd_finding_get_value (finding));
  if (pd_finding_get_next_step (finding) != NULL) {
    g_auto (GStrv) lines = g_strsplit (pd_finding_get_next_step (finding), "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
      pd_ctl_out ("    %s %s\n", i == 0 ? "→" : " ", lines[i]);
  }
  if (*where != '\0')
    pd_ctl_out ("      %s\n", where);
}

/* What passed is told in one line a check; what did not is told whole. */
static void
print_passed (PdRun *run,
              guint *position)
{
  g_autoptr (PdFinding) first = g_list_model_get_item (G_LIST_MODEL (run), *position);
  guint                 n_passed = 0;

  for (; *position < g_list_model_get_n_items (G_LIST_MODEL (run)); (*position)++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), *position);

    if (pd_finding_get_verdict (finding) != PD_VERDICT_PASSED ||
        !g_str_equal (pd_finding_get_check (finding), pd_finding_get_check (first)))
      break;
    n_passed++;
  }
  if (n_passed == 1) {
    print_finding (first);
    return;
  }
  print_verdict (PD_VERDICT_PASSED);
  pd_ctl_out ("  %s: ", pd_check_get_label (pd_check_lookup (pd_finding_get_check (first))));
  pd_ctl_out (ngettext ("%u value", "%u values", n_passed), n_passed);
  pd_ctl_out ("\n");
}

static void
print_run (PdRun *run)
{
  pd_ctl_out (_("%s, %s (%s)"), pd_run_get_name (run), pd_environment_get_label (pd_run_get_environment (run)),
              pd_run_get_endpoint (run) != NULL ? pd_run_get_endpoint (run) : "–");
  pd_ctl_out ("\n");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (run));) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), i);

    if (pd_finding_get_verdict (finding) == PD_VERDICT_PASSED) {
      print_passed (run, &i);
    } else {
      print_finding (finding);
      i++;
    }
  }
  pd_ctl_out ("\n");
  print_verdict (pd_run_get_verdict (run));
  pd_ctl_out ("\n");
}

/* The practice endpoint runs within this process while checks need it. */
static gboolean
prepare_practice (Checking    *checking,
                  PdProfile   *profile,
                  GHashTable  *secrets,
                  gboolean    *form_only,
                  GError     **error)
{
  PdSecretText                  *stored = secrets != NULL ? g_hash_table_lookup (secrets, "private-key") : NULL;
  g_autoptr (PdKey)              key = stored != NULL
                                     ? pd_key_new_private (pd_secret_text_peek (stored), pd_secret_text_get_length (stored), NULL) : NULL;
  g_autoptr (PdPracticeMerchant) merchant = pd_practice_shop_get_merchant (checking->ctl->store, profile, key, form_only);

  if (checking->practice == NULL) {
    g_autoptr (PdPracticeServer) server = pd_practice_server_new ();

    if (!pd_practice_server_start (server, 0, error))
      return FALSE;
    checking->practice = g_steal_pointer (&server);
    pd_endpoints_set_practice (checking->endpoints, pd_practice_server_get_url (checking->practice),
                               pd_practice_server_get_ca_pem (checking->practice));
  }
  if (merchant != NULL)
    pd_practice_server_enrol (checking->practice, merchant);
  return TRUE;
}

static PdRun *
check (Checking       *checking,
       PdProfile      *profile,
       PdEnvironment   environment,
       GError        **error)
{
  g_autoptr (GError)       secrets_error = NULL;
  g_autoptr (GHashTable)   secrets = pd_ctl_fetch_secrets (checking->ctl, profile, &secrets_error);
  g_autoptr (GAsyncResult) result = NULL;
  PdRunOptions             run_options = { environment, (const char *const *) checking->only, allow_create, FALSE };
  PdRun                   *run;

  /* A rehearsal's file may name a practice endpoint of its own. */
  if (environment == PD_ENVIRONMENT_PRACTICE &&
      pd_endpoints_get_base (checking->endpoints, environment, PD_SERVICE_PAY_V2, NULL) == NULL &&
      !prepare_practice (checking, profile, secrets, &run_options.form_only, error))
    return NULL;
  if (environment == PD_ENVIRONMENT_PRACTICE && checking->practice != NULL &&
      !prepare_practice (checking, profile, secrets, &run_options.form_only, error))
    return NULL;
  run = pd_runner_run_async (checking->runner, profile, secrets, secrets_error, &run_options, checking->cancellable,
                             pd_ctl_keep, &result);
  pd_ctl_wait (&result);
  return run;
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

static PdCtlStatus
status_of (PdVerdict verdict,
           gboolean  cancelled)
{
  if (verdict == PD_VERDICT_FAILED && !cancelled)
    return PD_CTL_FAILED;
  return verdict == PD_VERDICT_UNDETERMINED || cancelled ? PD_CTL_UNDONE : PD_CTL_DONE;
}

static PdCtlStatus
check_all (Checking      *checking,
           GListModel    *profiles,
           gboolean       one_document,
           PdEnvironment  forced)
{
  g_autoptr (JsonArray) documents = json_array_new ();
  PdVerdict             worst = PD_VERDICT_SKIPPED;
  guint                 n_profiles = g_list_model_get_n_items (profiles);

  for (guint i = 0; i < n_profiles; i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (profiles, i);
    g_autoptr (GError)    error = NULL;
    g_autoptr (PdRun)     run = check (checking, profile, forced != 0 ? forced : pd_profile_get_environment (profile), &error);

    if (run == NULL)
      return pd_ctl_fail (error);
    worst = MAX (worst, pd_run_get_verdict (run));
    json_array_add_element (documents, pd_run_to_json (run));
    if (!json)
      print_run (run);
    else if (n_profiles > 1 && isatty (STDERR_FILENO))
      pd_ctl_say (_("%u of %u shops checked"), i + 1, n_profiles);
  }
  if (json && one_document) {
    pd_ctl_out_json (json_array_get_element (documents, 0));
  } else if (json) {
    g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
    JsonObject          *object = json_object_new ();

    json_object_set_array_member (object, "profiles", json_array_ref (documents));
    json_node_take_object (root, object);
    pd_ctl_out_json (root);
  }
  return status_of (worst, g_cancellable_is_cancelled (checking->cancellable));
}

static PdCtlStatus
run (PdCtl  *ctl,
     char  **operands)
{
  PdCtlStatus              status = PD_CTL_DONE;
  PdEnvironment            environment = 0;
  g_autoptr (GError)       error = NULL;
  g_autoptr (PdProfile)    profile = NULL;
  g_autoptr (GListStore)   one = g_list_store_new (PD_TYPE_PROFILE);
  g_autoptr (PdEndpoints)  endpoints = NULL;
  g_autoptr (PdClient)     client = NULL;
  g_autoptr (PdRunner)     runner = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (GStrv)           only = only_text != NULL ? g_strsplit (only_text, ",", -1) : NULL;
  Checking                 checking = { ctl };

  if (all ? operands[0] != NULL : operands[0] == NULL)
    return pd_ctl_usage (_("Name one shop, or say --all."));
  if (environment_id != NULL && !pd_environment_from_id (environment_id, &environment))
    return pd_ctl_usage (_("There is no environment “%s”: choose practice, sandbox or production."), environment_id);
  for (guint i = 0; only != NULL && only[i] != NULL; i++) {
    if (pd_check_lookup (only[i]) == NULL)
      return pd_ctl_usage (_("There is no check “%s”."), only[i]);
  }
  if (!all) {
    profile = pd_ctl_find_profile (ctl, operands[0], &status);
    if (profile == NULL)
      return status;
    g_list_store_append (one, profile);
  }
  endpoints = pd_endpoints_new (&error);
  if (endpoints == NULL)
    return pd_ctl_fail (error);
  if (pd_endpoints_is_rehearsal (endpoints))
    pd_ctl_say (_("paydeskctl: rehearsal: live checks go to the servers that PAYDESK_ENDPOINTS names, and nowhere else."));
  client = pd_client_new (endpoints);
  runner = pd_runner_new (client);
  checking.endpoints = endpoints;
  checking.client = client;
  checking.runner = runner;
  checking.cancellable = cancellable;
  checking.only = only;
  g_unix_signal_add (SIGINT, on_interrupt, cancellable);
  g_unix_signal_add (SIGTERM, on_interrupt, cancellable);
  status = check_all (&checking, all ? G_LIST_MODEL (ctl->store) : G_LIST_MODEL (one), !all, environment);
  if (checking.practice != NULL)
    pd_practice_server_stop (checking.practice);
  g_clear_object (&checking.practice);
  return status;
}

const PdCtlVerb pd_ctl_check = { "check", "PROFILE", N_("Runs the checks, and says what is wrong and how to mend it"), options, 0, 1, TRUE, run };
