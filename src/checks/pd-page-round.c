/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-page-round.h"
#include "pd-url-private.h"

#define MAX_SERVERS 4 /* at once */

/* One page, and what was found. */
typedef struct {
  PdPageRound *round;
  PdPage       page;
  char        *value;
  char        *origin;
  PdFinding   *finding;
} Entry;

/* The task's data. */
struct _PdPageRound
{
  const PdCheck  *check;
  PdCheckContext *context;
  PdVisitFollow   follow;
  PdPageJudge     judge;
  GTask          *task;
  GPtrArray      *entries;
  GHashTable     *busy; /* origins that are being visited */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->value);
  g_free (entry->origin);
  g_clear_object (&entry->finding);
  g_free (entry);
}

static void
round_free (gpointer data)
{
  PdPageRound *self = data;

  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->busy);
  g_free (self);
}

/* With the last finding the check ends. */
static void
finish (PdPageRound *self)
{
  GTask     *task = self->task;
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (findings, g_object_ref (((Entry *) g_ptr_array_index (self->entries, i))->finding));
  g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

/* The other pages of a server that could not be reached fare as this one did, and it is not asked again. */
static void
spread (PdPageRound *self,
        Entry       *entry,
        PdVisit     *visit)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *other = g_ptr_array_index (self->entries, i);

    if (other->finding == NULL && g_strcmp0 (other->origin, entry->origin) == 0)
      other->finding = pd_page_remedy_apply (self->context, &other->page, visit);
  }
}

static void advance (PdPageRound *self);

static void
on_visited (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Entry               *entry = data;
  PdPageRound         *self = entry->round;
  g_autoptr (PdVisit)  visit = pd_visit_finish (result);

  entry->finding = pd_page_remedy_apply (self->context, &entry->page, visit);
  if (entry->finding == NULL)
    entry->finding = self->judge (self->context, &entry->page, visit);
  if (pd_page_remedy_is_of_server (visit))
    spread (self, entry, visit);
  g_hash_table_remove (self->busy, entry->origin);
  advance (self);
}

static void
advance (PdPageRound *self)
{
  gboolean open = FALSE;

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry->finding != NULL)
      continue;
    open = TRUE;
    if (g_hash_table_size (self->busy) >= MAX_SERVERS || g_hash_table_contains (self->busy, entry->origin))
      continue;
    g_hash_table_add (self->busy, entry->origin);
    pd_visit_async (self->context->client, self->context->environment, entry->value, self->follow,
                    g_task_get_cancellable (self->task), on_visited, entry);
  }
  if (!open)
    finish (self);
}

/**
 * pd_page_round_new:
 * @check: the row
 * @context: the run
 * @follow: which redirects are followed
 * @judge: judges an answer whose status is good
 * @task: (transfer full): returns the findings
 *
 * Returns: (transfer none): a round, which @task keeps; pd_page_round_start() has to follow
 */
PdPageRound *
pd_page_round_new (const PdCheck  *check,
                   PdCheckContext *context,
                   PdVisitFollow   follow,
                   PdPageJudge     judge,
                   GTask          *task)
{
  PdPageRound *self = g_new0 (PdPageRound, 1);

  self->check = check;
  self->context = context;
  self->follow = follow;
  self->judge = judge;
  self->task = task;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->busy = g_hash_table_new (g_str_hash, g_str_equal);
  g_task_set_task_data (task, self, round_free);
  return self;
}

/**
 * pd_page_round_add:
 * @self: a round
 * @kind: what the page is for
 * @field_id: the field that has it, as it serves in the environment of the run
 * @value: its address
 */
void
pd_page_round_add (PdPageRound *self,
                   PdPageKind   kind,
                   const char  *field_id,
                   const char  *value)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->round = self;
  entry->value = g_strdup (value);
  entry->page = (PdPage) { self->check->id, kind, field_id, entry->value };
  entry->finding = pd_page_remedy_screen (self->context, &entry->page);
  entry->origin = pd_url_get_origin (value);
  if (entry->origin == NULL)
    entry->origin = g_strdup (value);
  g_ptr_array_add (self->entries, entry);
}

/**
 * pd_page_round_start:
 * @self: a round
 * @nothing: what to say where there is no page, translated
 * @next_step: what to do then, translated
 * @field_id: the field that would have it
 *
 * Visits the pages; the task returns a finding for each, in the order in which they were added.
 */
void
pd_page_round_start (PdPageRound *self,
                     const char  *nothing,
                     const char  *next_step,
                     const char  *field_id)
{
  if (self->entries->len == 0) {
    PdFinding *finding = pd_finding_new (self->check->id, PD_VERDICT_SKIPPED, nothing);

    pd_finding_set_next_step (finding, next_step);
    pd_check_context_point_to (self->context, finding, field_id, TRUE);
    pd_check_return_finding (self->task, finding);
    return;
  }
  advance (self);
}
