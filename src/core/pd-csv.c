/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-clean.h"
#include "pd-csv.h"
#include "pd-error.h"
#include "pd-export.h"
#include "pd-json.h"
#include "pd-profile.h"
#include "pd-shape.h"

/* Tables as RFC 4180 describes them, and as spreadsheets write them: with a mark of UTF-8 or in the Japanese Windows encoding, with
 * commas, tabs or semicolons. */

#define MARK        "\xef\xbb\xbf"
#define MAX_BYTES   (64 * 1024 * 1024)
#define MAX_ROWS    20000
#define MAX_COLUMNS 512

/* A spreadsheet takes what begins so for a formula. A sign before it says that it is none, and is taken away again. */
#define FORMULA "=+-@\t\r"

/* What a column is for. */
typedef struct {
  const PdField *field;   /* NULL: the name, or to be left out */
  gboolean       is_name;
} Column;

/* Whether it would be taken for one, signs before it or not: they too come back as they were. */
static gboolean
is_formula (const char *text)
{
  text += strspn (text, "'");
  return *text != '\0' && strchr (FORMULA, *text) != NULL;
}

/* A cell's text without the sign that says that it is no formula. */
static const char *
skip_guard (const char *cell)
{
  return *cell == '\'' && is_formula (cell) ? cell + 1 : cell;
}

static gboolean
is_column (const PdField *field)
{
  return !pd_field_is_secret (field) && field->kind != PD_FIELD_IMAGE;
}

static void
add_cell (GString    *out,
          const char *text)
{
  gboolean guarded = is_formula (text);

  if (!guarded && strpbrk (text, ",;\"\r\n\t") == NULL && !g_ascii_isspace (*text)) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  if (guarded)
    g_string_append_c (out, '\'');
  for (; *text != '\0'; text++) {
    if (*text == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}

/**
 * pd_csv_is_name:
 * @name: a file's name
 *
 * Returns: whether it is that of a table, by its suffix
 */
gboolean
pd_csv_is_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".tsv");
}

/**
 * pd_csv_from_profiles:
 * @profiles: (element-type PdProfile): shops
 *
 * Returns: (transfer full): a table of them, with field ids as its head; the values of a list stand on lines of their own within their
 *   cell. No secret and no logo is in it.
 */
GBytes *
pd_csv_from_profiles (GPtrArray *profiles)
{
  GString              *out = g_string_new (MARK "name");
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);
  gsize                 length;

  for (guint i = 0; i < n_fields; i++) {
    if (is_column (fields[i]))
      g_string_append_printf (out, ",%s", fields[i]->id);
  }
  g_string_append (out, "\r\n");
  for (guint i = 0; i < profiles->len; i++) {
    add_cell (out, pd_profile_get_name (g_ptr_array_index (profiles, i)));
    for (guint j = 0; j < n_fields; j++) {
      if (!is_column (fields[j]))
        continue;
      g_string_append_c (out, ',');
      add_cell (out, pd_profile_get_text (g_ptr_array_index (profiles, i), fields[j]->id));
    }
    g_string_append (out, "\r\n");
  }
  length = out->len;
  return g_bytes_new_take (g_string_free (out, FALSE), length);
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT, message);
  return FALSE;
}

/* One cell from @text on; returns where it ends. (nullable): a quotation does not end. */
static const char *
read_cell (const char *text,
           char        separator,
           GString    *cell)
{
  g_string_truncate (cell, 0);
  if (*text != '"') {
    gsize length = 0;

    while (text[length] != '\0' && text[length] != separator && text[length] != '\n' && text[length] != '\r')
      length++;
    g_string_append_len (cell, text, (gssize) length);
    return text + length;
  }
  for (text++; *text != '"' || text[1] == '"'; text++) {
    if (*text == '\0')
      return NULL;
    if (*text == '"')
      text++;
    g_string_append_c (cell, *text);
  }
  /* What stands behind the quotation belongs to it, as spreadsheets read it. */
  for (text++; *text != '\0' && *text != separator && *text != '\n' && *text != '\r'; text++)
    g_string_append_c (cell, *text);
  return text;
}

/**
 * pd_csv_parse:
 * @text: a table
 * @separator: what stands between its cells
 * @error: %PD_ERROR_BAD_INPUT, %PD_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable) (element-type GPtrArray): its rows, each with as many texts as it has cells; one of empty cells
 *   has none, so that rows are counted as a person counts them
 */
GPtrArray *
pd_csv_parse (const char  *text,
              char         separator,
              GError     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GString)   cell = g_string_new (NULL);

  while (*text != '\0') {
    g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
    gboolean              empty = TRUE;

    for (;;) {
      text = read_cell (text, separator, cell);
      if (text == NULL) {
        g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("Row %u: a quotation mark is opened and not closed."), rows->len + 1);
        return NULL;
      }
      empty = empty && cell->len == 0;
      g_ptr_array_add (row, g_strdup (cell->str));
      if (*text != separator || row->len > MAX_COLUMNS)
        break;
      text++;
    }
    if (row->len > MAX_COLUMNS || rows->len >= MAX_ROWS) {
      g_set_error (error, PD_ERROR, PD_ERROR_TOO_LARGE, _("This table is too large: %'u rows and %'u columns are possible."), MAX_ROWS, MAX_COLUMNS);
      return NULL;
    }
    text += *text == '\r' && text[1] == '\n' ? 2 : *text != '\0';
    if (empty)
      g_ptr_array_set_size (row, 0);
    g_ptr_array_add (rows, g_steal_pointer (&row));
  }
  return g_steal_pointer (&rows);
}

/* (transfer full) (nullable): the table as UTF-8. */
static char *
decode (GBytes  *csv,
        GError **error)
{
  gsize            length;
  const char      *data = g_bytes_get_data (csv, &length);
  g_autofree char *text = NULL;

  if (length > MAX_BYTES) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_TOO_LARGE, _("This table is too large."));
    return NULL;
  }
  if (data == NULL || memchr (data, '\0', length) != NULL) {
    fail (error, _("This is not a table."));
    return NULL;
  }
  if (length >= strlen (MARK) && memcmp (data, MARK, strlen (MARK)) == 0) {
    data += strlen (MARK);
    length -= strlen (MARK);
  }
  if (g_utf8_validate (data, (gssize) length, NULL))
    return g_strndup (data, length);
  text = g_convert (data, (gssize) length, "UTF-8", "CP932", NULL, NULL, NULL);
  if (text == NULL)
    fail (error, _("This table is neither in UTF-8 nor in Shift_JIS. Save it as “CSV UTF-8”."));
  return g_steal_pointer (&text);
}

/* The sign that stands most often in the head. */
static char
find_separator (const char *text)
{
  static const char separators[] = { ',', '\t', ';' };
  gsize             length = strcspn (text, "\r\n");
  guint             counts[G_N_ELEMENTS (separators)] = { 0 };
  guint             best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++) {
    for (gsize j = 0; j < length; j++)
      counts[i] += text[j] == separators[i];
    if (counts[i] > counts[best])
      best = i;
  }
  return separators[best];
}

static gboolean
is_same (const char *a,
         const char *b)
{
  g_autofree char *first = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *second = g_utf8_casefold (b, -1);

  return first != NULL && g_str_equal (first, second);
}

/* By its id, or by the name it has here, in Seller Central or in the shop's admin. */
static const PdField *
find_field (const char *head)
{
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if (is_same (fields[i]->id, head))
      return fields[i];
  }
  for (guint i = 0; i < n_fields; i++) {
    if (fields[i]->sandbox_of == NULL && fields[i]->seen_of == NULL &&
        (is_same (pd_field_get_label (fields[i]), head) || is_same (fields[i]->label, head) || is_same (fields[i]->seller_central_name, head) ||
         is_same (fields[i]->futureshop_name, head)))
      return fields[i];
  }
  return NULL;
}

static Column *
read_head (GPtrArray  *head,
           char     ***ignored,
           GError    **error)
{
  g_autofree Column       *columns = g_new0 (Column, head->len);
  g_autoptr (GStrvBuilder) unknown = g_strv_builder_new ();
  gboolean                 named = FALSE;

  for (guint i = 0; i < head->len; i++) {
    const char *text = g_strstrip (g_ptr_array_index (head, i));

    columns[i].is_name = !named && (is_same ("name", text) || is_same (_("Shop Name"), text));
    named = named || columns[i].is_name;
    columns[i].field = columns[i].is_name ? NULL : find_field (text);
    if (columns[i].field != NULL && columns[i].field->kind == PD_FIELD_IMAGE)
      columns[i].field = NULL;
    for (guint j = 0; columns[i].field != NULL && j < i; j++) {
      if (columns[j].field == columns[i].field) {
        g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("Two columns are for “%s”. Take one of them away."), columns[i].field->id);
        return NULL;
      }
    }
    if (!columns[i].is_name && columns[i].field == NULL && *text != '\0')
      g_strv_builder_add (unknown, text);
  }
  if (!named) {
    fail (error, _("The first row must name the columns: “name”, and IDs of fields such as “seller-id”."));
    return NULL;
  }
  *ignored = g_strv_builder_end (unknown);
  return g_steal_pointer (&columns);
}

static gboolean
set_field (PdProfile      *profile,
           const PdField  *field,
           const char     *cell,
           GError        **error)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_auto (GStrv)           lines = g_strsplit_set (cell, field->kind == PD_FIELD_LIST ? "\r\n" : "", -1);
  g_auto (GStrv)           list = NULL;

  for (char **line = lines; *line != NULL; line++) {
    PdCleaned        cleaned;
    g_autofree char *value = pd_clean_value (field, *line, &cleaned);

    if (*value != '\0')
      g_strv_builder_add (values, value);
  }
  list = g_strv_builder_end (values);
  return pd_profile_set_list (profile, field->id, (const char *const *) list, error);
}

/* A file is no place for a secret; one that stands in the table is not repeated. */
static gboolean
set_cell (PdProfile    *profile,
          const Column *column,
          const char   *cell,
          GError      **error)
{
  cell = skip_guard (cell);
  if (column->field == NULL || *cell == '\0')
    return TRUE;
  if (pd_field_is_secret (column->field) && !g_str_equal (cell, PD_PRESET_TOKEN)) {
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                 _("There is a secret in the column “%s”. Delete that column and the file: secrets are entered in Paydesk itself."), column->field->id);
    return FALSE;
  }
  return set_field (profile, column->field, cell, error);
}

/* A name is what somebody calls the shop: unlike an id, it keeps its full-width letters. */
static char *
make_name (const char *cell)
{
  return g_strstrip (g_strdelimit (g_strdup (skip_guard (cell)), "\r\n\t", ' '));
}

/* (transfer full) (nullable) */
static PdProfile *
read_row (GPtrArray    *row,
          const Column *columns,
          guint         n_columns,
          GError      **error)
{
  g_autoptr (PdProfile) profile = NULL;
  g_autofree char      *name = NULL;

  for (guint i = 0; i < MIN (row->len, n_columns) && name == NULL; i++) {
    const char *cell = g_ptr_array_index (row, i);

    if (columns[i].is_name)
      name = make_name (cell);
  }
  if (name == NULL || *name == '\0') {
    fail (error, _("The shop has no name."));
    return NULL;
  }
  profile = pd_profile_new ("-");
  /* As the person's own edit, which has a greatest length. */
  if (!pd_profile_set_text (profile, "name", name, error))
    return NULL;
  for (guint i = 0; i < MIN (row->len, n_columns); i++) {
    if (!set_cell (profile, &columns[i], g_ptr_array_index (row, i), error))
      return NULL;
  }
  return g_steal_pointer (&profile);
}

static gboolean
is_empty (GPtrArray *rows,
          guint      i)
{
  return ((GPtrArray *) g_ptr_array_index (rows, i))->len == 0;
}

/**
 * pd_csv_to_document:
 * @csv: a table, whose first row names the columns
 * @ignored: (out) (transfer full): columns that are for nothing here
 * @error: %PD_ERROR_BAD_INPUT naming the row, or %PD_ERROR_TOO_LARGE
 *
 * Columns are named by the ids of fields, or by their names here, in Seller Central or in the shop's admin.
 *
 * Returns: (transfer full) (nullable): the shops as a document for pd_import_profiles()
 */
GBytes *
pd_csv_to_document (GBytes  *csv,
                    char  ***ignored,
                    GError **error)
{
  g_autofree char        *text = decode (csv, error);
  g_autoptr (GPtrArray)   rows = text != NULL ? pd_csv_parse (text, find_separator (text), error) : NULL;
  g_autofree Column      *columns = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  GPtrArray              *head;
  guint                   first = 0, last;
  char                   *document;

  *ignored = NULL;
  if (rows == NULL)
    return NULL;
  while (first < rows->len && is_empty (rows, first))
    first++;
  for (last = rows->len; last > first && is_empty (rows, last - 1); last--)
    ;
  if (last < first + 2) {
    fail (error, _("This table holds no shops."));
    return NULL;
  }
  head = g_ptr_array_index (rows, first);
  columns = read_head (head, ignored, error);
  if (columns == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, PD_EXPORT_KIND);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = first + 1; i < last; i++) {
    g_autoptr (PdProfile) profile = NULL;

    if (is_empty (rows, i))
      continue;
    profile = read_row (g_ptr_array_index (rows, i), columns, head->len, error);
    if (profile == NULL) {
      g_prefix_error (error, _("Row %u: "), i + 1);
      g_clear_pointer (ignored, g_strfreev);
      return NULL;
    }
    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "profile");
    json_builder_add_value (builder, pd_profile_to_json (profile));
    json_builder_set_member_name (builder, "files");
    json_builder_begin_object (builder);
    json_builder_end_object (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  document = pd_json_to_string (root, FALSE);
  return g_bytes_new_take (document, strlen (document));
}
