/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-undo.h"

/* Edits of one field that follow each other within this time are one step (microseconds). */
#define BURST (G_USEC_PER_SEC)

/* More steps than a person goes back; the oldest are dropped. */
#define MAX_STEPS 1000

typedef struct {
  GPtrArray *changes;
  gint64     last_edit;
  gboolean   closed;   /* takes no further edits */
} Step;

struct _PdUndo
{
  GPtrArray *steps;
  guint      done;     /* the first that many steps are in force, the rest can be redone */
  guint      nesting;
  gboolean   grouped;  /* the step of the present group has been made */
};

static void
step_free (Step *step)
{
  g_ptr_array_unref (step->changes);
  g_free (step);
}

/**
 * pd_change_new:
 * @section: a static string: the member of the document, or "" for the document itself
 * @field: the field's id
 * @before: (transfer full) (nullable): what stood there
 * @after: (transfer full) (nullable): what stands there now
 *
 * Returns: (transfer full): a new change
 */
PdChange *
pd_change_new (const char *section,
               const char *field,
               JsonNode   *before,
               JsonNode   *after)
{
  PdChange *self = g_new0 (PdChange, 1);

  self->section = section;
  self->field = g_strdup (field);
  self->before = before;
  self->after = after;
  return self;
}

/**
 * pd_change_new_secret:
 * @field: the field's id
 * @before: (nullable): the secret's old value
 * @after: (nullable): its new value
 *
 * Returns: (transfer full): a new change, which holds references on both values
 */
PdChange *
pd_change_new_secret (const char   *field,
                      PdSecretText *before,
                      PdSecretText *after)
{
  PdChange *self = pd_change_new ("secrets", field, NULL, NULL);

  self->is_secret = TRUE;
  self->secret_before = before != NULL ? pd_secret_text_ref (before) : NULL;
  self->secret_after = after != NULL ? pd_secret_text_ref (after) : NULL;
  return self;
}

void
pd_change_free (PdChange *self)
{
  g_free (self->field);
  g_clear_pointer (&self->before, json_node_unref);
  g_clear_pointer (&self->after, json_node_unref);
  g_clear_pointer (&self->secret_before, pd_secret_text_unref);
  g_clear_pointer (&self->secret_after, pd_secret_text_unref);
  g_free (self);
}

static gboolean
is_same_place (const PdChange *a,
               const PdChange *b)
{
  return !a->is_secret && !b->is_secret && g_str_equal (a->section, b->section) && g_str_equal (a->field, b->field);
}

static gboolean
is_same_value (JsonNode *a,
               JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

PdUndo *
pd_undo_new (void)
{
  PdUndo *self = g_new0 (PdUndo, 1);

  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  return self;
}

void
pd_undo_free (PdUndo *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

static Step *
last_step (PdUndo *self)
{
  return self->done > 0 ? g_ptr_array_index (self->steps, self->done - 1) : NULL;
}

/* The step that @change belongs to: the open group, the burst that it continues, or NULL for one of its own. */
static Step *
find_step (PdUndo         *self,
           const PdChange *change,
           gint64          now)
{
  Step *last = last_step (self);

  if (self->nesting > 0)
    return self->grouped ? last : NULL;
  if (last == NULL || last->closed || self->done < self->steps->len || now - last->last_edit > BURST)
    return NULL;
  if (last->changes->len != 1 || !is_same_place (g_ptr_array_index (last->changes, 0), change))
    return NULL;
  return last;
}

/* A change of the same place takes the newer value. TRUE if the field stands again as it stood before the step. */
static gboolean
add_to_step (PdUndo   *self,
             Step     *step,
             PdChange *change,
             guint64  *revision)
{
  for (guint i = 0; i < step->changes->len; i++) {
    PdChange *earlier = g_ptr_array_index (step->changes, i);

    if (!is_same_place (earlier, change))
      continue;
    g_clear_pointer (&earlier->after, json_node_unref);
    earlier->after = g_steal_pointer (&change->after);
    earlier->revision_after = change->revision_after;
    pd_change_free (change);
    if (!is_same_value (earlier->before, earlier->after))
      return FALSE;
    *revision = earlier->revision_before;
    g_ptr_array_remove_index (step->changes, i);
    if (step->changes->len == 0) {
      g_ptr_array_remove_index (self->steps, self->done - 1);
      self->done--;
      self->grouped = FALSE;
    }
    return TRUE;
  }
  g_ptr_array_add (step->changes, change);
  return FALSE;
}

/**
 * pd_undo_record:
 * @self: the steps
 * @change: (transfer full): what has just been changed
 * @now: monotonic time in microseconds
 * @revision: (out): the field's revision before the step, if the step is gone again
 *
 * Adds a change to the open group, to the burst of edits of the same field that it continues, or as a step of its own.
 * What had been undone can then no longer be redone.
 *
 * Returns: %TRUE if the step is gone again, since the field stands as it stood before it
 */
gboolean
pd_undo_record (PdUndo   *self,
                PdChange *change,
                gint64    now,
                guint64  *revision)
{
  Step *step = find_step (self, change, now);

  if (self->done < self->steps->len)
    g_ptr_array_remove_range (self->steps, self->done, self->steps->len - self->done);
  if (step == NULL) {
    step = g_new0 (Step, 1);
    step->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_change_free);
    step->closed = change->is_secret;
    if (self->steps->len >= MAX_STEPS)
      g_ptr_array_remove_index (self->steps, 0);
    g_ptr_array_add (self->steps, step);
    self->done = self->steps->len;
    self->grouped = self->nesting > 0;
  }
  step->last_edit = now;
  return add_to_step (self, step, change, revision);
}

/* Groups may nest; the outermost makes the step. */
void
pd_undo_begin (PdUndo *self)
{
  if (self->nesting++ == 0)
    self->grouped = FALSE;
}

void
pd_undo_end (PdUndo *self)
{
  g_return_if_fail (self->nesting > 0);
  if (--self->nesting == 0 && self->grouped) {
    last_step (self)->closed = TRUE;
    self->grouped = FALSE;
  }
}

/**
 * pd_undo_step_back:
 * @self: the steps
 *
 * Returns: (transfer none) (nullable) (element-type PdChange): the changes to take back, last first; %NULL where there
 *   is no step, or within a group
 */
GPtrArray *
pd_undo_step_back (PdUndo *self)
{
  Step *step = last_step (self);

  if (step == NULL || self->nesting > 0)
    return NULL;
  step->closed = TRUE;
  self->done--;
  if (self->done > 0)
    last_step (self)->closed = TRUE;
  return step->changes;
}

/**
 * pd_undo_step_again:
 * @self: the steps
 *
 * Returns: (transfer none) (nullable) (element-type PdChange): the changes to make again, first first
 */
GPtrArray *
pd_undo_step_again (PdUndo *self)
{
  if (self->done == self->steps->len || self->nesting > 0)
    return NULL;
  self->done++;
  return last_step (self)->changes;
}

guint
pd_undo_get_done (PdUndo *self)
{
  return self->done;
}

guint
pd_undo_get_undone (PdUndo *self)
{
  return self->steps->len - self->done;
}

/**
 * pd_undo_forget:
 * @self: the steps
 * @section: a section
 * @field: a field's id
 *
 * Drops the changes of one place from every step, because somebody else has written there since: going back over
 * that would lose what they wrote.
 */
void
pd_undo_forget (PdUndo     *self,
                const char *section,
                const char *field)
{
  for (guint i = self->steps->len; i-- > 0;) {
    Step *step = g_ptr_array_index (self->steps, i);

    for (guint j = step->changes->len; j-- > 0;) {
      PdChange *change = g_ptr_array_index (step->changes, j);

      if (g_str_equal (change->section, section) && g_str_equal (change->field, field))
        g_ptr_array_remove_index (step->changes, j);
    }
    if (step->changes->len > 0)
      continue;
    if (self->grouped && i == self->done - 1)
      self->grouped = FALSE;
    if (i < self->done)
      self->done--;
    g_ptr_array_remove_index (self->steps, i);
  }
}

/* Forgets every step; the secrets in them are wiped with their last reference. */
void
pd_undo_clear (PdUndo *self)
{
  g_ptr_array_set_size (self->steps, 0);
  self->done = 0;
  self->grouped = FALSE;
}
