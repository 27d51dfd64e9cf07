/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-report.h"

/* Signs that mean something anywhere in a line of CommonMark or of its tables, or begin a link or HTML. */
#define SIGNS "\\`*_{}[]<>#|~&$@"

/* As text: no sign of it means anything, and a line of it stays in its place. */
static void
add_escaped (GString    *out,
             const char *text,
             const char *newline)
{
  gboolean at_start = TRUE;

  for (; *text != '\0'; text++) {
    gboolean number = FALSE;

    if (*text == '\n') {
      g_string_append (out, newline);
      at_start = TRUE;
      continue;
    }
    /* a list, a rule, a quotation */
    if (at_start && g_ascii_isdigit (*text)) {
      gsize digits = strspn (text, "0123456789");

      number = text[digits] == '.' || text[digits] == ')';
      if (number) {
        g_string_append_len (out, text, (gssize) digits);
        g_string_append_printf (out, "\\%c", text[digits]);
        text += digits;
      }
    }
    if (number) {
      at_start = FALSE;
      continue;
    }
    if (at_start && strchr ("-+=:", *text) != NULL)
      g_string_append_c (out, '\\');
    at_start = at_start && (*text == ' ' || *text == '\t');
    /* some make links of bare addresses */
    if (strchr (SIGNS, *text) != NULL || g_str_has_prefix (text, "://"))
      g_string_append_c (out, '\\');
    g_string_append_c (out, *text == '\t' ? ' ' : *text);
    if (g_str_has_prefix (text, "www.")) {
      g_string_append (out, "ww\\.");
      text += 3;
    }
  }
}

static void
add_facts (GString   *out,
           GPtrArray *items)
{
  for (guint i = 0; i + 1 < items->len; i += 2) {
    g_string_append (out, "- **");
    add_escaped (out, g_ptr_array_index (items, i), " ");
    g_string_append (out, ":** ");
    add_escaped (out, g_ptr_array_index (items, i + 1), "\\\n  ");
    g_string_append_c (out, '\n');
  }
}

static void
add_list (GString   *out,
          GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    g_string_append (out, "- ");
    add_escaped (out, g_ptr_array_index (items, i), "\\\n  ");
    g_string_append_c (out, '\n');
  }
}

/**
 * pd_report_to_markdown:
 * @self: a report
 *
 * Returns: (transfer full): it as CommonMark; what others wrote is text in it, never markup
 */
char *
pd_report_to_markdown (const PdReport *self)
{
  static const char *const marks[] = {
    [PD_REPORT_TITLE] = "# ", [PD_REPORT_HEADING] = "## ", [PD_REPORT_FINDING] = "### ", [PD_REPORT_PARAGRAPH] = "",
  };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->blocks->len; i++) {
    const PdReportBlock *block = g_ptr_array_index (self->blocks, i);

    if (block->items->len == 0 && block->text == NULL)
      continue;
    if (out->len > 0)
      g_string_append_c (out, '\n');
    if (block->kind == PD_REPORT_FACTS) {
      add_facts (out, block->items);
    } else if (block->kind == PD_REPORT_LIST) {
      add_list (out, block->items);
    } else {
      g_string_append (out, marks[block->kind]);
      add_escaped (out, block->text, block->kind == PD_REPORT_PARAGRAPH ? "\\\n" : " ");
      g_string_append_c (out, '\n');
    }
  }
  return g_string_free (out, FALSE);
}
