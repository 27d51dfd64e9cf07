/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-verdicts.h"

#include "pd-run-compare.h"
#include "pd-run-store.h"

/**
 * PdVerdicts:
 *
 * What the last run of checks said of each shop: kept beside its profile, and read when the shop is first looked at.
 * The document holds what a finding shows, with secrets masked.
 *
 * Signals: "changed" (char *profile_id); "kept": a run is in the history now.
 */
struct _PdVerdicts
{
  GObject     parent_instance;
  PdStore    *store;
  GHashTable *known; /* profile id → Known; asked for counts as known */
};

typedef struct
{
  gboolean    judged;
  PdVerdict   verdict;
  GDateTime  *when;
  JsonObject *revisions; /* of the fields when it began; NULL where they were not noted */
} Known;

enum {
  CHANGED,
  KEPT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdVerdicts, pd_verdicts, G_TYPE_OBJECT)

static void
known_free (gpointer data)
{
  Known *known = data;

  g_clear_pointer (&known->when, g_date_time_unref);
  g_clear_pointer (&known->revisions, json_object_unref);
  g_free (known);
}

typedef struct
{
  PdVerdicts *self;
  char       *id;
} Reading;

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (PdVerdicts) self = reading->self;
  g_autofree char *id = reading->id;
  Known *known = g_hash_table_lookup (self->known, id);
  PdVerdict verdict;
  GDateTime *when = NULL;
  JsonObject *revisions = NULL;

  g_free (reading);
  if (!pd_run_store_load_summary_finish (result, &verdict, &when, &revisions, NULL))
    return;
  /* A run may have ended while the file was read: that one is newer. */
  if (known == NULL || known->judged) {
    g_clear_pointer (&when, g_date_time_unref);
    g_clear_pointer (&revisions, json_object_unref);
    return;
  }
  known->judged = TRUE;
  known->verdict = verdict;
  known->when = when;
  known->revisions = revisions;
  g_signal_emit (self, signals[CHANGED], 0, id);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PdVerdicts) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Not worth an error on screen: the run itself is still shown. */
  if (pd_run_store_save_finish (result, &error))
    g_signal_emit (self, signals[KEPT], 0);
  else
    g_debug ("what the run said was not kept: %s", error->message);
}

static void
pd_verdicts_dispose (GObject *object)
{
  PdVerdicts *self = PD_VERDICTS (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (pd_verdicts_parent_class)->dispose (object);
}

static void
pd_verdicts_finalize (GObject *object)
{
  PdVerdicts *self = PD_VERDICTS (object);

  g_hash_table_unref (self->known);
  G_OBJECT_CLASS (pd_verdicts_parent_class)->finalize (object);
}

static void
pd_verdicts_class_init (PdVerdictsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_verdicts_dispose;
  object_class->finalize = pd_verdicts_finalize;

  signals[CHANGED] = g_signal_new ("changed", PD_TYPE_VERDICTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[KEPT] = g_signal_new ("kept", PD_TYPE_VERDICTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_verdicts_init (PdVerdicts *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
}

PdVerdicts *
pd_verdicts_new (PdStore *store)
{
  PdVerdicts *self = g_object_new (PD_TYPE_VERDICTS, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * pd_verdicts_lookup:
 * @self: the verdicts
 * @profile: a shop
 * @verdict: (out): what the last run said
 * @when: (out) (optional) (transfer none): when it began
 *
 * Where this is not known yet, it is read meanwhile, and "changed" tells of it.
 *
 * Returns: whether anything is known
 */
gboolean
pd_verdicts_lookup (PdVerdicts *self,
                    PdProfile  *profile,
                    PdVerdict  *verdict,
                    GDateTime **when)
{
  const char *id = pd_profile_get_id (profile);
  Known *known = g_hash_table_lookup (self->known, id);

  if (known == NULL) {
    Reading *reading = g_new0 (Reading, 1);

    known = g_new0 (Known, 1);
    g_hash_table_insert (self->known, g_strdup (id), known);
    reading->self = g_object_ref (self);
    reading->id = g_strdup (id);
    pd_run_store_load_summary_async (pd_store_get_dir (self->store), id, NULL, on_read, reading);
  }
  if (!known->judged)
    return FALSE;
  *verdict = known->verdict;
  if (when != NULL)
    *when = known->when;
  return TRUE;
}

/* Whether no setting has changed since the run. */
static gboolean
is_current (Known     *known,
            PdProfile *profile)
{
  g_autoptr (JsonNode) now = pd_profile_dup_revisions (profile);
  g_autoptr (GPtrArray) changed = NULL;

  if (known->revisions == NULL)
    return FALSE;
  changed = pd_run_list_changed_settings (known->revisions, json_node_get_object (now), NULL);
  return changed->len == 0;
}

/**
 * pd_verdicts_get_last:
 * @self: the verdicts
 * @profile: a shop
 * @last: (out caller-allocates): its last run, as the guide wants to know of it
 *
 * Returns: whether there is one, as pd_verdicts_lookup() has it
 */
gboolean
pd_verdicts_get_last (PdVerdicts *self,
                      PdProfile  *profile,
                      PdGuideRun *last)
{
  if (!pd_verdicts_lookup (self, profile, &last->verdict, NULL))
    return FALSE;
  last->is_current = is_current (g_hash_table_lookup (self->known, pd_profile_get_id (profile)), profile);
  return TRUE;
}

/**
 * pd_verdicts_remember:
 * @self: the verdicts
 * @profile: the shop
 * @run: a run that has ended
 *
 * Keeps what @run said, here and beside the profile.
 */
void
pd_verdicts_remember (PdVerdicts *self,
                      PdProfile  *profile,
                      PdRun      *run)
{
  const char *id = pd_profile_get_id (profile);

  pd_run_store_save_async (pd_store_get_dir (self->store), run, NULL, on_written, g_object_ref (self));
  /* Part of the checks, or another server's word, would say too much of the shop. */
  if (pd_run_get_flags (run) == 0) {
    Known *known = g_new0 (Known, 1);

    known->judged = TRUE;
    known->verdict = pd_run_get_verdict (run);
    known->when = g_date_time_ref (pd_run_get_started (run));
    if (pd_run_get_revisions (run) != NULL)
      known->revisions = json_object_ref (pd_run_get_revisions (run));
    g_hash_table_replace (self->known, g_strdup (id), known);
  }
  g_signal_emit (self, signals[CHANGED], 0, id);
}
