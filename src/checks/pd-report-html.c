/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-report.h"

/* One file that needs no other: no script, nothing fetched, and a policy that forbids both. */

static const char head[] =
  "<meta charset=\"utf-8\">\n"
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
  "<meta name=\"referrer\" content=\"no-referrer\">\n"
  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
  "<meta name=\"color-scheme\" content=\"light\">\n";

static const char style[] =
  "@page{size:A4;margin:18mm 16mm}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0 auto;padding:24px 16px;max-width:46em;font:10.5pt/1.55 'Noto Sans','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',sans-serif;"
  "color:#1e1e1e;background:#fff;overflow-wrap:anywhere;line-break:auto}\n"
  "h1{font-size:1.7em;line-height:1.3;margin:0 0 .6em}\n"
  "h2{font-size:1.2em;margin:1.8em 0 .5em;padding-bottom:.2em;border-bottom:1px solid #999}\n"
  "h3{font-size:1em;margin:1.3em 0 .3em;padding-left:.6em;border-left:4px solid #777}\n"
  "h3.failed{border-color:#c01c28}h3.warning{border-color:#ad6a00}h3.undetermined{border-color:#613583}\n"
  "p{margin:.4em 0}ul{margin:.4em 0;padding-left:1.4em}li{margin:.15em 0}\n"
  "table{width:100%;border-collapse:collapse;margin:.4em 0;table-layout:fixed}\n"
  "th,td{text-align:left;vertical-align:top;padding:.25em .5em;border-bottom:1px solid #ddd}\n"
  "th{width:27%;font-weight:600;color:#444}td{white-space:pre-wrap}\n"
  "tr{break-inside:avoid-page}h1,h2,h3,h3+p,tr:first-child{break-after:avoid-page}\n"
  "@media(max-width:30em){th,td{display:block;width:auto;padding:.15em 0}th{border:0;padding-top:.4em}}\n"
  "@media print{body{padding:0;max-width:none;font-size:9.5pt}}\n";

static void
add_escaped (GString    *out,
             const char *text)
{
  for (; *text != '\0'; text++) {
    switch (*text) {
    case '&': g_string_append (out, "&amp;"); break;
    case '<': g_string_append (out, "&lt;"); break;
    case '>': g_string_append (out, "&gt;"); break;
    case '"': g_string_append (out, "&quot;"); break;
    case '\'': g_string_append (out, "&#39;"); break;
    default: g_string_append_c (out, *text);
    }
  }
}

static void
add_element (GString    *out,
             const char *name,
             const char *class,
             const char *text)
{
  g_string_append_printf (out, "<%s", name);
  if (class != NULL)
    g_string_append_printf (out, " class=\"%s\"", class);
  g_string_append_c (out, '>');
  add_escaped (out, text);
  g_string_append_printf (out, "</%s>", name);
}

static void
add_facts (GString   *out,
           GPtrArray *items)
{
  if (items->len == 0)
    return;
  g_string_append (out, "<table>\n");
  for (guint i = 0; i + 1 < items->len; i += 2) {
    g_string_append (out, "<tr><th scope=\"row\">");
    add_escaped (out, g_ptr_array_index (items, i));
    g_string_append (out, "</th>");
    add_element (out, "td", NULL, g_ptr_array_index (items, i + 1));
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</table>\n");
}

static void
add_list (GString   *out,
          GPtrArray *items)
{
  g_string_append (out, "<ul>\n");
  for (guint i = 0; i < items->len; i++) {
    add_element (out, "li", NULL, g_ptr_array_index (items, i));
    g_string_append_c (out, '\n');
  }
  g_string_append (out, "</ul>\n");
}

static void
add_block (GString             *out,
           const PdReportBlock *block)
{
  static const char *const elements[] = {
    [PD_REPORT_TITLE] = "h1", [PD_REPORT_HEADING] = "h2", [PD_REPORT_FINDING] = "h3", [PD_REPORT_PARAGRAPH] = "p",
  };

  if (block->kind == PD_REPORT_FACTS) {
    add_facts (out, block->items);
  } else if (block->kind == PD_REPORT_LIST) {
    add_list (out, block->items);
  } else {
    add_element (out, elements[block->kind], block->kind == PD_REPORT_FINDING ? pd_verdict_to_id (block->verdict) : NULL, block->text);
    g_string_append_c (out, '\n');
  }
}

/**
 * pd_report_to_html:
 * @self: a report
 *
 * Returns: (transfer full): it as one HTML file
 */
char *
pd_report_to_html (const PdReport *self)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n");

  g_string_append_printf (out, "<html lang=\"%s\">\n<head>\n%s", self->language, head);
  add_element (out, "title", NULL, ((const PdReportBlock *) g_ptr_array_index (self->blocks, 0))->text);
  g_string_append_printf (out, "\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
  for (guint i = 0; i < self->blocks->len; i++)
    add_block (out, g_ptr_array_index (self->blocks, i));
  g_string_append (out, "</main>\n</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
