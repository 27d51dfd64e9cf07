/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "fuzz-driver.h"
#include "pd-document.h"
#include "pd-json.h"
#include "pd-skim.h"

#define ID "4e1f0f0e-6f0c-4c57-9a5a-7d8c2f9b1a10"

/* What the quick look takes for sound, the thorough one takes as well, and reads the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) content = g_bytes_new (data, size);
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (JsonNode) document = NULL;
  PdSkim skim;

  if (!pd_skim (content, ID, &skim, texts)) {
    g_assert_null (skim.name);
    return 0;
  }
  document = pd_json_parse ((const char *) data, (gssize) size, &pd_json_limits_file, NULL);
  g_assert_true (document != NULL && pd_document_check (document, NULL));
  g_assert_cmpstr (pd_json_get_string (json_node_get_object (document), "id"), ==, ID);
  g_assert_cmpmem (pd_json_get_string (json_node_get_object (document), "name"),
                   strlen (pd_json_get_string (json_node_get_object (document), "name")), skim.name, skim.name_length);
  g_assert_cmpstr (pd_json_get_string (json_node_get_object (document), "mode"), ==, pd_mode_to_id (skim.mode));
  g_assert_true (g_utf8_validate_len (texts->str, texts->len, NULL));
  return 0;
}
