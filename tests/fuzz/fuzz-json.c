/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-document.h"
#include "pd-json.h"
#include "pd-merge.h"
#include "pd-profile-private.h"

#define ID "4e1f0f0e-6f0c-4c57-9a5a-7d8c2f9b1a10"

static void
judge_profile (JsonNode *node)
{
  g_autoptr (PdProfile) profile = pd_profile_new_from_json (node, NULL);
  g_autoptr (PdProfile) again = NULL;
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) rewritten = NULL;
  g_autoptr (JsonNode) merged = NULL;
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);

  if (profile == NULL)
    return;
  /* What is read and written is the same, whatever else is in it. */
  written = pd_profile_to_json (profile);
  again = pd_profile_new_from_json (written, NULL);
  g_assert_nonnull (again);
  rewritten = pd_profile_to_json (again);
  g_assert_true (json_node_equal (written, rewritten));

  /* An edit here, merged with an untouched other side, is that edit. */
  pd_profile_get_list (profile, "return-urls");
  if (pd_profile_set_text (profile, "seller-id", "A1", NULL)) {
    g_autoptr (JsonNode) mine = pd_profile_to_json (profile);

    merged = pd_merge (written, mine, rewritten, PD_MERGE_THEIRS, conflicts);
    g_assert_true (json_node_equal (merged, mine));
    g_assert_cmpuint (conflicts->len, ==, 0);
  }
  while (pd_profile_undo (profile) != NULL)
    ;
  g_clear_pointer (&merged, json_node_unref);
  merged = pd_profile_to_json (profile);
  g_assert_true (json_node_equal (merged, written));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (JsonNode) node = pd_json_parse ((const char *) data, (gssize) size, &pd_json_limits_answer, NULL);
  g_autoptr (JsonNode) partial = pd_json_parse_partial ((const char *) data, (gssize) size, &pd_json_limits_answer);
  g_autoptr (JsonNode) salvaged = NULL;

  if (node != NULL) {
    g_autofree char *text = pd_json_to_string (node, TRUE);
    g_autoptr (JsonNode) again = pd_json_parse (text, -1, &pd_json_limits_file, NULL);

    g_assert_nonnull (again);
    g_assert_true (json_node_equal (node, again));
    judge_profile (node);
  }
  if (partial != NULL && (salvaged = pd_document_salvage (partial, ID)) != NULL) {
    g_autoptr (PdProfile) profile = pd_profile_new_from_json (salvaged, NULL);

    g_assert_nonnull (profile);
  }
  return 0;
}
