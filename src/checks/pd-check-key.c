/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-check-private.h"
#include "pd-explain.h"
#include "pd-signer.h"

static GPtrArray *
single (PdFinding *finding)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (findings, finding);
  return findings;
}

/* Does what it signs verify? */
static gboolean
signs (PdKey *key)
{
  static const char text[] = "Paydesk";
  const int         salt = pd_algorithm_get_salt (PD_ALGORITHM_PSS_V2);
  g_autoptr (GBytes) signature = pd_key_sign_pss (key, salt, text, strlen (text), NULL);

  return signature != NULL && pd_key_verify_pss (key, salt, text, strlen (text), signature);
}

static PdFinding *
judge_key (const PdCheck  *check,
           PdCheckContext *context)
{
  static const char *const blamed[] = { "private-key", NULL };
  const GError            *error;
  PdKey                   *key = pd_check_context_get_key (context, &error);
  g_autofree char         *fingerprint = NULL;
  g_autofree char         *text = NULL;
  PdFinding               *finding;

  if (key == NULL || !signs (key)) {
    finding = pd_finding_new (check->id, PD_VERDICT_FAILED, error != NULL ? error->message : _("The private key does not sign."));
    pd_finding_set_proves (finding, _("That nothing can be signed with what is stored."), NULL);
    pd_finding_set_next_step (finding, _("Choose the file that Seller Central offered when the key was made, AmazonPay_….pem. "
                                         "If it is lost, make a new key."));
    pd_check_context_blame (context, finding, blamed);
    return finding;
  }
  fingerprint = pd_key_get_fingerprint (key);
  text = g_strdup_printf (_("The private key is usable: RSA, %u bits."), pd_key_get_bits (key));
  finding = pd_finding_new (check->id, PD_VERDICT_PASSED, text);
  g_free (text);
  text = g_strdup_printf (_("What it signs verifies. The fingerprint of its public half (SHA-256) is %s."), fingerprint);
  pd_finding_set_proves (finding, text, _("That Amazon has its public half under this shop’s key ID: the check “Signature” shows that."));
  pd_check_context_blame (context, finding, blamed);
  return finding;
}

/**
 * pd_check_key_pair_judge:
 * @check: the row
 * @context: the run
 *
 * Is the private key usable: RSA, at least 2048 bits, not encrypted, not a public key?
 *
 * Returns: (transfer full) (element-type PdFinding): one
 */
GPtrArray *
pd_check_key_pair_judge (const PdCheck  *check,
                         PdCheckContext *context)
{
  PdFinding *finding;

  if (pd_check_context_get_secret (context, "private-key") != NULL)
    return single (judge_key (check, context));
  if (!pd_check_context_has_own_key (context))
    return single (pd_check_context_no_key (context, check->id));
  if (context->secrets_error != NULL) {
    finding = pd_finding_new (check->id, PD_VERDICT_UNDETERMINED, _("The private key could not be judged: the keyring did not give it."));
    pd_finding_set_next_step (finding, context->secrets_error->message);
    pd_explain_blame_error (finding, context->secrets_error);
    return single (finding);
  }
  return single (pd_check_context_half_key (context, check->id));
}

/* API v2, "Signing requests": the key ID's prefix picks the environment, in any case of letters. */
static gboolean
get_key_environment (const char    *key_id,
                     PdEnvironment *environment)
{
  if (g_ascii_strncasecmp (key_id, "SANDBOX", strlen ("SANDBOX")) == 0)
    *environment = PD_ENVIRONMENT_SANDBOX;
  else if (g_ascii_strncasecmp (key_id, "LIVE", strlen ("LIVE")) == 0)
    *environment = PD_ENVIRONMENT_PRODUCTION;
  else
    return FALSE;
  return TRUE;
}

static PdFinding *
describe_mismatch (const PdCheck  *check,
                   PdCheckContext *context,
                   PdEnvironment   environment)
{
  static const char *const blamed[] = { "public-key-id", "environment", NULL };
  g_autofree char         *text = NULL;
  PdFinding               *finding;

  text = g_strdup_printf (_("The public key ID belongs to the environment “%s”, but the tests go to “%s”."),
                          pd_environment_get_label (environment), pd_environment_get_label (context->environment));
  finding = pd_finding_new (check->id, PD_VERDICT_FAILED, text);
  g_free (text);
  text = g_strdup_printf (_("Enter a key of the environment “%s”, or run the checks in “%s”."),
                          pd_environment_get_label (context->environment), pd_environment_get_label (environment));
  pd_finding_set_proves (finding, _("That a signature with this key would be refused there: nothing is signed."), NULL);
  pd_finding_set_next_step (finding, text);
  pd_check_context_blame (context, finding, blamed);
  return finding;
}

/**
 * pd_check_key_environment_judge:
 * @check: the row
 * @context: the run
 *
 * Does the key ID's prefix agree with the environment? The practice endpoint plays the sandbox for the shops made for it; for any
 * other shop's key it plays whichever environment the key belongs to.
 *
 * Returns: (transfer full) (element-type PdFinding): one
 */
GPtrArray *
pd_check_key_environment_judge (const PdCheck  *check,
                                PdCheckContext *context)
{
  static const char *const judged[] = { "public-key-id", NULL };
  const char              *key_id = pd_check_context_get_text (context, "public-key-id");
  PdEnvironment            environment;
  PdFinding               *finding;

  if (!pd_check_context_has_own_key (context))
    return single (pd_check_context_no_key (context, check->id));
  if (*key_id == '\0')
    return single (pd_check_context_half_key (context, check->id));
  if (!get_key_environment (key_id, &environment)) {
    finding = pd_finding_new (check->id, PD_VERDICT_SKIPPED,
                              _("The public key ID has no prefix: to which environment it belongs, only a test call shows."));
    pd_check_context_blame (context, finding, judged);
    return single (finding);
  }
  if (context->environment == PD_ENVIRONMENT_PRACTICE && (environment == PD_ENVIRONMENT_SANDBOX || context->form_only)) {
    finding = pd_finding_new (check->id, PD_VERDICT_PASSED, _("The practice endpoint takes a key of this environment."));
  } else if (environment != context->environment) {
    return single (describe_mismatch (check, context, environment));
  } else {
    finding = pd_finding_new (check->id, PD_VERDICT_PASSED, _("The public key ID belongs to the chosen environment."));
  }
  pd_finding_set_proves (finding, _("Only that the prefix agrees."), _("That Amazon knows the key ID."));
  pd_check_context_blame (context, finding, judged);
  return single (finding);
}
