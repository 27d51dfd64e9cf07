/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-tester.h"

#include <glib/gi18n.h>

#include "pd-check.h"
#include "pd-practice-shop.h"

/**
 * PdTester:
 *
 * Runs checks on shops, one run at a time for each; a run goes on while another shop is looked at. Nothing here is made
 * before the first run is asked for, so that a window that tests nothing never touches the network.
 *
 * Signal "changed" (char *profile_id): a run began, went on or ended.
 */
struct _PdTester
{
  GObject           parent_instance;
  PdDesk           *desk;
  PdVerdicts       *verdicts;
  PdEndpoints      *endpoints;
  PdClient         *client;
  PdRunner         *runner;
  PdPracticeServer *practice;
  GHashTable       *sessions; /* profile id → Session */
};

typedef struct
{
  PdProfile    *profile;
  GCancellable *cancellable; /* while busy */
  PdRun        *run;
  char         *trouble;
  PdEnvironment environment;
  gboolean      allow_create;
  char        **only; /* NULL: every check */
} Session;

/* One run on its way through the steps. */
typedef struct
{
  PdTester     *self;
  Session      *session; /* stays in the table as long as the tester */
  GCancellable *cancellable;
} Step;

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdTester, pd_tester, G_TYPE_OBJECT)

static void
session_free (gpointer data)
{
  Session *session = data;

  if (session->cancellable != NULL)
    g_cancellable_cancel (session->cancellable);
  g_clear_object (&session->cancellable);
  g_clear_object (&session->run);
  g_clear_object (&session->profile);
  g_free (session->trouble);
  g_strfreev (session->only);
  g_free (session);
}

static void
step_free (Step *step)
{
  g_clear_object (&step->cancellable);
  g_object_unref (step->self);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static Session *
get_session (PdTester  *self,
             PdProfile *profile)
{
  const char *id = pd_profile_get_id (profile);
  Session *session = g_hash_table_lookup (self->sessions, id);

  if (session == NULL) {
    session = g_new0 (Session, 1);
    session->profile = g_object_ref (profile);
    g_hash_table_insert (self->sessions, g_strdup (id), session);
  }
  return session;
}

static void
tell (PdTester *self,
      Session  *session)
{
  g_signal_emit (self, signals[CHANGED], 0, pd_profile_get_id (session->profile));
}

static void
end (PdTester   *self,
     Session    *session,
     const char *trouble)
{
  g_clear_object (&session->cancellable);
  g_free (session->trouble);
  session->trouble = g_strdup (trouble);
  tell (self, session);
}

/* Whether the run was given up, or another one was begun after it was. */
static gboolean
is_over (Step *step)
{
  return step->cancellable != step->session->cancellable || g_cancellable_is_cancelled (step->cancellable);
}

static gboolean
make_client (PdTester  *self,
             GError   **error)
{
  if (self->runner != NULL)
    return TRUE;
  if (self->endpoints == NULL && (self->endpoints = pd_endpoints_new (error)) == NULL)
    return FALSE;
  self->client = pd_client_new (self->endpoints);
  self->runner = pd_runner_new (self->client);
  return TRUE;
}

static PdPracticeMerchant *
get_merchant (PdTester   *self,
              PdProfile  *profile,
              GHashTable *secrets,
              gboolean   *form_only)
{
  PdSecretText *text = secrets != NULL ? g_hash_table_lookup (secrets, "private-key") : NULL;
  g_autoptr (PdKey) key = text != NULL
                          ? pd_key_new_private (pd_secret_text_peek (text), pd_secret_text_get_length (text), NULL) : NULL;

  return pd_practice_shop_get_merchant (pd_desk_get_store (self->desk), profile, key, form_only);
}

static void
on_run_ended (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = pd_runner_run_finish (PD_RUNNER (source), result, &error);

  if (step->cancellable != step->session->cancellable && step->session->cancellable != NULL)
    return;
  /* Some checks are no verdict on the shop, and nothing to compare with. */
  if (step->session->run != NULL && step->session->only == NULL)
    pd_verdicts_remember (step->self->verdicts, step->session->profile, step->session->run);
  end (step->self, step->session,
       done || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);
}

static void
on_secrets (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) secrets = pd_desk_fetch_secrets_finish (PD_DESK (source), result, &error);
  PdTester *self = step->self;
  Session *session = step->session;
  PdRunOptions options = {
    .environment = session->environment,
    .allow_create = session->allow_create,
    .only = (const char *const *) session->only,
    .data_dir = pd_store_get_dir (pd_desk_get_store (PD_DESK (source))),
  };

  if (is_over (step))
    return;
  if (session->environment == PD_ENVIRONMENT_PRACTICE && self->practice != NULL) {
    g_autoptr (PdPracticeMerchant) merchant = get_merchant (self, session->profile, secrets, &options.form_only);

    if (merchant != NULL) {
      g_auto (GStrv) hosts = pd_practice_merchant_list_hosts (merchant);

      pd_practice_shop_add_secrets (merchant, session->profile, secrets);
      pd_practice_server_enrol (self->practice, merchant);
      pd_endpoints_add_practice_hosts (self->endpoints, (const char *const *) hosts);
    }
  }
  g_clear_object (&session->run);
  session->run = pd_runner_run_async (self->runner, session->profile, secrets, error, &options, step->cancellable,
                                      on_run_ended, step);
  tell (self, session);
  step = NULL;
}

static void
fetch_secrets (Step *step)
{
  pd_desk_fetch_secrets_async (step->self->desk, step->session->profile, step->cancellable, on_secrets, step);
}

static void
on_practice_started (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  PdPracticeServer *server = PD_PRACTICE_SERVER (source);
  PdTester *self = step->self;

  if (!pd_practice_server_start_finish (server, result, &error)) {
    if (!is_over (step))
      end (self, step->session, error->message);
    return;
  }
  if (self->practice == NULL) {
    self->practice = g_object_ref (server);
    pd_endpoints_set_practice (self->endpoints, pd_practice_server_get_url (server), pd_practice_server_get_ca_pem (server));
  }
  if (!is_over (step))
    fetch_secrets (g_steal_pointer (&step));
}

static void
pd_tester_dispose (GObject *object)
{
  PdTester *self = PD_TESTER (object);

  g_hash_table_remove_all (self->sessions);
  if (self->practice != NULL)
    pd_practice_server_stop (self->practice);
  g_clear_object (&self->practice);
  g_clear_object (&self->runner);
  g_clear_object (&self->client);
  g_clear_object (&self->endpoints);
  g_clear_object (&self->verdicts);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (pd_tester_parent_class)->dispose (object);
}

static void
pd_tester_finalize (GObject *object)
{
  g_hash_table_unref (PD_TESTER (object)->sessions);
  G_OBJECT_CLASS (pd_tester_parent_class)->finalize (object);
}

static void
pd_tester_class_init (PdTesterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_tester_dispose;
  object_class->finalize = pd_tester_finalize;
  signals[CHANGED] = g_signal_new ("changed", PD_TYPE_TESTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pd_tester_init (PdTester *self)
{
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, session_free);
}

PdTester *
pd_tester_new (PdDesk     *desk,
               PdVerdicts *verdicts)
{
  PdTester *self = g_object_new (PD_TYPE_TESTER, NULL);

  self->desk = g_object_ref (desk);
  self->verdicts = g_object_ref (verdicts);
  return self;
}

PdVerdicts *
pd_tester_get_verdicts (PdTester *self)
{
  return self->verdicts;
}

/* Whether PAYDESK_ENDPOINTS sends the calls elsewhere: the window says so. */
gboolean
pd_tester_is_rehearsal (PdTester *self)
{
  if (self->endpoints == NULL)
    self->endpoints = pd_endpoints_new (NULL);
  return self->endpoints != NULL && pd_endpoints_is_rehearsal (self->endpoints);
}

/**
 * pd_tester_start:
 * @self: the tester
 * @profile: a shop
 * @only: (nullable): ids of the checks to run; %NULL for every check that applies
 * @allow_create: whether the store-id check may create a session in production; the operator was asked
 *
 * Runs checks, in the shop's environment.
 */
void
pd_tester_start (PdTester          *self,
                 PdProfile         *profile,
                 const char *const *only,
                 gboolean           allow_create)
{
  Session *session = get_session (self, profile);
  g_autoptr (GError) error = NULL;
  Step *step;

  if (session->cancellable != NULL)
    return;
  g_clear_pointer (&session->trouble, g_free);
  g_clear_object (&session->run);
  session->environment = pd_profile_get_environment (profile);
  session->allow_create = allow_create;
  g_strfreev (session->only);
  session->only = g_strdupv ((char **) only);
  if (!make_client (self, &error)) {
    end (self, session, error->message);
    return;
  }
  session->cancellable = g_cancellable_new ();
  step = g_new0 (Step, 1);
  step->self = g_object_ref (self);
  step->session = session;
  step->cancellable = g_object_ref (session->cancellable);
  tell (self, session);
  if (session->environment == PD_ENVIRONMENT_PRACTICE && self->practice == NULL) {
    g_autoptr (PdPracticeServer) server = pd_practice_server_new ();

    pd_practice_server_start_async (server, 0, step->cancellable, on_practice_started, step);
  } else {
    fetch_secrets (step);
  }
}

/* Ends a run at once; what was found so far stays. */
void
pd_tester_cancel (PdTester  *self,
                  PdProfile *profile)
{
  Session *session = get_session (self, profile);

  if (session->cancellable == NULL)
    return;
  g_cancellable_cancel (session->cancellable);
  end (self, session, NULL);
}

gboolean
pd_tester_is_busy (PdTester  *self,
                   PdProfile *profile)
{
  return get_session (self, profile)->cancellable != NULL;
}

/* (nullable) (transfer none): the run under way, or the last one of this session. */
PdRun *
pd_tester_get_run (PdTester  *self,
                   PdProfile *profile)
{
  return get_session (self, profile)->run;
}

/* (nullable) (transfer none): ids of the checks that the run under way, or the last one, was confined to. */
const char *const *
pd_tester_get_only (PdTester  *self,
                    PdProfile *profile)
{
  return (const char *const *) get_session (self, profile)->only;
}

/* (nullable) (transfer none): why there was no run. */
const char *
pd_tester_get_trouble (PdTester  *self,
                       PdProfile *profile)
{
  return get_session (self, profile)->trouble;
}

/**
 * pd_tester_dup_registered:
 * @self: the tester
 * @profile: a shop
 * @field_id: a field's id
 *
 * Returns: (transfer full) (nullable): what the practice endpoint has registered for a practice shop, where that differs
 *   from its value
 */
char *
pd_tester_dup_registered (PdTester   *self,
                          PdProfile  *profile,
                          const char *field_id)
{
  gboolean form_only = FALSE;
  g_autoptr (PdPracticeMerchant) merchant = get_merchant (self, profile, NULL, &form_only);
  const struct { const char *field; const char *value; } known[] = {
    { "seller-id", merchant != NULL ? merchant->merchant_id : NULL },
    { "client-id", merchant != NULL ? merchant->store_id : NULL },
    { "public-key-id", merchant != NULL ? merchant->public_key_id : NULL },
    { "access-key-id", merchant != NULL ? merchant->access_key_id : NULL },
  };

  for (guint i = 0; merchant != NULL && !form_only && i < G_N_ELEMENTS (known); i++) {
    if (g_str_equal (known[i].field, field_id) && known[i].value != NULL &&
        !g_str_equal (known[i].value, pd_profile_get_text (profile, field_id)))
      return g_strdup (known[i].value);
  }
  return NULL;
}
