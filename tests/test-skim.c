/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-catalogue.h"
#include "pd-document.h"
#include "pd-json.h"
#include "pd-profile-private.h"
#include "pd-search.h"

#define ID "4e1f0f0e-6f0c-4c57-9a5a-7d8c2f9b1a10"

static const char document[] =
  "{\n  \"format\": 1,\n  \"id\": \"" ID "\",\n  \"revision\": 12,\n  \"name\": \"ランタン Ｌantern\",\n  \"mode\": \"operating\",\n"
  "  \"generation\": \"before-upgrade\",\n  \"environment\": \"sandbox\",\n  \"values\": {\n    \"seller-id\": \"A1EXAMPLE2SELLER\",\n"
  "    \"mws-auth-token\": \"Pre-Set_with_information_from_Amazon\",\n    \"return-urls\": [\n      \"https://www.example.jp/return\",\n"
  "      \"https://www.example.jp/other\"\n    ]\n  },\n  \"secrets\": {\n    \"private-key\": {\n      \"stored\": \"2026-11-24T09:00:00Z\"\n"
  "    }\n  },\n  \"marks\": {\n    \"return-urls\": {\n      \"date\": \"2024-02-29T23:59:59Z\",\n      \"revision\": 3\n    }\n  },\n"
  "  \"revisions\": {\n    \"name\": 2,\n    \"return-urls\": 3\n  },\n  \"guide\": {\n    \"ids-login\": {\n"
  "      \"date\": \"2026-11-24T09:01:00Z\"\n    },\n    \"later\": {\n      \"date\": \"2026-11-25T10:00:00Z\"\n    }\n  }\n}\n";

/* What stands in the document, and what in its place. */
typedef struct {
  const char *from;
  const char *to;
} Change;

static GBytes *
make (const Change *change)
{
  g_autofree char *text = NULL;
  const char *at = change != NULL ? strstr (document, change->from) : document;

  g_assert_nonnull (at);
  text = change == NULL ? g_strdup (document)
         : g_strdup_printf ("%.*s%s%s", (int) (at - document), document, change->to, at + strlen (change->from));
  return g_bytes_new (text, strlen (text));
}

/* Whether the file is sound, by the way that looks at everything. */
static JsonNode *
parse (GBytes *content)
{
  g_autoptr (JsonNode) node =
    pd_json_parse (g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content), &pd_json_limits_file, NULL);

  if (node == NULL || !pd_document_check (node, NULL) ||
      g_strcmp0 (pd_json_get_string (json_node_get_object (node), "id"), ID) != 0)
    return NULL;
  return g_steal_pointer (&node);
}

/* A profile that was only skimmed says the same as one that was parsed. */
static void
test_same (void)
{
  g_autoptr (GBytes) content = make (NULL);
  g_autoptr (PdProfile) skimmed = NULL;
  g_autoptr (PdProfile) parsed = pd_profile_new_saved (parse (content));
  g_autoptr (PdProfile) marked = NULL;
  g_autoptr (JsonNode) revisions = NULL;
  g_autoptr (JsonNode) a = NULL;
  g_autoptr (JsonNode) b = NULL;
  PdSkim skim;

  g_assert_true (pd_skim (content, ID, &skim, NULL));
  skimmed = pd_profile_new_skimmed (ID, content, &skim);
  g_assert_cmpstr (pd_profile_get_name (skimmed), ==, pd_profile_get_name (parsed));
  g_assert_cmpuint (pd_profile_get_mode (skimmed), ==, PD_MODE_OPERATING);
  g_assert_cmpuint (pd_profile_get_generation (skimmed), ==, PD_GENERATION_BEFORE_UPGRADE);
  g_assert_cmpuint (pd_profile_get_environment (skimmed), ==, PD_ENVIRONMENT_SANDBOX);
  g_assert_nonnull (strstr (pd_profile_get_search_text (skimmed), "ランタン lantern"));
  g_assert_nonnull (strstr (pd_profile_get_search_text (skimmed), "a1example2seller"));
  g_assert_nonnull (strstr (pd_profile_get_search_text (skimmed), "/other"));
  g_assert_null (strstr (pd_profile_get_search_text (skimmed), "format"));
  g_assert_false (pd_profile_is_changed (skimmed));
  pd_skim (content, ID, &skim, NULL);
  marked = pd_profile_new_skimmed (ID, content, &skim);
  revisions = pd_profile_dup_revisions (marked);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (revisions)), ==, 2);
  a = pd_profile_to_json (skimmed);
  b = pd_profile_to_json (parsed);
  g_assert_true (json_node_equal (a, b));
  g_assert_cmpstr (pd_profile_get_name (skimmed), ==, pd_profile_get_name (parsed));
  g_assert_true (pd_profile_set_text (skimmed, "seller-id", "A2", NULL));
  g_assert_nonnull (strstr (pd_profile_get_search_text (skimmed), "\na2"));
}

/* A profile that is not taken costs fifty times as much at the start: none that this Paydesk writes may be among those, whatever the
 * catalogue and the document's sections become. */
static void
test_own (void)
{
  static const char *const texts[] = { "A1", "ランタン", "2026-11-24" };
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);
  g_autoptr (PdProfile) profile = pd_profile_new ("Lantern");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint round = 0; round < 2; round++) {
    g_autoptr (JsonNode) node = pd_profile_to_json (profile);
    char *text = pd_json_to_string (node, TRUE);
    g_autoptr (GBytes) content = g_bytes_new_take (text, strlen (text));
    PdSkim skim;

    g_test_message ("%s", text);
    g_assert_true (pd_skim (content, pd_profile_get_id (profile), &skim, NULL));
    for (guint i = 0; i < n_fields && round == 0; i++) {
      if (fields[i]->choices != NULL)
        pd_profile_set_text (profile, fields[i]->id, fields[i]->choices[0], NULL);
      for (guint j = 0; j < G_N_ELEMENTS (texts) && fields[i]->choices == NULL; j++)
        pd_profile_set_text (profile, fields[i]->id, texts[j], NULL);
      pd_profile_set_list (profile, fields[i]->id, (const char *const[]) { "https://www.example.jp/", "b", NULL }, NULL);
      pd_profile_set_mark (profile, fields[i]->id, TRUE);
      if (pd_field_is_secret (fields[i]))
        pd_profile_note_secret (profile, fields[i]->id, now);
    }
    pd_profile_set_tick (profile, "ids-login", TRUE);
  }
}

/* Allowed or not: what is not as Paydesk writes it is left to the parser. */
static void
test_unusual (void)
{
  static const Change unusual[] = {
    { "\"format\": 1", "\"format\": 2" }, { "\"format\": 1", "\"format\": 10" }, { "\"format\": 1", "\"format\": 1.0" },
    { ID, "4e1f0f0e-6f0c-4c57-9a5a-7d8c2f9b1a11" }, { "12", "012" }, { "12", "-1" }, { "12", "1234567890123456789" },
    { "12", "1e3" }, { "ランタン", "\\u0041" }, { "ランタン", "a\tb" }, { "ランタン", "\xff" }, { "operating", "closed" },
    { "\"mode\"", "\"generation\"" }, { "\"seller-id\"", "\"mode\"" }, { "\"seller-id\"", "\"return-urls\"" },
    { "\"seller-id\"", "\"of-a-later-paydesk\"" }, { "\"A1EXAMPLE2SELLER\"", "7" }, { "Pre-Set_with", "a-secret-with" },
    { "\"https://www.example.jp/other\"", "[]" }, { "2024-02-29", "2025-02-29" }, { "2024-02-29", "0000-02-28" },
    { "23:59:59", "24:00:00" }, { "59Z", "60Z" }, { "\"stored\"", "\"started\"" }, { "\"name\": 2", "\"return-urls\": 2" },
    { "\"name\": 2", "\"name\": null" }, { "}\n}\n", "}\n} x" }, { "}\n}\n", "}\n" }, { "\"marks\"", "\"remarks\"" },
    { "\"revisions\"", "\"extra\": {}, \"revisions\"" },
    { "\"guide\"", "\"extra\"" }, { "\"later\"", "\"ids-login\"" }, { "2026-11-25T", "2026-13-25T" }, { "\"later\": {", "\"later\": {\"a\": 1," }, { "{\n  \"f", "\xef\xbb\xbf{ \"f" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (unusual); i++) {
    g_autoptr (GBytes) content = make (&unusual[i]);
    g_autofree char *shown = g_utf8_make_valid (unusual[i].to, -1);
    PdSkim skim;

    g_test_message ("%s → %s", unusual[i].from, shown);
    g_assert_false (pd_skim (content, ID, &skim, NULL));
    g_assert_null (skim.name);
  }
}

/* Whatever is done to the file: what was taken for sound is sound, and says the same. */
static void
test_never_wrong (void)
{
  static const char bytes[] = "{}[]\",:\\ \n0123456789-+.eEtfnZT\xe3\x83\x81 ax";
  guint n_taken = 0;

  for (guint i = 0; i < 60000; i++) {
    char *text = g_strdup (document);
    gsize length = strlen (text);
    g_autoptr (GBytes) content = NULL;
    g_autoptr (JsonNode) node = NULL;
    PdSkim skim;

    for (int n = g_test_rand_int_range (1, 4); n > 0; n--) {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) length);

      if (g_test_rand_bit ())
        memmove (text + at, text + at + 1, length-- - at);
      else
        text[at] = bytes[g_test_rand_int_range (0, sizeof bytes - 1)];
    }
    content = g_bytes_new_take (text, length);
    if (!pd_skim (content, ID, &skim, NULL))
      continue;
    n_taken++;
    node = parse (content);
    g_assert_nonnull (node);
    g_assert_cmpmem (pd_json_get_string (json_node_get_object (node), "name"),
                     strlen (pd_json_get_string (json_node_get_object (node), "name")), skim.name, skim.name_length);
    g_assert_cmpstr (pd_json_get_string (json_node_get_object (node), "mode"), ==, pd_mode_to_id (skim.mode));
  }
  g_assert_cmpuint (n_taken, >, 1000);
}

static void
test_fold (void)
{
  g_autofree char *wide = pd_search_fold ("ＡbＣ ﾗﾝﾀﾝ");
  g_autofree char *narrow = pd_search_fold ("aBc ランタン");

  g_assert_cmpstr (wide, ==, narrow);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skim/same", test_same);
  g_test_add_func ("/skim/own", test_own);
  g_test_add_func ("/skim/unusual", test_unusual);
  g_test_add_func ("/skim/never-wrong", test_never_wrong);
  g_test_add_func ("/skim/fold", test_fold);
  return g_test_run ();
}
