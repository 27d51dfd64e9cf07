/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-check-private.h"

/* A shop on futureshop needs no key of its own: it says what would make the key checks possible. */
static void
skip_without_key (PdCheckJob *job)
{
  PdFinding *finding = pd_check_job_finding (job, PD_VERDICT_SKIPPED,
                                             _("The shop has no API v2 key of its own, and needs none: futureshop signs with its own."));

  pd_finding_set_next_step (finding, _("To test with a key of the shop’s own, make one in Seller Central and enter its ID and the private key here."));
  pd_check_set_fields (job, finding, "public-key-id", "private-key");
  pd_finding_set_proves (finding, NULL, _("That futureshop’s key is accepted for this shop."));
  pd_check_job_take (job, finding);
}

static gboolean
stop_without_keyring (PdCheckJob *job)
{
  PdFinding *finding;

  if (job->context->secrets_error == NULL)
    return FALSE;
  finding = pd_check_job_finding (job, PD_VERDICT_UNDETERMINED, job->context->secrets_error->message);
  pd_finding_set_next_step (finding, _("Unlock the keyring and run the checks again."));
  pd_finding_set_confidence (finding, PD_CONFIDENCE_UNKNOWN);
  pd_finding_set_proves (finding, NULL, _("Anything about the key: it could not be read."));
  pd_check_job_take (job, finding);
  return TRUE;
}

/**
 * pd_check_needs_key:
 * @job: a check at work
 * @key: (out) (transfer full): the private key
 * @public_key_id: (out): its ID
 *
 * Adds the finding that says why there is no usable key, where that is so.
 *
 * Returns: whether there is one
 */
gboolean
pd_check_needs_key (PdCheckJob  *job,
                    PdKey      **key,
                    const char **public_key_id)
{
  gboolean           present;
  g_autoptr (GError) error = NULL;

  *key = NULL;
  *public_key_id = pd_check_get_value (job, "public-key-id");
  if (stop_without_keyring (job))
    return FALSE;
  *key = pd_check_get_key (job, &present, &error);
  if (!present && *public_key_id == NULL) {
    skip_without_key (job);
  } else if (!present || *public_key_id == NULL) {
    pd_check_job_skip (job, _("Not run: half of the shop’s own key is missing, as “Nothing Missing” says."),
                       _("Complete the key, then run the checks again."));
  } else if (*key == NULL) {
    pd_check_job_skip (job, _("Not run: the private key cannot be used, as “Private Key” says."),
                       _("Mend the private key, then run the checks again."));
  } else {
    return TRUE;
  }
  return FALSE;
}

void
pd_check_key_pair (PdCheckJob *job)
{
  gboolean           present;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdKey)  key = NULL;
  g_autofree char   *summary = NULL;
  PdFinding         *finding;

  if (stop_without_keyring (job))
    return;
  key = pd_check_get_key (job, &present, &error);
  if (!present && pd_check_get_value (job, "public-key-id") == NULL) {
    skip_without_key (job);
    return;
  }
  if (!present) {
    pd_check_job_skip (job, _("There is no private key to judge, as “Nothing Missing” says."), NULL);
    return;
  }
  if (key == NULL) {
    finding = pd_check_job_finding (job, PD_VERDICT_FAILED, error->message);
    pd_finding_set_next_step (finding, _("Choose the file AmazonPay_….pem that Seller Central offered when the key was made. If it is lost, make a new key."));
    pd_finding_set_proves (finding, NULL, _("That Amazon knows the key."));
    pd_check_set_fields (job, finding, "private-key", NULL);
    pd_check_job_take (job, finding);
    return;
  }
  summary = g_strdup_printf (_("The private key is usable: RSA with %u bits, not encrypted."), pd_key_get_bits (key));
  finding = pd_check_job_finding (job, PD_VERDICT_PASSED, summary);
  pd_finding_set_proves (finding, _("That calls can be signed with it."), _("That it belongs to the public key ID: “Signature” proves that."));
  pd_check_set_fields (job, finding, "private-key", NULL);
  pd_check_job_take (job, finding);
}

/* API v2: the prefix of the key ID alone picks the environment. */
void
pd_check_key_environment (PdCheckJob *job)
{
  const char      *id = pd_check_get_value (job, "public-key-id");
  gboolean         production = job->context->environment == PD_ENVIRONMENT_PRODUCTION;
  gboolean         sandbox_key;
  g_autofree char *summary = NULL;
  PdFinding       *finding;

  if (id == NULL) {
    if (g_hash_table_contains (job->context->secrets, pd_check_get_field_id (job, "private-key")))
      pd_check_job_skip (job, _("There is no public key ID to judge, as “Nothing Missing” says."), NULL);
    else
      skip_without_key (job);
    return;
  }
  sandbox_key = g_ascii_strncasecmp (id, "SANDBOX", 7) == 0;
  if (!sandbox_key && g_ascii_strncasecmp (id, "LIVE", 4) != 0) {
    finding = pd_check_job_finding (job, PD_VERDICT_PASSED,
                                    _("The public key ID has no prefix: keys from before 2022 serve the environment that the call names."));
    pd_finding_set_confidence (finding, PD_CONFIDENCE_LIKELY);
  } else if (sandbox_key == production) {
    summary = g_strdup_printf (sandbox_key ? _("The public key ID is one for the sandbox, but the environment is %s.")
                                           : _("The public key ID is one for production, but the environment is %s."),
                               pd_environment_get_label (job->context->environment));
    finding = pd_check_job_finding (job, PD_VERDICT_FAILED, summary);
    pd_finding_set_next_step (finding, production
                              ? _("Enter the key for production, or switch the environment to the sandbox.")
                              : _("Enter the key for the sandbox, or switch the environment to production."));
  } else {
    finding = pd_check_job_finding (job, PD_VERDICT_PASSED, _("The public key ID’s prefix agrees with the environment."));
  }
  pd_finding_set_value (finding, id);
  pd_finding_set_proves (finding, pd_finding_get_verdict (finding) == PD_VERDICT_PASSED ? _("That the key is one for this environment.") : NULL,
                         _("That Amazon knows the key."));
  pd_check_set_fields (job, finding, "public-key-id", NULL);
  pd_check_job_take (job, finding);
}
