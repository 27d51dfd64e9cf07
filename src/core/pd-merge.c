/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "pd-document.h"
#include "pd-json.h"
#include "pd-merge.h"

/* Whose value a member of the result has. */
typedef enum {
  SIDE_SAME,     /* both sides say the same */
  SIDE_MINE,     /* only mine changed it */
  SIDE_THEIRS,
  SIDE_CONFLICT, /* both did, differently */
} Side;

typedef struct {
  JsonObject  *base;
  JsonObject  *mine;
  JsonObject  *theirs;
  JsonObject  *result;  /* begins as a copy of mine */
  PdMergeSide  prefer;
  GPtrArray   *conflicts;
} Merge;

static gboolean
is_same (JsonNode *a,
         JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static Side
compare (JsonNode *base,
         JsonNode *mine,
         JsonNode *theirs)
{
  if (is_same (mine, theirs))
    return SIDE_SAME;
  if (is_same (base, mine))
    return SIDE_THEIRS;
  if (is_same (base, theirs))
    return SIDE_MINE;
  return SIDE_CONFLICT;
}

static Side
compare_in (Merge      *merge,
            const char *section,
            const char *field_id)
{
  return compare (pd_document_peek (merge->base, section, field_id),
                  pd_document_peek (merge->mine, section, field_id),
                  pd_document_peek (merge->theirs, section, field_id));
}

static void
take_theirs (Merge      *merge,
             const char *section,
             const char *field_id)
{
  JsonNode *node = pd_document_peek (merge->theirs, section, field_id);

  pd_document_put (merge->result, section, field_id, node != NULL ? pd_json_copy (node) : NULL);
}

/* The later of two dated entries, and any rather than none; TRUE for theirs. */
static gboolean
is_theirs_later (Merge      *merge,
                 const char *section,
                 const char *field_id,
                 const char *date)
{
  JsonNode *mine = pd_document_peek (merge->mine, section, field_id);
  JsonNode *theirs = pd_document_peek (merge->theirs, section, field_id);

  if (mine == NULL || theirs == NULL)
    return mine == NULL;
  return g_strcmp0 (pd_json_get_string (json_node_get_object (theirs), date),
                    pd_json_get_string (json_node_get_object (mine), date)) > 0;
}

/* The value and, with it, what the keyring's note says. Both programs speak to the same keyring: the later note is right. */
static Side
merge_value (Merge      *merge,
             const char *field_id)
{
  const char *section = pd_document_get_section (field_id);
  Side value = compare_in (merge, section, field_id);
  Side note = compare_in (merge, PD_SECTION_SECRETS, field_id);

  if (value == SIDE_CONFLICT)
    g_ptr_array_add (merge->conflicts, g_strdup (field_id));
  if (value == SIDE_THEIRS || (value == SIDE_CONFLICT && merge->prefer == PD_MERGE_THEIRS))
    take_theirs (merge, section, field_id);
  if (note == SIDE_THEIRS ||
      (note == SIDE_CONFLICT && is_theirs_later (merge, PD_SECTION_SECRETS, field_id, "stored")))
    take_theirs (merge, PD_SECTION_SECRETS, field_id);
  return value != SIDE_SAME ? value : note;
}

static void
merge_field (Merge      *merge,
             const char *field_id)
{
  Side value = merge_value (merge, field_id);
  Side mark = compare_in (merge, PD_SECTION_MARKS, field_id);
  guint64 mine = pd_document_get_revision (merge->mine, field_id);
  guint64 theirs = pd_document_get_revision (merge->theirs, field_id);
  guint64 revision;
  gboolean mine_chosen = value == SIDE_MINE || (value == SIDE_CONFLICT && merge->prefer == PD_MERGE_MINE);
  gboolean mark_is_theirs;

  switch (value) {
  case SIDE_MINE:
    revision = mine;
    break;
  case SIDE_THEIRS:
    revision = theirs;
    break;
  case SIDE_CONFLICT:
    revision = mine_chosen ? MAX (mine, theirs) + 1 : theirs;
    break;
  case SIDE_SAME:
  default:
    revision = MAX (mine, theirs);
  }

  /* A mark belongs to the value that was entered, so it goes with the side whose value stands. */
  if (mark == SIDE_CONFLICT)
    mark_is_theirs = value == SIDE_SAME ? is_theirs_later (merge, PD_SECTION_MARKS, field_id, "date") : !mine_chosen;
  else
    mark_is_theirs = mark == SIDE_THEIRS;
  if (mark_is_theirs)
    take_theirs (merge, PD_SECTION_MARKS, field_id);

  /* Both sides count revisions from the same number: a mark must not fit another value by chance. */
  if (value != SIDE_SAME && mark != SIDE_SAME && mark_is_theirs == mine_chosen &&
      pd_document_get_mark (merge->result, field_id) == revision)
    revision = MAX (mine, theirs) + 1;
  pd_document_set_revision (merge->result, field_id, revision);
}

/* What is said, anywhere, of a field that this Paydesk does not know. It never changes that, so there is nothing to ask. */
static void
merge_unknown_field (Merge      *merge,
                     const char *field_id)
{
  for (guint i = 0; pd_document_sections[i] != NULL; i++) {
    Side side = compare_in (merge, pd_document_sections[i], field_id);

    if (side == SIDE_THEIRS || side == SIDE_CONFLICT)
      take_theirs (merge, pd_document_sections[i], field_id);
  }
}

/* Members that this Paydesk does not know, at whatever depth. It never changes them, so there is nothing to ask about. */
static void
merge_unknown (JsonObject *result,
               JsonObject *base,
               JsonObject *mine,
               JsonObject *theirs,
               const char *member)
{
  JsonNode *node = json_object_get_member (theirs, member);

  switch (compare (json_object_get_member (base, member), json_object_get_member (mine, member), node)) {
  case SIDE_THEIRS:
  case SIDE_CONFLICT:
    if (node != NULL)
      json_object_set_member (result, member, pd_json_copy (node));
    else
      json_object_remove_member (result, member);
    break;
  case SIDE_SAME:
  case SIDE_MINE:
  default:
    break;
  }
}

static void
add_members (GHashTable *names,
             JsonObject *object)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, NULL))
    g_hash_table_add (names, (gpointer) member);
}

static GHashTable *
list_fields (Merge *merge)
{
  JsonObject *sides[] = { merge->base, merge->mine, merge->theirs };
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    for (guint j = 0; pd_document_sections[j] != NULL; j++)
      add_members (names, pd_json_get_object (sides[i], pd_document_sections[j]));
  }
  for (guint i = 0; pd_document_top_fields[i] != NULL; i++)
    g_hash_table_add (names, (gpointer) pd_document_top_fields[i]);
  return g_steal_pointer (&names);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * pd_merge:
 * @base: the document that both sides began with
 * @mine: what it became here
 * @theirs: what it became elsewhere
 * @prefer: whose value the result has where both changed the same field
 * @conflicts: (element-type utf8): where to add the ids of those fields
 *
 * Merges field by field. All three are sound documents of one profile.
 *
 * Returns: (transfer full): the merged document, of the higher of the two revisions
 */
JsonNode *
pd_merge (JsonNode    *base,
          JsonNode    *mine,
          JsonNode    *theirs,
          PdMergeSide  prefer,
          GPtrArray   *conflicts)
{
  g_autoptr (JsonNode) result = pd_json_copy (mine);
  g_autoptr (GHashTable) fields = NULL;
  g_autoptr (GHashTable) tops = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name;
  guint known = conflicts->len;
  Merge merge = {
    json_node_get_object (base), json_node_get_object (mine), json_node_get_object (theirs),
    json_node_get_object (result), prefer, conflicts,
  };

  fields = list_fields (&merge);
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (pd_document_is_known (name))
      merge_field (&merge, name);
    else
      merge_unknown_field (&merge, name);
  }

  add_members (tops, merge.mine);
  add_members (tops, merge.theirs);
  g_hash_table_iter_init (&iter, tops);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (!g_strv_contains (pd_document_sections, name) && !g_strv_contains (pd_document_top_fields, name))
      merge_unknown (merge.result, merge.base, merge.mine, merge.theirs, name);
  }
  json_object_set_int_member (merge.result, "revision",
                              MAX (json_object_get_int_member (merge.mine, "revision"),
                                   json_object_get_int_member (merge.theirs, "revision")));
  if (conflicts->len > known)
    qsort (conflicts->pdata + known, conflicts->len - known, sizeof (gpointer), compare_names);
  return g_steal_pointer (&result);
}

/**
 * pd_merge_put_field:
 * @document: a document to change
 * @source: another one of the same profile
 * @field_id: a field's id
 *
 * Puts everything that belongs to a field (value, note, mark, revision) as it stands in @source.
 */
void
pd_merge_put_field (JsonNode   *document,
                    JsonNode   *source,
                    const char *field_id)
{
  const char *places[] = { pd_document_get_section (field_id), PD_SECTION_SECRETS, PD_SECTION_MARKS, PD_SECTION_REVISIONS };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    JsonNode *node = pd_document_peek (json_node_get_object (source), places[i], field_id);

    pd_document_put (json_node_get_object (document), places[i], field_id, node != NULL ? pd_json_copy (node) : NULL);
  }
}
