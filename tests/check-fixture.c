/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "check-fixture.h"
#include "pd-test-util.h"

/* The file of reference that protects nothing. */
PdKey *
check_fixture_get_test_key (void)
{
  static PdKey *key;

  if (key == NULL) {
    g_autoptr (GError) error = NULL;

    key = pd_key_generate (2048, &error);
    g_assert_no_error (error);
  }
  return key;
}

void
check_fixture_init (CheckFixture *self,
                    PdGeneration  generation)
{
  static const guint delays[] = { 1 };
  g_autoptr (GError) error = NULL;

  *self = (CheckFixture) { 0 };
  self->profile = pd_profile_new ("Lantern & Co.");
  check_fixture_set (self, "generation", pd_generation_to_id (generation));
  check_fixture_set (self, "seller-id", GOOD_SELLER_ID);
  check_fixture_set (self, "client-id", GOOD_CLIENT_ID);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
  check_fixture_set_secret (self, "mws-auth-token", GOOD_TOKEN);
  self->endpoints = pd_endpoints_new_from_json ("{}", -1, &error);
  g_assert_no_error (error);
  self->client = pd_client_new (self->endpoints);
  pd_client_set_retry_delays (self->client, delays, G_N_ELEMENTS (delays));
  self->options.environment = PD_ENVIRONMENT_PRODUCTION;
  self->cancellable = g_cancellable_new ();
}

void
check_fixture_clear (CheckFixture *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_object (&self->endpoints);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_clear_error (&self->secrets_error);
  g_clear_error (&self->error);
  g_assert_finalize_object (self->profile);
}

void
check_fixture_set (CheckFixture *self,
                   const char   *field_id,
                   const char   *value)
{
  g_autoptr (GError) error = NULL;

  pd_profile_set_text (self->profile, field_id, value, &error);
  g_assert_no_error (error);
}

/* Stored in the keyring, and noted in the profile, as the desk does it. */
void
check_fixture_set_secret (CheckFixture *self,
                          const char   *field_id,
                          const char   *value)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_hash_table_insert (self->secrets, g_strdup (field_id), pd_secret_text_new (value));
  pd_profile_note_secret (self->profile, field_id, now);
}

void
check_fixture_set_key (CheckFixture *self,
                       const char   *field_id,
                       PdKey        *key)
{
  g_autoptr (PdSecretText) stored = pd_key_to_stored (key);

  check_fixture_set_secret (self, field_id, pd_secret_text_peek (stored));
}

/* Whether Amazon documents what the answer means, or it proves itself: the refusal of a signature that quotes the string that was signed
 * (Amazon's own Magento plugin takes it so), and the redirect that a client and a return URL have to be known for. */
static gboolean
is_documented (const PdEvidence *evidence)
{
  if (evidence->reason_code == NULL)
    return evidence->status == 200 || evidence->status == 201 || evidence->status == 302;
  return g_str_equal (evidence->reason_code, "UnauthorizedAccess") ||
         (g_str_equal (evidence->reason_code, "InvalidRequestSignature") && evidence->message != NULL &&
          strstr (evidence->message, "signing String") != NULL);
}

/* What rests on reports or inference is never said to be certain, whatever the answer: neither that a value is right nor that it is wrong. */
static void
assert_not_too_sure (PdFinding *finding)
{
  static const char *const by_answer[] = { "signature", "store-id", "token", "mws-keys", "login-client", "return-url", NULL };
  const PdEvidence        *evidence = pd_finding_get_evidence (finding);
  PdVerdict                verdict = pd_finding_get_verdict (finding);

  if (!g_strv_contains (by_answer, pd_finding_get_check (finding)) || (verdict != PD_VERDICT_PASSED && verdict != PD_VERDICT_FAILED) ||
      evidence == NULL || evidence->status == 0 || is_documented (evidence))
    return;
  g_test_message ("%s: %u %s", pd_finding_get_check (finding), evidence->status, evidence->reason_code);
  g_assert_cmpint (pd_finding_get_confidence (finding), ==, PD_CONFIDENCE_LIKELY);
}

/* Runs the checks to their end; `only`: ids with commas between them, or NULL for all. */
void
check_fixture_run (CheckFixture *self,
                   const char   *only)
{
  g_autoptr (PdRunner)     runner = pd_runner_new (self->client);
  g_auto (GStrv)           ids = only != NULL ? g_strsplit (only, ",", -1) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&self->run);
  g_clear_error (&self->error);
  self->options.only = (const char *const *) ids;
  self->run = pd_runner_run_async (runner, self->profile, self->secrets, self->secrets_error, &self->options, self->cancellable,
                                   pd_test_keep, &result);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->run)), ==, 0);
  g_assert_true (pd_run_get_running (self->run));
  pd_test_wait (&result);
  pd_runner_run_finish (runner, result, &self->error);
  self->options.only = NULL;
  g_assert_false (pd_run_get_running (self->run));
  g_assert_cmpuint (pd_run_get_n_done (self->run), ==, pd_run_get_n_checks (self->run));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);

    assert_not_too_sure (finding);
  }
}

PdFinding *
check_fixture_find (CheckFixture *self,
                    const char   *check,
                    const char   *field_or_value)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);
    const char *const    *fields = pd_finding_get_fields (finding);

    if (!g_str_equal (pd_finding_get_check (finding), check))
      continue;
    if (field_or_value == NULL || g_strcmp0 (pd_finding_get_value (finding), field_or_value) == 0 ||
        g_strcmp0 (fields[0], field_or_value) == 0)
      return finding; /* the run holds it */
  }
  return NULL;
}

guint
check_fixture_count (CheckFixture *self,
                     const char   *check)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);

    count += g_str_equal (pd_finding_get_check (finding), check);
  }
  return count;
}

/* `fields`, `confidence`: NULL where they do not matter; fields have spaces between them. */
void
check_fixture_assert (CheckFixture *self,
                      const char   *check,
                      const char   *field_or_value,
                      const char   *verdict,
                      const char   *fields,
                      const char   *confidence)
{
  PdFinding       *finding = check_fixture_find (self, check, field_or_value);
  g_autofree char *found = NULL;

  if (finding == NULL)
    g_test_message ("no finding of %s for %s", check, field_or_value);
  g_assert_nonnull (finding);
  g_test_message ("%s: %s: %s", check, pd_verdict_to_id (pd_finding_get_verdict (finding)), pd_finding_get_summary (finding));
  g_assert_cmpstr (pd_verdict_to_id (pd_finding_get_verdict (finding)), ==, verdict);
  if (fields != NULL) {
    found = g_strjoinv (" ", (char **) pd_finding_get_fields (finding));
    g_assert_cmpstr (found, ==, fields);
  }
  if (confidence != NULL)
    g_assert_cmpstr (pd_confidence_to_id (pd_finding_get_confidence (finding)), ==, confidence);
}
