/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "pd-check.h"
#include "pd-ctl-verbs.h"
#include "pd-practice-shop.h"
#include "pd-run-store.h"

static char    *environment_id;
static char    *only_text;
static gboolean allow_create;
static gboolean all;
static gboolean json;

static const GOptionEntry options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Check every shop"), NULL },
  { "environment", 0, 0, G_OPTION_ARG_FILENAME, &environment_id, N_("practice, sandbox or production; otherwise the shop’s own"), "E" },
  { "only", 0, 0, G_OPTION_ARG_FILENAME, &only_text, N_("Run these checks only"), "CHECK,…" },
  { "allow-create", 0, 0, G_OPTION_ARG_NONE, &allow_create, N_("Let “store-id” create a checkout session in production"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL },
  G_OPTION_ENTRY_NULL
};

/* What all shops of one command share. */
typedef struct {
  PdCtlContext     *context;
  PdEnvironment     environment; /* 0: each shop's own */
  char            **only;        /* or NULL */
  PdEndpoints      *endpoints;
  PdRunner         *runner;
  PdPracticeServer *practice;    /* NULL until a shop needs it */
  GCancellable     *cancellable;
} Checking;

static const PdCtlStyle styles[] = {
  [PD_VERDICT_SKIPPED] = PD_CTL_DIM,
  [PD_VERDICT_PASSED] = PD_CTL_GOOD,
  [PD_VERDICT_WARNING] = PD_CTL_ODD,
  [PD_VERDICT_UNDETERMINED] = PD_CTL_UNSURE,
  [PD_VERDICT_FAILED] = PD_CTL_BAD,
};

static void
print_verdict (PdVerdict verdict,
               guint     width)
{
  const char *label = pd_verdict_get_label (verdict);
  guint       taken = pd_ctl_get_width (label);

  pd_ctl_out_styled (styles[verdict], label);
  pd_ctl_out ("%*s", taken < width ? (int) (width - taken) : 0, "");
}

static guint
widest_verdict (void)
{
  guint width = 0;

  for (PdVerdict verdict = PD_VERDICT_SKIPPED; verdict <= PD_VERDICT_FAILED; verdict++)
    width = MAX (width, pd_ctl_get_width (pd_verdict_get_label (verdict)));
  return width;
}

/* What several checks have in common is told once. */
static gboolean
is_news (GHashTable *told,
         const char *text)
{
  return g_hash_table_add (told, g_strdup (text));
}

/* The certificates, for whoever looks after the server. */
static void
print_certificates (const PdEvidence *evidence,
                    guint             indent,
                    GHashTable       *told)
{
  g_autofree char *text = evidence != NULL ? pd_evidence_describe_certificates (evidence) : NULL;
  g_auto (GStrv)   lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  if (text == NULL || !is_news (told, text))
    return;
  for (guint i = 0; lines[i] != NULL; i++)
    pd_ctl_out_wrapped (lines[i], indent + (g_str_has_prefix (lines[i], " ") ? 2 : 0));
}

static void
print_finding (PdFinding  *finding,
               guint       width,
               GHashTable *told)
{
  PdVerdict        verdict = pd_finding_get_verdict (finding);
  const PdCheck   *check = pd_check_lookup (pd_finding_get_check (finding));
  g_autofree char *where = g_strjoinv (" > ", (char **) pd_finding_get_where (finding));
  const char      *next_step = pd_finding_get_next_step (finding);
  g_autofree char *advice = g_strconcat ("→ ", next_step, NULL);

  print_verdict (verdict, width + 2);
  pd_ctl_out ("%s\n", check != NULL ? pd_check_get_label (check) : pd_finding_get_check (finding));
  if (pd_finding_get_value (finding) != NULL)
    pd_ctl_out ("%*s%s\n", (int) width + 2, "", pd_finding_get_value (finding));
  pd_ctl_out_wrapped (pd_finding_get_summary (finding), width + 2);
  if (verdict == PD_VERDICT_PASSED || next_step == NULL || *next_step == '\0')
    return;
  if (verdict == PD_VERDICT_SKIPPED && !is_news (told, advice))
    return;
  pd_ctl_out_wrapped (advice, width + 2);
  if (*where != '\0')
    pd_ctl_out_wrapped (where, width + 4);
  if (verdict != PD_VERDICT_SKIPPED)
    print_certificates (pd_finding_get_evidence (finding), width + 4, told);
}

/* What passed is told in one line a check; what did not is told whole. */
static void
print_passed (PdRun      *run,
              guint      *position,
              guint       width,
              GHashTable *told)
{
  g_autoptr (PdFinding) first = g_list_model_get_item (G_LIST_MODEL (run), *position);
  const char           *id = pd_finding_get_check (first);
  guint                 n_passed = 0;

  for (; *position < g_list_model_get_n_items (G_LIST_MODEL (run)); (*position)++, n_passed++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), *position);

    if (pd_finding_get_verdict (finding) != PD_VERDICT_PASSED || !g_str_equal (pd_finding_get_check (finding), id))
      break;
  }
  if (n_passed == 1) {
    print_finding (first, width, told);
    return;
  }
  print_verdict (PD_VERDICT_PASSED, width + 2);
  pd_ctl_out ("%s: ", pd_check_get_label (pd_check_lookup (id)));
  pd_ctl_out (ngettext ("%'u value", "%'u values", n_passed), n_passed);
  pd_ctl_out ("\n");
}

static void
print_run (PdRun *run)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint                  width = widest_verdict ();
  guint                  i = 0;

  pd_ctl_out_styled (PD_CTL_BOLD, pd_run_get_name (run));
  pd_ctl_out ("  %s  %s\n\n", pd_environment_get_label (pd_run_get_environment (run)),
              pd_run_get_endpoint (run) != NULL ? pd_run_get_endpoint (run) : "");
  while (i < g_list_model_get_n_items (G_LIST_MODEL (run))) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), i);

    if (pd_finding_get_verdict (finding) == PD_VERDICT_PASSED) {
      print_passed (run, &i, width, told);
    } else {
      print_finding (finding, width, told);
      i++;
    }
  }
  pd_ctl_out ("\n%s ", _("Altogether:"));
  print_verdict (pd_run_get_verdict (run), 0);
  pd_ctl_out ("\n");
}

/* The practice endpoint runs within this process, once a shop is to be checked there. */
static gboolean
start_practice (Checking  *checking,
                GError   **error)
{
  g_autoptr (PdPracticeServer) server = NULL;

  if (checking->practice != NULL)
    return TRUE;
  server = pd_practice_server_new ();
  if (!pd_practice_server_start (server, 0, error))
    return FALSE;
  checking->practice = g_steal_pointer (&server);
  pd_endpoints_set_practice (checking->endpoints, pd_practice_server_get_url (checking->practice),
                             pd_practice_server_get_ca_pem (checking->practice));
  return TRUE;
}

/* Tells the practice endpoint of this shop. */
static void
enrol (Checking   *checking,
       PdProfile  *profile,
       GHashTable *secrets,
       gboolean   *form_only)
{
  PdSecretText                  *stored = secrets != NULL ? g_hash_table_lookup (secrets, "private-key") : NULL;
  g_autoptr (PdKey)              key = NULL;
  g_autoptr (PdPracticeMerchant) merchant = NULL;

  if (stored != NULL)
    key = pd_key_new_private (pd_secret_text_peek (stored), pd_secret_text_get_length (stored), NULL);
  merchant = pd_practice_shop_get_merchant (checking->context->store, profile, key, form_only);
  if (merchant != NULL) {
    g_auto (GStrv) hosts = pd_practice_merchant_list_hosts (merchant);

    pd_practice_shop_add_secrets (merchant, profile, secrets);
    pd_practice_server_enrol (checking->practice, merchant);
    pd_endpoints_add_practice_hosts (checking->endpoints, (const char *const *) hosts);
  }
}

static void
on_progress (PdRun      *run,
             GParamSpec *pspec,
             gpointer    data)
{
  g_autofree char *text = g_strdup_printf (_("%s: %'u of %'u checks done"), pd_run_get_name (run),
                                           pd_run_get_n_done (run), pd_run_get_n_checks (run));

  pd_ctl_progress (text);
}

static PdRun *
check (Checking   *checking,
       PdProfile  *profile,
       GError    **error)
{
  g_autoptr (GError)       secrets_error = NULL;
  g_autoptr (GHashTable)   secrets = pd_ctl_context_fetch_secrets (checking->context, profile, &secrets_error);
  g_autoptr (GAsyncResult) result = NULL;
  PdRunOptions             how = {
    .environment = checking->environment != 0 ? checking->environment : pd_profile_get_environment (profile),
    .only = (const char *const *) checking->only,
    .allow_create = allow_create,
    .data_dir = pd_store_get_dir (checking->context->store),
  };
  PdRun                   *run;

  if (how.environment == PD_ENVIRONMENT_PRACTICE && !g_cancellable_is_cancelled (checking->cancellable)) {
    if (!start_practice (checking, error))
      return NULL;
    enrol (checking, profile, secrets, &how.form_only);
  }
  run = pd_runner_run_async (checking->runner, profile, secrets, secrets_error, &how, checking->cancellable, pd_ctl_keep, &result);
  g_signal_connect (run, "notify::n-done", G_CALLBACK (on_progress), NULL);
  pd_ctl_wait (&result);
  pd_ctl_progress (NULL);
  return run;
}

static void
keep (Checking *checking,
      PdRun    *run)
{
  g_autoptr (GError) error = NULL;

  if (!pd_run_store_save (pd_store_get_dir (checking->context->store), run, &error))
    pd_ctl_say (_("The findings could not be kept in the history: %s"), error->message);
}

static void
print_json (GPtrArray *documents)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode)    root = NULL;

  if (!all) {
    pd_ctl_out_json (g_ptr_array_index (documents, 0));
    return;
  }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < documents->len; i++)
    json_builder_add_value (builder, json_node_ref (g_ptr_array_index (documents, i)));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  pd_ctl_out_json (root);
}

static PdCtlStatus
get_status (Checking  *checking,
            PdVerdict  worst)
{
  if (g_cancellable_is_cancelled (checking->cancellable))
    return PD_CTL_UNDONE;
  if (worst == PD_VERDICT_FAILED)
    return PD_CTL_FAILED;
  return worst == PD_VERDICT_UNDETERMINED ? PD_CTL_UNDONE : PD_CTL_DONE;
}

static PdCtlStatus
check_profiles (Checking   *checking,
                GListModel *profiles)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  PdVerdict             worst = PD_VERDICT_SKIPPED;

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++) {
    g_autoptr (PdProfile) profile = g_list_model_get_item (profiles, i);
    g_autoptr (GError)    error = NULL;
    g_autoptr (PdRun)     run = check (checking, profile, &error);

    if (run == NULL)
      return pd_ctl_fail (error);
    keep (checking, run);
    worst = MAX (worst, pd_run_get_verdict (run));
    if (json) {
      g_ptr_array_add (documents, pd_run_to_json (run));
    } else {
      pd_ctl_out (i > 0 ? "\n" : "");
      print_run (run);
    }
  }
  if (json)
    print_json (documents);
  return get_status (checking, worst);
}

static void
list_checks (void)
{
  guint                 n_checks;
  const PdCheck *const *checks = pd_check_get_all (&n_checks);
  guint                 width = 0;

  for (guint i = 0; i < n_checks; i++)
    width = MAX (width, pd_ctl_get_width (pd_check_get_id (checks[i])));
  pd_ctl_out ("\n%s\n", _("Checks:"));
  for (guint i = 0; i < n_checks; i++) {
    pd_ctl_out ("  ");
    pd_ctl_out_padded (pd_check_get_id (checks[i]), width + 2);
    pd_ctl_out ("%s\n", pd_check_get_question (checks[i]));
  }
}

static gboolean
read_options (Checking    *checking,
              PdCtlStatus *status)
{
  if (!pd_ctl_check_choice ("environment", environment_id, status))
    return FALSE;
  pd_environment_from_id (environment_id, &checking->environment);
  checking->only = only_text != NULL ? g_strsplit (only_text, ",", -1) : NULL;
  for (guint i = 0; checking->only != NULL && (i == 0 || checking->only[i] != NULL); i++) {
    if (checking->only[i] == NULL || pd_check_lookup (g_strstrip (checking->only[i])) == NULL) {
      *status = pd_ctl_usage (_("There is no check “%s”. “paydeskctl check --help” lists them."), checking->only[i] != NULL ? checking->only[i] : "");
      return FALSE;
    }
  }
  return TRUE;
}

static void
checking_clear (Checking *checking)
{
  if (checking->practice != NULL)
    pd_practice_server_stop (checking->practice);
  g_clear_object (&checking->practice);
  g_clear_object (&checking->runner);
  g_clear_object (&checking->endpoints);
  g_clear_pointer (&checking->only, g_strfreev);
}

static PdCtlStatus
run_checks (Checking   *checking,
            GListModel *profiles)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (PdClient) client = NULL;

  checking->endpoints = pd_endpoints_new (&error);
  if (checking->endpoints == NULL)
    return pd_ctl_fail (error);
  if (pd_endpoints_is_rehearsal (checking->endpoints))
    pd_ctl_say (_("PAYDESK_ENDPOINTS is in force: live checks go to the servers that it names, and nowhere else."));
  client = pd_client_new (checking->endpoints);
  checking->runner = pd_runner_new (client);
  checking->cancellable = pd_ctl_context_watch_interrupt (checking->context);
  return check_profiles (checking, profiles);
}

static PdCtlStatus
run (PdCtlContext *context,
     char        **operands)
{
  PdCtlStatus            status = PD_CTL_DONE;
  Checking               checking = { .context = context };
  g_autoptr (GListStore) one = g_list_store_new (PD_TYPE_PROFILE);
  PdProfile             *profile;

  if (all == (operands[0] != NULL))
    return pd_ctl_usage (_("Name one shop, or say --all."));
  if (read_options (&checking, &status)) {
    if (all) {
      status = run_checks (&checking, G_LIST_MODEL (context->store));
    } else if ((profile = pd_ctl_context_find_profile (context, operands[0], &status)) != NULL) {
      g_list_store_append (one, profile);
      status = run_checks (&checking, G_LIST_MODEL (one));
    }
  }
  checking_clear (&checking);
  return status;
}

const PdCtlVerb pd_ctl_check = {
  .name = "check", .operands = "[PROFILE]", .summary = N_("Runs the checks: says what is wrong, and how to correct it"),
  .details = N_("Without --only it runs every check that applies to the shop and the environment. Test calls go to Amazon, or in the environment "
                "“practice” to this computer. Exit status 1: a setting is wrong; 3: something could not be judged."),
  .options = options, .min_operands = 0, .max_operands = 1, .needs_store = TRUE, .run = run, .more_help = list_checks,
};
