/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "pd-catalogue-private.h"
#include "pd-check.h"
#include "pd-ctl-verbs.h"
#include "pd-export.h"
#include "pd-json.h"
#include "pd-shape.h"

/* Adding a row is all that a field needs: with no other change it is in validation, `show`, `set`, export and checks. Its
 * place in the window is shown by the window's own test. */
static const PdField row = {
  .id = "test-row", .view = PD_VIEW_API_INFORMATION, .group = "Test", .label = "Test Row", .help = "A row.",
  .direction = PD_DIRECTION_AMAZON_TO_SHOP, .kind = PD_FIELD_TEXT,
  .modes = PD_MODE_ANY, .generations = PD_GENERATION_NEW, .required_generations = PD_GENERATION_NEW,
  .shape = &pd_shape_merchant_id,
};

/* Runs a verb as main() would, and gives what it printed. */
static char *
run_verb (const char *const *arguments,
          PdCtlStatus        expected)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "own-row-output", NULL);
  g_autofree char *output = NULL;
  g_autoptr (GRegex) remark = g_regex_new ("^# .*\n", G_REGEX_MULTILINE, 0, NULL);
  int              saved = dup (STDOUT_FILENO);
  int              file = g_open (path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

  fflush (stdout);
  dup2 (file, STDOUT_FILENO);
  g_assert_cmpint (pd_ctl_verb_run (pd_ctl_verbs_find (arguments[0]), (char **) arguments), ==, expected);
  g_assert_true (pd_ctl_flush ());
  dup2 (saved, STDOUT_FILENO);
  close (saved);
  close (file);
  g_assert_true (g_file_get_contents (path, &output, NULL, NULL));
  /* The test's own log goes there too, as remarks. */
  return g_regex_replace_literal (remark, output, -1, 0, "", 0, NULL);
}

static JsonObject *
find_field (JsonNode *document)
{
  JsonArray *fields = json_object_get_array_member (json_node_get_object (document), "fields");

  for (guint i = 0; i < json_array_get_length (fields); i++) {
    JsonObject *field = json_array_get_object_element (fields, i);

    if (g_str_equal (pd_json_get_string (field, "id"), row.id))
      return field;
  }
  return NULL;
}

static JsonObject *
show (const char *id,
      JsonNode  **document)
{
  const char *const show_it[] = { "show", id, "--json", NULL };
  g_autofree char  *output = run_verb (show_it, PD_CTL_DONE);

  *document = pd_json_parse (output, -1, &pd_json_limits_file, NULL);
  g_assert_nonnull (*document);
  return find_field (*document);
}

static void
test_everywhere (void)
{
  const char *const   make[] = { "new", "Own row", NULL };
  g_autofree char    *id = g_strstrip (run_verb (make, PD_CTL_DONE));
  const char *const   set[] = { "set", id, row.id, "  Ａ1EXAMPLESELLER ", NULL };
  const char *const   set_ill[] = { "set", id, row.id, "nonsense", NULL };
  const char *const   export[] = { "export", id, "--output", "-", NULL };
  const char *const   other[] = { "set", id, "generation", "after-upgrade", NULL };
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (JsonNode) ill = NULL;
  g_autoptr (JsonNode) gone = NULL;
  g_autofree char    *exported = NULL;

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (show (id, &before), "problems")), ==, 1);
  g_free (run_verb (set, PD_CTL_DONE));
  g_assert_cmpstr (pd_json_get_string (show (id, &after), "value"), ==, "A1EXAMPLESELLER");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (find_field (after), "problems")), ==, 0);
  exported = run_verb (export, PD_CTL_DONE);
  g_assert_nonnull (strstr (exported, "\"test-row\""));
  g_assert_nonnull (strstr (exported, "A1EXAMPLESELLER"));
  g_free (run_verb (set_ill, PD_CTL_DONE));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (show (id, &ill), "problems")), ==, 1);
  g_free (run_verb (other, PD_CTL_DONE));
  g_assert_null (show (id, &gone));
}

static void
test_checks (void)
{
  const char *const make[] = { "new", "Own row, checked", NULL };
  g_autofree char  *id = g_strstrip (run_verb (make, PD_CTL_DONE));
  const char *const check[] = { "check", id, "--only", "completeness", "--json", NULL };
  g_autofree char  *output = run_verb (check, PD_CTL_FAILED);

  g_assert_nonnull (strstr (output, "Test Row"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  pd_catalogue_add_row (&row);
  g_test_add_func ("/own-row/everywhere", test_everywhere);
  g_test_add_func ("/own-row/checks", test_checks);
  return g_test_run ();
}
