/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-json.h"
#include "pd-merge.h"
#include "pd-profile.h"

/* Three documents that differ in one member, as JSON; NULL is a document without it. */
typedef struct {
  const char *base, *mine, *theirs, *merged;
} Case;

static JsonObject *
find (JsonNode   *document,
      const char *section)
{
  JsonObject *object = json_node_get_object (document);

  return section != NULL ? json_object_get_object_member (object, section) : object;
}

static JsonNode *
make (JsonNode   *plain,
      const char *section,
      const char *member,
      const char *value)
{
  JsonNode *document = pd_json_copy (plain);

  if (value != NULL)
    json_object_set_member (find (document, section), member, json_from_string (value, NULL));
  return document;
}

static void
assert_merged (const char *section,
               const char *member,
               const Case *each,
               guint       n_conflicts)
{
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern & Co.");
  g_autoptr (JsonNode) plain = pd_profile_to_json (profile);
  g_autoptr (JsonNode) base = make (plain, section, member, each->base);
  g_autoptr (JsonNode) mine = make (plain, section, member, each->mine);
  g_autoptr (JsonNode) theirs = make (plain, section, member, each->theirs);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) merged = pd_merge (base, mine, theirs, PD_MERGE_MINE, conflicts);
  JsonNode *value = json_object_get_member (find (merged, section), member);
  g_autofree char *text = value != NULL ? json_to_string (value, FALSE) : NULL;

  g_test_message ("%s in %s: %s, %s, %s", member, section, each->base, each->mine, each->theirs);
  g_assert_cmpstr (text, ==, each->merged);
  g_assert_cmpuint (conflicts->len, ==, n_conflicts);
}

/* What another Paydesk knows, and this one does not, stays as whoever changed it left it; nothing is asked. */
static void
test_unknown (void)
{
  static const Case cases[] = {
    { NULL, NULL, "{\"a\":[1]}", "{\"a\":[1]}" },
    { NULL, "\"here\"", NULL, "\"here\"" },
    { "1", "1", "2", "2" },
    { "1", "2", "1", "2" },
    { "1", "1", NULL, NULL },
    { "1", NULL, "1", NULL },
    { "1", "2", "3", "3" },
    { "1", "2", NULL, NULL },
  };
  static const char *const sections[] = { NULL, "values", "guide" };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
      assert_merged (sections[i], "of-another-paydesk", &cases[j], 0);
  }
}

/* A known field: the side that changed it; both, and the side that is preferred, and the person is asked. */
static void
test_known (void)
{
  static const Case cases[] = {
    { NULL, NULL, "\"A2\"", "\"A2\"" },
    { "\"A1\"", "\"A1\"", NULL, NULL },
    { "\"A1\"", "\"A2\"", "\"A1\"", "\"A2\"" },
    { "\"A1\"", "\"A2\"", "\"A2\"", "\"A2\"" },
  };
  static const Case both = { "\"A1\"", "\"A2\"", "\"A3\"", "\"A2\"" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_merged ("values", "seller-id", &cases[i], 0);
  assert_merged ("values", "seller-id", &both, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/unknown", test_unknown);
  g_test_add_func ("/merge/known", test_known);
  return g_test_run ();
}
