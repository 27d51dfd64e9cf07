/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-keyring-call-private.h"
#include "pd-keyring-private.h"
#include "pd-secrets.h"

struct _PdSecrets
{
  GObject     parent_instance;
  GHashTable *pending; /* "profile/field" → PdSecretText */
  GQueue      jobs;    /* of Job, as they were asked for */
};

enum { PROP_0, PROP_N_PENDING, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, PENDING_STORED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdSecrets, pd_secrets, G_TYPE_OBJECT)

/* One call of the keyring; the task's data. It waits for earlier ones that it conflicts with, so that of two values stored one
 * after the other the later one stays, and a look-up sees what was stored before it. */
typedef struct {
  PdKeyringCallKind  kind;
  char              *profile; /* NULL: every profile */
  char              *field;   /* NULL: every field */
  PdSecretText      *value;
  GTask             *task;
  GSource           *on_cancel; /* while it waits */
  gboolean           is_running;
  gboolean           is_retry;
} Job;

static const char *const state_ids[] = {
  [PD_SECRET_UNKNOWN] = "unknown",
  [PD_SECRET_NO] = "no",
  [PD_SECRET_YES] = "yes",
  [PD_SECRET_LOST] = "lost",
  [PD_SECRET_PENDING] = "pending",
};

/**
 * pd_secret_state_to_id:
 * @state: what is known of a secret
 *
 * Returns: its final id, the "stored" of `paydeskctl show`
 */
const char *
pd_secret_state_to_id (PdSecretState state)
{
  return state_ids[state];
}

static char *
make_key (const char *profile,
          const char *field)
{
  return g_strconcat (profile, "/", field, NULL);
}

/* Whether @key is of that profile and field; NULL is any. */
static gboolean
key_matches (const char *key,
             const char *profile,
             const char *field)
{
  const char *slash = strchr (key, '/');
  gsize       length = (gsize) (slash - key);

  if (profile != NULL && (strlen (profile) != length || memcmp (key, profile, length) != 0))
    return FALSE;
  return field == NULL || g_str_equal (slash + 1, field);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->profile);
  g_free (job->field);
  g_clear_pointer (&job->value, pd_secret_text_unref);
  g_free (job);
}

static gboolean
is_write (const Job *job)
{
  return job->kind == PD_KEYRING_CALL_STORE || job->kind == PD_KEYRING_CALL_DELETE;
}

static gboolean
may_be_same (const char *a,
             const char *b)
{
  return a == NULL || b == NULL || g_str_equal (a, b);
}

static gboolean
is_conflict (const Job *a,
             const Job *b)
{
  return (is_write (a) || is_write (b)) && may_be_same (a->profile, b->profile) && may_be_same (a->field, b->field);
}

static void
stop_waiting (Job *job)
{
  if (job->on_cancel != NULL)
    g_source_destroy (job->on_cancel);
  g_clear_pointer (&job->on_cancel, g_source_unref);
}

static guint
drop_pending (PdSecrets  *self,
              const char *profile,
              const char *field)
{
  GHashTableIter iter;
  gpointer       key;
  guint          n_dropped = 0;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!key_matches (key, profile, field))
      continue;
    g_hash_table_iter_remove (&iter);
    n_dropped++;
  }
  if (n_dropped > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
  return n_dropped;
}

/* Of a retry, what was pending has been stored, unless something newer waits already; else, the newer value has taken its place. */
static void
settle_pending (PdSecrets *self,
                const Job *job)
{
  g_autofree char *key = job->field != NULL ? make_key (job->profile, job->field) : NULL;

  if (!is_write (job) || (job->is_retry && g_hash_table_lookup (self->pending, key) != job->value))
    return;
  drop_pending (self, job->profile, job->field);
  if (job->is_retry)
    g_signal_emit (self, signals[PENDING_STORED], 0, job->profile, job->field);
}

static void start_jobs (PdSecrets *self);

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Job                  *job = data;
  g_autoptr (GTask)     task = g_steal_pointer (&job->task);
  g_autoptr (PdSecrets) self = g_object_ref (g_task_get_source_object (task));
  g_autoptr (GError)    error = NULL;
  gboolean              changed;
  GPtrArray            *items = pd_keyring_call_finish (result, &changed, &error);

  g_queue_remove (&self->jobs, job);
  if (items != NULL)
    settle_pending (self, job);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0, job->profile, job->field);
  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  start_jobs (self);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Job               *job = data;
  g_autoptr (GTask)  task = g_steal_pointer (&job->task);
  PdSecrets         *self = g_task_get_source_object (task);

  stop_waiting (job);
  g_queue_remove (&self->jobs, job);
  g_task_return_error_if_cancelled (task);
  start_jobs (self);
  return G_SOURCE_REMOVE;
}

static void
start_jobs (PdSecrets *self)
{
  for (GList *l = self->jobs.head; l != NULL; l = l->next) {
    Job      *job = l->data;
    gboolean  must_wait = job->is_running;

    for (GList *earlier = self->jobs.head; earlier != l && !must_wait; earlier = earlier->next)
      must_wait = is_conflict (earlier->data, job);
    if (must_wait)
      continue;
    job->is_running = TRUE;
    stop_waiting (job);
    pd_keyring_call_async (job->kind, job->profile, job->field, job->value, g_task_get_cancellable (job->task), on_called, job);
  }
}

static void
run (PdSecrets           *self,
     PdKeyringCallKind    kind,
     const char          *profile,
     const char          *field,
     PdSecretText        *value,
     gboolean             is_retry,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, run);
  g_task_set_task_data (job->task, job, job_free);
  job->kind = kind;
  job->profile = g_strdup (profile);
  job->field = g_strdup (field);
  job->value = value != NULL ? pd_secret_text_ref (value) : NULL;
  job->is_retry = is_retry;
  g_queue_push_tail (&self->jobs, job);
  if (cancellable != NULL) {
    job->on_cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (job->on_cancel, G_SOURCE_FUNC (on_cancelled), job, NULL);
    g_source_attach (job->on_cancel, g_main_context_get_thread_default ());
  }
  start_jobs (self);
}

static GPtrArray *
finish (GAsyncResult  *result,
        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
pd_secrets_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PdSecrets *self = PD_SECRETS (object);

  switch (property_id) {
  case PROP_N_PENDING:
    g_value_set_uint (value, pd_secrets_get_n_pending (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
pd_secrets_finalize (GObject *object)
{
  PdSecrets *self = PD_SECRETS (object);

  g_hash_table_unref (self->pending);
  g_queue_clear (&self->jobs); /* empty: each job's task holds a reference */
  G_OBJECT_CLASS (pd_secrets_parent_class)->finalize (object);
}

static void
pd_secrets_class_init (PdSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pd_secrets_get_property;
  object_class->finalize = pd_secrets_finalize;

  properties[PROP_N_PENDING] =
    g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PdSecrets::changed:
   * @self: the secrets
   * @profile_id: (nullable): the profile; %NULL: any of them
   * @field_id: (nullable): the field; %NULL: any of them
   *
   * Something was stored, deleted, or is held in memory.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * PdSecrets::pending-stored:
   * @self: the secrets
   * @profile_id: the profile
   * @field_id: the field
   *
   * A value that waited in memory is in the keyring now.
   */
  signals[PENDING_STORED] = g_signal_new ("pending-stored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pd_secrets_init (PdSecrets *self)
{
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
  g_queue_init (&self->jobs);
}

PdSecrets *
pd_secrets_new (void)
{
  return g_object_new (PD_TYPE_SECRETS, NULL);
}

/**
 * pd_secrets_store_async:
 * @self: the secrets
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @value: what to store, without a line break
 * @cancellable: (nullable): ends it
 * @callback: called when the keyring has said so
 * @user_data: for @callback
 *
 * Stores without asking the person anything: a locked keyring is an error, and nothing changes. What is there already is not
 * stored again. A value that waited in memory for the same field has then been superseded.
 */
void
pd_secrets_store_async (PdSecrets           *self,
                        const char          *profile_id,
                        const char          *field_id,
                        PdSecretText        *value,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  const char *text = pd_secret_text_peek (value);

  if (strpbrk (text, "\r\n") != NULL || strlen (text) != pd_secret_text_get_length (value)) {
    g_task_report_new_error (self, callback, user_data, pd_secrets_store_async, PD_ERROR, PD_ERROR_BAD_INPUT,
                             _("A secret cannot hold a line break. Paste it again as one line."));
    return;
  }
  run (self, PD_KEYRING_CALL_STORE, profile_id, field_id, value, FALSE, cancellable, callback, user_data);
}

/**
 * pd_secrets_store_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*, or %PD_ERROR_BAD_INPUT
 *
 * Returns: whether the keyring has said that it is stored
 */
gboolean
pd_secrets_store_finish (PdSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (GPtrArray) items = finish (result, error);

  return items != NULL;
}

/**
 * pd_secrets_lookup_async:
 * @self: the secrets
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks a value up; one that waits for the keyring counts as there.
 */
void
pd_secrets_lookup_async (PdSecrets           *self,
                         const char          *profile_id,
                         const char          *field_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autofree char *key = make_key (profile_id, field_id);
  PdSecretText    *pending = g_hash_table_lookup (self->pending, key);

  if (pending != NULL) {
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, pd_secrets_lookup_async);
    g_task_return_pointer (task, pd_secret_text_ref (pending), (GDestroyNotify) pd_secret_text_unref);
    return;
  }
  run (self, PD_KEYRING_CALL_FETCH, profile_id, field_id, NULL, FALSE, cancellable, callback, user_data);
}

/**
 * pd_secrets_lookup_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error: certainly not there
 */
PdSecretText *
pd_secrets_lookup_finish (PdSecrets     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autoptr (GPtrArray) items = NULL;
  PdKeyringItem        *item;

  if (g_task_get_source_tag (G_TASK (result)) == pd_secrets_lookup_async)
    return g_task_propagate_pointer (G_TASK (result), error);
  items = finish (result, error);
  if (items == NULL || items->len == 0)
    return NULL;
  item = g_ptr_array_index (items, 0);
  return pd_secret_text_ref (item->value);
}

/**
 * pd_secrets_fetch_async:
 * @self: the secrets
 * @profile_id: a profile's id
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks all of a profile's values up, by one connection.
 */
void
pd_secrets_fetch_async (PdSecrets           *self,
                        const char          *profile_id,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  run (self, PD_KEYRING_CALL_FETCH, profile_id, NULL, NULL, FALSE, cancellable, callback, user_data);
}

/**
 * pd_secrets_fetch_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8 PdSecretText): field id → value of what is stored or waits in memory
 */
GHashTable *
pd_secrets_fetch_finish (PdSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (GPtrArray) items = finish (result, error);
  Job                  *job = g_task_get_task_data (G_TASK (result));
  GHashTable           *values;
  GHashTableIter        iter;
  gpointer              key;
  gpointer              value;

  if (items == NULL)
    return NULL;
  values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
  for (guint i = 0; i < items->len; i++) {
    PdKeyringItem *item = g_ptr_array_index (items, i);

    g_hash_table_insert (values, g_strdup (item->field), pd_secret_text_ref (item->value));
  }
  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (key_matches (key, job->profile, NULL))
      g_hash_table_insert (values, g_strdup (strchr (key, '/') + 1), pd_secret_text_ref (value));
  }
  return values;
}

void
pd_secrets_delete_async (PdSecrets           *self,
                         const char          *profile_id,
                         const char          *field_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  run (self, PD_KEYRING_CALL_DELETE, profile_id, field_id, NULL, FALSE, cancellable, callback, user_data);
}

/**
 * pd_secrets_delete_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*: nothing was deleted
 *
 * Returns: whether it is gone, or was not there
 */
gboolean
pd_secrets_delete_finish (PdSecrets     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autoptr (GPtrArray) items = finish (result, error);

  return items != NULL;
}

void
pd_secrets_delete_all_async (PdSecrets           *self,
                             const char          *profile_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  run (self, PD_KEYRING_CALL_DELETE, profile_id, NULL, NULL, FALSE, cancellable, callback, user_data);
}

gboolean
pd_secrets_delete_all_finish (PdSecrets     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return pd_secrets_delete_finish (self, result, error);
}

void
pd_secrets_list_async (PdSecrets           *self,
                       const char          *profile_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  run (self, PD_KEYRING_CALL_LIST, profile_id, NULL, NULL, FALSE, cancellable, callback, user_data);
}

/**
 * pd_secrets_list_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the ids of the fields that have an item, as a set
 */
GHashTable *
pd_secrets_list_finish (PdSecrets     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_autoptr (GPtrArray) items = finish (result, error);
  GHashTable           *fields;

  if (items == NULL)
    return NULL;
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < items->len; i++) {
    PdKeyringItem *item = g_ptr_array_index (items, i);

    g_hash_table_add (fields, g_strdup (item->field));
  }
  return fields;
}

void
pd_secrets_list_all_async (PdSecrets           *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  run (self, PD_KEYRING_CALL_LIST, NULL, NULL, NULL, FALSE, cancellable, callback, user_data);
}

/**
 * pd_secrets_list_all_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: one of PD_ERROR_KEYRING_*
 *
 * Returns: (transfer full) (nullable) (element-type utf8): "profile/field" of every item of ours
 */
GPtrArray *
pd_secrets_list_all_finish (PdSecrets     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (GPtrArray) items = finish (result, error);
  GPtrArray            *all;

  if (items == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < items->len; i++) {
    PdKeyringItem *item = g_ptr_array_index (items, i);

    g_ptr_array_add (all, make_key (item->profile, item->field));
  }
  return all;
}

guint
pd_secrets_get_n_pending (PdSecrets *self)
{
  return g_hash_table_size (self->pending);
}

gboolean
pd_secrets_is_pending (PdSecrets  *self,
                       const char *profile_id,
                       const char *field_id)
{
  g_autofree char *key = make_key (profile_id, field_id);

  return g_hash_table_contains (self->pending, key);
}

/**
 * pd_secrets_hold:
 * @self: the secrets
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @value: what the keyring could not take
 *
 * Keeps the value in the wiped heap until pd_secrets_retry_async() has stored it, or the program ends.
 */
void
pd_secrets_hold (PdSecrets    *self,
                 const char   *profile_id,
                 const char   *field_id,
                 PdSecretText *value)
{
  g_hash_table_insert (self->pending, make_key (profile_id, field_id), pd_secret_text_ref (value));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
  g_signal_emit (self, signals[CHANGED], 0, profile_id, field_id);
}

/**
 * pd_secrets_drop_pending:
 * @self: the secrets
 * @profile_id: (nullable): a profile's id; %NULL: of every profile
 * @field_id: (nullable): a field's id; %NULL: of every field
 *
 * Lets go of what waits for the keyring.
 */
void
pd_secrets_drop_pending (PdSecrets  *self,
                         const char *profile_id,
                         const char *field_id)
{
  if (drop_pending (self, profile_id, field_id) > 0)
    g_signal_emit (self, signals[CHANGED], 0, profile_id, field_id);
}

static void store_next_pending (GTask *task);

static void
on_pending_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  GTask             *task = data;
  g_autoptr (GError) error = NULL;

  if (pd_secrets_store_finish (PD_SECRETS (source), result, &error)) {
    store_next_pending (task);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
    g_object_unref (task);
  }
}

static void
store_next_pending (GTask *task)
{
  PdSecrets     *self = g_task_get_source_object (task);
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->pending);
  if (g_hash_table_iter_next (&iter, &key, &value)) {
    g_auto (GStrv) parts = g_strsplit (key, "/", 2);

    run (self, PD_KEYRING_CALL_STORE, parts[0], parts[1], value, TRUE, g_task_get_cancellable (task), on_pending_stored, task);
    return;
  }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* What could not be read while the keyring was locked can be now. */
static void
on_unlocked (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GTask  *task = data;
  GError *error = NULL;

  if (!pd_keyring_unlock_finish (result, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  g_signal_emit (g_task_get_source_object (task), signals[CHANGED], 0, NULL, NULL);
  store_next_pending (task);
}

/**
 * pd_secrets_retry_async:
 * @self: the secrets
 * @cancellable: (nullable): ends it, also while the person is being asked
 * @callback: called when everything is stored, or cannot be
 * @user_data: for @callback
 *
 * Has the desktop ask the person to unlock, or create, the keyring where that is needed, and stores what waits. This is the only
 * call that asks, and it waits for the person without limit.
 */
void
pd_secrets_retry_async (PdSecrets           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_secrets_retry_async);
  pd_keyring_unlock_async (cancellable, on_unlocked, task);
}

gboolean
pd_secrets_retry_finish (PdSecrets     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pd_secrets_describe_backend:
 * @self: the secrets
 *
 * Returns: (transfer full): where secrets are kept, for `paydeskctl doctor`
 */
char *
pd_secrets_describe_backend (PdSecrets *self)
{
  if (pd_keyring_uses_file ())
    return g_strdup (_("an encrypted file of libsecret’s, whose key the Secret portal keeps"));
  return g_strdup (_("the desktop’s Secret Service, items of the schema org.paydesk.Secret"));
}
