/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-check-private.h"
#include "pd-redact.h"
#include "pd-report.h"
#include "pd-response-private.h"
#include "pd-run-compare.h"
#include "pd-secrets.h"
#include "pd-time.h"
#include "pd-versions.h"

/* Of one text, in bytes; and findings that are told whole. */
#define MAX_TEXT     (16 * 1024)
#define MAX_FINDINGS 200

typedef struct {
  const PdReportInput *input;
  PdReport            *report;
  PdRun               *run;
} Builder;

static void
block_free (gpointer data)
{
  PdReportBlock *block = data;

  g_free (block->text);
  g_ptr_array_unref (block->items);
  g_free (block);
}

static const char *say (Builder *self, const char *msgid) G_GNUC_FORMAT (2);

/* One of the report's own sentences. */
static const char *
say (Builder    *self,
     const char *msgid)
{
  return pd_language_say (self->input->language, msgid);
}

/* Whatever is written: without what cannot be shown, and masked. */
static char *
clean (Builder    *self,
       const char *text)
{
  g_autofree char *harmless = pd_response_make_harmless (text, strlen (text), MAX_TEXT);

  return pd_redact (self->input->secrets, harmless);
}

static PdReportBlock *
add_block (Builder      *self,
           PdReportKind  kind,
           const char   *text)
{
  PdReportBlock *block = g_new0 (PdReportBlock, 1);

  block->kind = kind;
  block->text = text != NULL ? clean (self, text) : NULL;
  block->items = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->report->blocks, block);
  return block;
}

static void
add_item (Builder       *self,
          PdReportBlock *block,
          const char    *text)
{
  g_ptr_array_add (block->items, clean (self, text));
}

/* Nothing is said of what there is nothing of. */
static void
add_fact (Builder       *self,
          PdReportBlock *block,
          const char    *name,
          const char    *value)
{
  if (value == NULL || *value == '\0')
    return;
  add_item (self, block, name);
  add_item (self, block, value);
}

/* A sentence that the program said earlier, in whichever language. */
static char *
translate (Builder    *self,
           const char *text)
{
  return text != NULL ? pd_language_translate (self->input->language, text) : NULL;
}

static void
add_translated (Builder       *self,
                PdReportBlock *block,
                const char    *name,
                const char    *value)
{
  g_autofree char *text = translate (self, value);

  add_fact (self, block, name, text);
}

/* The same in every language, and with the zone, as the reader may be in another one. */
static char *
format_time (GDateTime *time)
{
  g_autoptr (GDateTime) local = pd_time_to_local (time);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S (UTC%:z)");
}

static const char *
get_check_label (Builder    *self,
                 const char *id)
{
  const PdCheck *check = pd_check_lookup (id);

  return check != NULL ? say (self, check->label) : id;
}

static const char *
get_field_label (Builder    *self,
                 const char *id)
{
  const PdField *field = pd_catalogue_lookup (id);

  return field != NULL ? say (self, field->label) : id;
}

static char *
get_verdict_label (Builder   *self,
                   PdVerdict  verdict)
{
  return translate (self, pd_verdict_get_label (verdict));
}

static void
add_head (Builder *self)
{
  PdProfile            *profile = self->input->profile;
  g_autofree char      *title = g_strdup_printf (say (self, N_("Support Report for “%s”")), pd_profile_get_name (profile));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *created = format_time (now);
  PdReportBlock        *facts;

  add_block (self, PD_REPORT_TITLE, title);
  facts = add_block (self, PD_REPORT_FACTS, NULL);
  add_fact (self, facts, say (self, N_("Shop")), pd_profile_get_name (profile));
  add_translated (self, facts, say (self, N_("Commerce Creator")), pd_mode_get_label (pd_profile_get_mode (profile)));
  add_translated (self, facts, say (self, N_("Amazon Pay Version")), pd_generation_get_label (pd_profile_get_generation (profile)));
  add_fact (self, facts, say (self, N_("Report made")), created);
  /* S001: it answers for the shop's side. */
  add_fact (self, facts, say (self, N_("futureshop support")),
            say (self, N_("weekdays 10:00–17:00 (Japan time), phone 06-6485-6485")));
  add_block (self, PD_REPORT_PARAGRAPH,
             say (self, N_("Secrets are left out of this report, and masked wherever a server repeated one.")));
}

static char *
count_verdicts (Builder *self)
{
  guint    counts[PD_VERDICT_FAILED + 1] = { 0 };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);

    counts[pd_finding_get_verdict (finding)]++;
  }
  for (int i = PD_VERDICT_FAILED; i >= (int) PD_VERDICT_SKIPPED; i--) {
    g_autofree char *label = get_verdict_label (self, i);

    if (counts[i] > 0)
      g_string_append_printf (text, "%s%s: %u", text->len > 0 ? ", " : "", label, counts[i]);
  }
  return g_string_free (text, FALSE);
}

static void
add_flags (Builder *self)
{
  static const struct { PdRunFlags flag; const char *sentence; } sentences[] = {
    { PD_RUN_PARTIAL, N_("Only some of the checks were asked for in this run.") },
    { PD_RUN_REHEARSAL, N_("This was a rehearsal: the calls went to servers that PAYDESK_ENDPOINTS names, and not to Amazon.") },
    { PD_RUN_STOPPED, N_("This run was stopped before its end.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    if (pd_run_get_flags (self->run) & sentences[i].flag)
      add_block (self, PD_REPORT_PARAGRAPH, say (self, sentences[i].sentence));
  }
  if (pd_run_get_environment (self->run) == PD_ENVIRONMENT_PRACTICE)
    add_block (self, PD_REPORT_PARAGRAPH,
               say (self, N_("The calls went to the practice endpoint on this computer, and not to Amazon.")));
}

static void
add_settings_list (Builder   *self,
                   GPtrArray *fields)
{
  PdReportBlock *list = add_block (self, PD_REPORT_LIST, NULL);

  for (guint i = 0; i < fields->len; i++)
    add_item (self, list, say (self, ((const PdField *) g_ptr_array_index (fields, i))->label));
}

/* The reader must know whether the findings still speak of these settings. */
static void
add_changed_since (Builder *self)
{
  g_autoptr (JsonNode)  now = pd_profile_dup_revisions (self->input->profile);
  g_autoptr (GPtrArray) changed = NULL;

  if (pd_run_get_revisions (self->run) == NULL)
    return;
  changed = pd_run_list_changed_settings (pd_run_get_revisions (self->run), json_node_get_object (now), NULL);
  if (changed->len == 0)
    return;
  add_block (self, PD_REPORT_PARAGRAPH, say (self, N_("These settings were changed after this run, so that what it found may no longer hold:")));
  add_settings_list (self, changed);
}

static void
add_run (Builder *self)
{
  g_autofree char *started = NULL;
  g_autofree char *verdict = NULL;
  g_autofree char *counts = NULL;
  PdReportBlock   *facts;

  add_block (self, PD_REPORT_HEADING, say (self, N_("Last Test")));
  if (self->run == NULL) {
    add_block (self, PD_REPORT_PARAGRAPH, say (self, N_("This shop has not been tested yet.")));
    return;
  }
  started = format_time (pd_run_get_started (self->run));
  verdict = get_verdict_label (self, pd_run_get_verdict (self->run));
  counts = count_verdicts (self);
  facts = add_block (self, PD_REPORT_FACTS, NULL);
  add_fact (self, facts, say (self, N_("Run at")), started);
  add_translated (self, facts, say (self, N_("Environment")), pd_environment_get_label (pd_run_get_environment (self->run)));
  add_fact (self, facts, say (self, N_("Server")), pd_run_get_endpoint (self->run));
  add_fact (self, facts, say (self, N_("Altogether")), verdict);
  add_fact (self, facts, say (self, N_("Findings")), counts);
  add_flags (self);
  add_changed_since (self);
}

static void
add_number (Builder       *self,
            PdReportBlock *facts,
            const char    *name,
            gint64         number,
            const char    *unit)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "%s", number, unit);

  add_fact (self, facts, name, text);
}

static void
add_evidence (Builder          *self,
              PdReportBlock    *facts,
              const PdEvidence *evidence)
{
  g_autofree char *request = evidence->method != NULL && evidence->url != NULL ? g_strdup_printf ("%s %s", evidence->method, evidence->url) : NULL;

  add_fact (self, facts, say (self, N_("Request")), request != NULL ? request : evidence->url);
  if (evidence->status != 0)
    add_number (self, facts, say (self, N_("Status")), evidence->status, "");
  add_fact (self, facts, say (self, N_("Reason code")), evidence->reason_code);
  add_fact (self, facts, say (self, N_("Message")), evidence->message);
  add_fact (self, facts, say (self, N_("Request ID")), evidence->request_id);
  if (evidence->elapsed_ms > 0)
    add_number (self, facts, say (self, N_("Time taken")), evidence->elapsed_ms, " ms");
  if (evidence->has_clock_skew)
    add_number (self, facts, say (self, N_("Clock difference")), evidence->clock_skew_s, " s");
}

static char *
name_fields (Builder   *self,
             PdFinding *finding)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv)           list = NULL;

  for (const char *const *field = pd_finding_get_fields (finding); *field != NULL; field++)
    g_strv_builder_add (names, get_field_label (self, *field));
  list = g_strv_builder_end (names);
  return g_strjoinv (", ", list);
}

static void
add_finding (Builder   *self,
             PdFinding *finding)
{
  g_autofree char *verdict = get_verdict_label (self, pd_finding_get_verdict (finding));
  g_autofree char *title = g_strdup_printf ("%s: %s", get_check_label (self, pd_finding_get_check (finding)), verdict);
  g_autofree char *summary = translate (self, pd_finding_get_summary (finding));
  g_autofree char *fields = name_fields (self, finding);
  g_autofree char *where = g_strjoinv (" › ", (char **) pd_finding_get_where (finding));
  PdReportBlock   *block = add_block (self, PD_REPORT_FINDING, title);
  PdReportBlock   *facts;

  block->verdict = pd_finding_get_verdict (finding);
  add_block (self, PD_REPORT_PARAGRAPH, summary);
  facts = add_block (self, PD_REPORT_FACTS, NULL);
  add_fact (self, facts, say (self, N_("Value")), pd_finding_get_value (finding));
  add_fact (self, facts, say (self, N_("Fields")), fields);
  add_translated (self, facts, say (self, N_("Next Step")), pd_finding_get_next_step (finding));
  add_fact (self, facts, say (self, N_("Where")), where);
  add_translated (self, facts, say (self, N_("Proves")), pd_finding_get_proves (finding));
  add_translated (self, facts, say (self, N_("Does Not Prove")), pd_finding_get_does_not_prove (finding));
  if (block->verdict == PD_VERDICT_FAILED && pd_finding_get_confidence (finding) != PD_CONFIDENCE_CERTAIN)
    add_fact (self, facts, say (self, N_("How Sure")), say (self, N_("Likely, not certain: Amazon does not document this answer.")));
  if (pd_finding_get_evidence (finding) != NULL)
    add_evidence (self, facts, pd_finding_get_evidence (finding));
}

/* The findings of one verdict, worst first. */
static void
add_findings (Builder *self)
{
  guint n = 0;

  if (self->run == NULL)
    return;
  add_block (self, PD_REPORT_HEADING, say (self, N_("Findings")));
  for (int verdict = PD_VERDICT_FAILED; verdict >= (int) PD_VERDICT_WARNING; verdict--) {
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
      g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);

      if (pd_finding_get_verdict (finding) == (PdVerdict) verdict && n++ < MAX_FINDINGS)
        add_finding (self, finding);
    }
  }
  if (n == 0)
    add_block (self, PD_REPORT_PARAGRAPH, say (self, N_("Nothing is wrong as far as these checks can tell.")));
}

static gboolean
is_news (GHashTable *told,
         const char *text)
{
  return g_hash_table_add (told, g_strdup (text));
}

/* What passed, in one line a check and server: with the evidence that the calls were made. */
static void
add_passed (Builder *self)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PdReportBlock         *list = NULL;

  for (guint i = 0; self->run != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);
    const PdEvidence     *evidence = pd_finding_get_evidence (finding);
    g_autoptr (GString)   text = g_string_new (get_check_label (self, pd_finding_get_check (finding)));

    if (pd_finding_get_verdict (finding) != PD_VERDICT_PASSED)
      continue;
    if (evidence != NULL && evidence->status != 0) {
      g_string_append_printf (text, " (%s %s, %u", evidence->method != NULL ? evidence->method : "",
                              evidence->url != NULL ? evidence->url : "", evidence->status);
      g_string_append (text, evidence->request_id != NULL ? ", " : "");
      g_string_append (text, evidence->request_id != NULL ? evidence->request_id : "");
      g_string_append (text, ")");
    }
    if (!is_news (told, text->str))
      continue;
    if (list == NULL) {
      add_block (self, PD_REPORT_HEADING, say (self, N_("Passed")));
      list = add_block (self, PD_REPORT_LIST, NULL);
    }
    add_item (self, list, text->str);
  }
}

static gboolean
was_asked (Builder    *self,
           const char *check)
{
  for (guint i = 0; self->run != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);

    if (g_str_equal (pd_finding_get_check (finding), check))
      return TRUE;
  }
  return FALSE;
}

static void
add_not_tested (Builder *self)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint                  n_checks;
  const PdCheck *const  *checks = pd_check_table (&n_checks);
  PdReportBlock         *list;

  add_block (self, PD_REPORT_HEADING, say (self, N_("Not Tested")));
  list = add_block (self, PD_REPORT_LIST, NULL);
  for (guint i = 0; self->run != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);
    g_autofree char      *summary = translate (self, pd_finding_get_summary (finding));
    g_autofree char      *text = g_strdup_printf ("%s: %s", get_check_label (self, pd_finding_get_check (finding)), summary);

    if (pd_finding_get_verdict (finding) == PD_VERDICT_SKIPPED && is_news (told, text))
      add_item (self, list, text);
  }
  for (guint i = 0; i < n_checks; i++) {
    g_autofree char *text = g_strdup_printf (say (self, N_("%s: not part of this run")), say (self, checks[i]->label));

    if ((checks[i]->generations & pd_profile_get_generation (self->input->profile)) != 0 && !was_asked (self, checks[i]->id))
      add_item (self, list, text);
  }
  add_item (self, list, say (self, N_("Whether a shopper can pay: no order, charge or refund is ever tried.")));
}

static void
add_turn (Builder *self)
{
  g_autoptr (PdRunComparison) comparison = NULL;
  g_autofree char            *before = NULL;
  g_autofree char            *after = NULL;
  g_autofree char            *text = NULL;
  PdRun                      *good;
  PdRun                      *bad;

  if (self->run == NULL || self->input->runs == NULL || pd_run_get_verdict (self->run) != PD_VERDICT_FAILED ||
      !pd_run_find_turn (self->input->runs, pd_run_get_environment (self->run), &good, &bad))
    return;
  comparison = pd_run_compare (good, bad);
  before = format_time (pd_run_get_started (good));
  after = format_time (pd_run_get_started (bad));
  add_block (self, PD_REPORT_HEADING, say (self, N_("What Changed Before It Failed")));
  text = g_strdup_printf (say (self, N_("In the run at %s nothing failed; in the one at %s something did for the first time since.")), before, after);
  add_block (self, PD_REPORT_PARAGRAPH, text);
  if (!comparison->settings_known || comparison->settings->len == 0) {
    add_block (self, PD_REPORT_PARAGRAPH, comparison->settings_known ? say (self, N_("No setting changed in between."))
                                                                     : say (self, N_("It is not known which settings changed in between.")));
    return;
  }
  add_block (self, PD_REPORT_PARAGRAPH, say (self, N_("Settings that changed in between:")));
  add_settings_list (self, comparison->settings);
}

static char *
describe_secret (Builder       *self,
                 const PdField *field)
{
  static const char *const sentences[] = {
    [PD_SECRET_NO] = N_("not stored"),
    [PD_SECRET_YES] = N_("stored in the keyring"),
    [PD_SECRET_LOST] = N_("lost: it was stored once, and the keyring no longer has it"),
    [PD_SECRET_UNKNOWN] = N_("unknown: the keyring could not be asked"),
  };
  g_autoptr (GDateTime) stored = pd_profile_get_secret_stored (self->input->profile, field->id);
  PdSecretState         state = stored != NULL ? PD_SECRET_YES : PD_SECRET_NO;
  g_autofree char      *date = NULL;

  if (self->input->states != NULL)
    state = GPOINTER_TO_UINT (g_hash_table_lookup (self->input->states, field->id));
  else if (stored != NULL)
    state = PD_SECRET_UNKNOWN;
  if (stored == NULL || state == PD_SECRET_NO)
    return g_strdup (say (self, sentences[state]));
  date = format_time (stored);
  return g_strdup_printf ("%s (%s)", say (self, sentences[state]), date);
}

static char *
describe_value (Builder       *self,
                const PdField *field)
{
  const char *value = pd_profile_get_text (self->input->profile, field->id);

  if (pd_field_is_secret (field) && *value == '\0')
    return describe_secret (self, field);
  if (field->kind == PD_FIELD_CHOICE && *value != '\0')
    return translate (self, pd_choice_get_label (field, value));
  return g_strdup (*value != '\0' ? value : "–");
}

static char *
add_mark (Builder       *self,
          const PdField *field,
          const char    *value)
{
  g_autoptr (GDateTime) when = NULL;
  PdMark                mark = pd_profile_get_mark (self->input->profile, field->id, &when);
  g_autofree char      *date = when != NULL ? format_time (when) : g_strdup ("");
  g_autofree char      *text = NULL;

  if (mark == PD_MARK_NONE)
    return g_strdup (value);
  text = g_strdup_printf (mark == PD_MARK_ENTERED ? say (self, N_("Entered over there: %s"))
                                                  : say (self, N_("Entered over there: %s, and changed here since")), date);
  return g_strdup_printf ("%s\n%s", value, text);
}

static void
add_settings (Builder *self)
{
  PdReportBlock        *facts;
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  add_block (self, PD_REPORT_HEADING, say (self, N_("Settings")));
  facts = add_block (self, PD_REPORT_FACTS, NULL);
  for (guint i = 0; i < n_fields; i++) {
    g_autofree char *value = NULL;
    g_autofree char *marked = NULL;

    if (!pd_profile_field_applies (self->input->profile, fields[i]))
      continue;
    /* What belongs to developers, and what was not looked up, is told only where there is something. */
    if ((fields[i]->sandbox_of != NULL || fields[i]->seen_of != NULL) && pd_profile_is_empty (self->input->profile, fields[i]->id))
      continue;
    value = describe_value (self, fields[i]);
    marked = add_mark (self, fields[i], value);
    add_fact (self, facts, say (self, fields[i]->label), marked);
  }
}

static void
add_clock (Builder       *self,
           PdReportBlock *facts)
{
  for (guint i = 0; self->run != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);
    const PdEvidence     *evidence = pd_finding_get_evidence (finding);

    if (evidence == NULL || !evidence->has_clock_skew)
      continue;
    add_number (self, facts, say (self, N_("Clock difference to the server")), evidence->clock_skew_s, " s");
    return;
  }
  add_fact (self, facts, say (self, N_("Clock difference to the server")), say (self, N_("not measured")));
}

static void
add_versions (Builder *self)
{
  g_autoptr (GPtrArray) versions = pd_versions_list ();
  g_autofree char      *system = pd_versions_dup_system ();
  PdReportBlock        *facts;

  add_block (self, PD_REPORT_HEADING, say (self, N_("Versions and Clock")));
  facts = add_block (self, PD_REPORT_FACTS, NULL);
  for (guint i = 0; i < versions->len; i += 2)
    add_fact (self, facts, g_ptr_array_index (versions, i), g_ptr_array_index (versions, i + 1));
  for (guint i = 0; self->input->versions != NULL && self->input->versions[i] != NULL; i += 2)
    add_fact (self, facts, self->input->versions[i], self->input->versions[i + 1]);
  add_fact (self, facts, say (self, N_("System")), system);
  add_clock (self, facts);
}

/**
 * pd_report_choose_run:
 * @runs: (nullable) (element-type PdRun): the history, newest first
 *
 * Returns: (transfer none) (nullable): the last run of all checks that came to its end, a rehearsal too; without one, the last run
 */
PdRun *
pd_report_choose_run (GPtrArray *runs)
{
  for (guint i = 0; runs != NULL && i < runs->len; i++) {
    if ((pd_run_get_flags (g_ptr_array_index (runs, i)) & ~PD_RUN_REHEARSAL) == 0)
      return g_ptr_array_index (runs, i);
  }
  return runs != NULL && runs->len > 0 ? g_ptr_array_index (runs, 0) : NULL;
}

/**
 * pd_report_new:
 * @input: what is to be reported; not kept
 *
 * Returns: (transfer full): the report, every text of it masked and plain
 */
PdReport *
pd_report_new (const PdReportInput *input)
{
  PdReport *report = g_new0 (PdReport, 1);
  Builder   self = { input, report, input->run != NULL ? input->run : pd_report_choose_run (input->runs) };

  report->language = g_strdup (pd_language_get_id (input->language));
  report->blocks = g_ptr_array_new_with_free_func (block_free);
  add_head (&self);
  add_run (&self);
  add_findings (&self);
  add_turn (&self);
  add_passed (&self);
  add_not_tested (&self);
  add_settings (&self);
  add_versions (&self);
  return report;
}

void
pd_report_free (PdReport *self)
{
  g_free (self->language);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}
