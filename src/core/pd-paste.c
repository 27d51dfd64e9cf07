/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-clean.h"
#include "pd-error.h"
#include "pd-export.h"
#include "pd-key.h"
#include "pd-label.h"
#include "pd-paste-private.h"
#include "pd-shape.h"

/* More than this is an export of ours or nothing of use. */
#define MAX_TEXT (256 * 1024)
/* How long a usable private key in Base64 may be. */
#define MIN_KEY 800
#define MAX_KEY (32 * 1024)

static void
pd_paste_value_free (PdPasteValue *self)
{
  pd_secret_text_unref (self->value);
  g_free (self);
}

PdPaste *
pd_paste_alloc (PdPasteKind kind)
{
  PdPaste *self = g_new0 (PdPaste, 1);

  self->kind = kind;
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_paste_value_free);
  return self;
}

static PdPasteValue *
find (PdPaste       *self,
      const PdField *field)
{
  for (guint i = 0; i < self->values->len; i++) {
    PdPasteValue *value = g_ptr_array_index (self->values, i);

    if (value->field == field)
      return value;
  }
  return NULL;
}

void
pd_paste_add_note (PdPaste    *self,
                   const char *note)
{
  char *before = self->note;

  /* Translators: two sentences, one behind the other */
  self->note = before != NULL ? g_strdup_printf (_("%1$s %2$s"), before, note) : g_strdup (note);
  g_free (before);
}

/* In the production environment what belongs to the sandbox has a row of its own. */
static const PdField *
row_for (PdProfile     *profile,
         const PdField *field,
         const char    *key_id)
{
  g_autofree char *id = NULL;
  const PdField   *row;

  if (pd_profile_get_environment (profile) != PD_ENVIRONMENT_PRODUCTION || key_id == NULL || !g_str_has_prefix (key_id, "SANDBOX-"))
    return field;
  id = g_strconcat (field->id, ".sandbox", NULL);
  row = pd_catalogue_lookup (id);
  return row != NULL ? row : field;
}

/* A list grows by what is pasted; its lines are its values. */
static PdSecretText *
join_list (PdProfile     *profile,
           const PdField *field,
           PdPasteValue  *before,
           const char    *value)
{
  const char       *present = before != NULL ? pd_secret_text_peek (before->value) : pd_profile_get_text (profile, field->id);
  g_auto (GStrv)    lines = g_strsplit (present, "\n", -1);
  g_autofree char  *joined = NULL;

  if (*present == '\0')
    return pd_secret_text_new (value);
  if (g_strv_contains ((const char *const *) lines, value))
    return pd_secret_text_new (present);
  joined = g_strconcat (present, "\n", value, NULL);
  return pd_secret_text_new (joined);
}

/**
 * pd_paste_take:
 * @self: what was found so far
 * @profile: the shop
 * @field: a field
 * @text: its value, clean
 * @error: %PD_ERROR_BAD_INPUT if the text gives the field two different values
 *
 * Returns: whether it was taken
 */
gboolean
pd_paste_take (PdPaste        *self,
               PdProfile      *profile,
               const PdField  *field,
               const char     *text,
               GError        **error)
{
  PdPasteValue *value = find (self, field);

  if (field->kind == PD_FIELD_LIST) {
    PdSecretText *joined = join_list (profile, field, value, text);

    if (value != NULL) {
      pd_secret_text_unref (value->value);
      value->value = joined;
      return TRUE;
    }
    value = g_new0 (PdPasteValue, 1);
    value->value = joined;
  } else if (value != NULL) {
    if (g_str_equal (pd_secret_text_peek (value->value), text))
      return TRUE;
    g_set_error (error, PD_ERROR, PD_ERROR_BAD_INPUT, _("There are two different values for “%s” in this. Paste one shop’s values only."),
                 pd_field_get_label (field));
    return FALSE;
  } else {
    value = g_new0 (PdPasteValue, 1);
    value->value = pd_secret_text_new (text);
  }
  value->field = field;
  value->applies = pd_profile_field_applies (profile, field);
  g_ptr_array_add (self->values, value);
  return TRUE;
}

/**
 * pd_paste_take_raw:
 * @self: what was found so far
 * @profile: the shop
 * @field: a field
 * @text: its value as it was pasted; nothing is taken of what is empty when cleaned
 * @error: as of pd_paste_take()
 *
 * Returns: %FALSE on error
 */
gboolean
pd_paste_take_raw (PdPaste        *self,
                   PdProfile      *profile,
                   const PdField  *field,
                   const char     *text,
                   GError        **error)
{
  g_autoptr (PdWiped) value = pd_clean_value (field, text, NULL);

  if (*value == '\0')
    return TRUE;
  if (field->shape == &pd_shape_public_key_id)
    field = row_for (profile, field, value);
  return pd_paste_take (self, profile, field, value, error);
}

/* AmazonPay_KEYID.pem, as browsers name it: "AmazonPay_KEYID (1).pem" for the second copy. Returns (transfer full) (nullable). */
static char *
key_id_of_name (const char *name)
{
  g_autofree char       *base = name != NULL ? g_path_get_basename (name) : NULL;
  g_autoptr (GRegex)     regex = g_regex_new ("^AmazonPay_((?:SANDBOX-|LIVE-)?[A-Z0-9]{24})(?:[ _-]?\\(?[0-9]{1,3}\\)?)?\\.(?:pem|txt)$",
                                              G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (base == NULL || !g_utf8_validate (base, -1, NULL) || !g_regex_match (regex, base, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

static PdPaste *
read_key (PdProfile   *profile,
          const char  *text,
          gsize        length,
          const char  *name,
          GError     **error)
{
  g_autoptr (PdKey)        key = pd_key_new_private (text, length, error);
  g_autoptr (PdSecretText) stored = NULL;
  g_autofree char         *key_id = key_id_of_name (name);
  PdPaste                 *self;
  const PdField           *id_field;

  if (key == NULL)
    return NULL;
  self = pd_paste_alloc (PD_PASTE_PEM);
  stored = pd_key_to_stored (key);
  id_field = row_for (profile, pd_catalogue_lookup ("public-key-id"), key_id);
  pd_paste_take (self, profile, row_for (profile, pd_catalogue_lookup ("private-key"), key_id), pd_secret_text_peek (stored), NULL);
  if (key_id != NULL) {
    const char *present = pd_profile_get_text (profile, id_field->id);

    pd_paste_take (self, profile, id_field, key_id, NULL);
    if (*present != '\0' && !g_str_equal (present, key_id))
      pd_paste_add_note (self, _("The file’s name says another public key ID than the shop has had."));
  }
  return self;
}

/* Told without reading it: that is the import's work, and it says best what is wrong with a damaged one. */
static gboolean
is_export (const char *text,
           gsize       length)
{
  gsize start = 0;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    start = 3;
  while (start < length && g_ascii_isspace (text[start]))
    start++;
  return start < length && text[start] == '{' &&
         memmem (text + start, length - start, "\"" PD_EXPORT_KIND "\"", strlen ("\"" PD_EXPORT_KIND "\"")) != NULL;
}

/* The field of one value that stands alone: by its label, else by its form. Addresses have no form of their own: several
 * fields take them. */
static const PdField *
tell_field (const char *line)
{
  gsize          size;
  const PdField *field = pd_label_find (line, strlen (line), &size);

  if (field != NULL)
    return field;
  field = pd_shape_recognise (line, NULL);
  return field != NULL && field->shape->url == PD_URL_NONE ? field : NULL;
}

/* The text as one value, even over several lines. */
static gboolean
take_whole (PdPaste     *self,
            PdProfile   *profile,
            const char  *text,
            gboolean     one_line,
            GError     **error)
{
  g_autoptr (PdWiped) line = pd_clean_line (text);
  g_autoptr (PdWiped) plain = pd_clean_value (pd_catalogue_lookup ("seller-id"), text, NULL);
  const PdField      *field = tell_field (line);
  g_autoptr (PdWiped) value = NULL;

  if (field == NULL)
    field = tell_field (plain);
  if (field == NULL)
    return FALSE;
  value = pd_clean_value (field, text, NULL);
  if (!one_line && !pd_shape_matches (field->shape, value))
    return FALSE;
  return pd_paste_take_raw (self, profile, field, text, error);
}

/* A page or a table copied whole: a label and its value on one line, or on two. */
static gboolean
take_lines (PdPaste     *self,
            PdProfile   *profile,
            const char  *text,
            guint       *n_strange,
            GError     **error)
{
  const PdField *announced = NULL;
  const char    *rest = text;

  *n_strange = 0;
  while (*rest != '\0') {
    gsize                length = strcspn (rest, "\r\n");
    g_autoptr (PdWiped)  raw = g_strndup (rest, length);
    g_autoptr (PdWiped)  line = pd_clean_line (raw);
    const PdField       *label = pd_label_lookup (line);
    const PdField       *field = label == NULL ? tell_field (line) : NULL;

    rest += length;
    rest += strspn (rest, "\r\n");
    if (*line == '\0')
      continue;
    if (field == NULL && label == NULL)
      field = announced;
    if (label == NULL && field == NULL)
      (*n_strange)++;
    if (field != NULL && !pd_paste_take_raw (self, profile, field, raw, error))
      return FALSE;
    announced = label;
  }
  return self->values->len > 0;
}

static PdPaste *
read_text (PdProfile   *profile,
           const char  *text,
           GError     **error)
{
  g_autoptr (PdPaste) self = pd_paste_alloc (PD_PASTE_TEXT);
  g_autoptr (GError)  cause = NULL;
  gboolean            one_line;
  guint               n_strange = 0;

  while (g_ascii_isspace (*text))
    text++;
  one_line = strpbrk (text, "\r\n") == NULL || text[strcspn (text, "\r\n") + strspn (text + strcspn (text, "\r\n"), "\r\n \t")] == '\0';
  if (take_whole (self, profile, text, one_line, &cause) ||
      (cause == NULL && take_lines (self, profile, text, &n_strange, &cause))) {
    if (n_strange > 0) {
      g_autofree char *note = g_strdup_printf (ngettext ("%'u line was not understood and left out.",
                                                         "%'u lines were not understood and left out.", n_strange), n_strange);

      pd_paste_add_note (self, note);
    }
    return g_steal_pointer (&self);
  }
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                         _("Nothing in this was recognised. Paste the keys that Amazon copies, a private key, or an ID; an address goes into its own field."));
  return NULL;
}

/* Windows’ editor can save in UTF-16. Returns a copy in UTF-8 without byte order mark, or NULL. */
static char *
to_utf8 (const char *text,
         gsize       length)
{
  const char *charset = NULL;
  char       *utf8;
  gsize       written = 0;

  if (length >= 2 && memcmp (text, "\xff\xfe", 2) == 0)
    charset = "UTF-16LE";
  else if (length >= 2 && memcmp (text, "\xfe\xff", 2) == 0)
    charset = "UTF-16BE";
  if (charset != NULL) {
    utf8 = g_convert (text + 2, (gssize) length - 2, "UTF-8", charset, NULL, &written, NULL);
    if (utf8 != NULL && strlen (utf8) != written)
      g_clear_pointer (&utf8, pd_wiped_free);
    return utf8;
  }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    length -= 3;
  }
  return g_utf8_validate_len (text, length, NULL) ? g_strndup (text, length) : NULL;
}

static gboolean
is_base64 (const char *text)
{
  gsize n = 0;

  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_isspace (*c))
      continue;
    if (!g_ascii_isalnum (*c) && strchr ("+/=", *c) == NULL)
      return FALSE;
    n++;
  }
  return n >= MIN_KEY && n <= MAX_KEY;
}

/**
 * pd_paste_new:
 * @profile: the shop that the values are for
 * @text: what was pasted, dropped or read from a file
 * @length: its length in bytes
 * @name: (nullable): the file's name, where it came from a file
 * @error: %PD_ERROR_BAD_KEY for a private key that cannot be used, else %PD_ERROR_BAD_INPUT; neither quotes the text
 *
 * Recognises an export of ours, Amazon's copied keys (five members of a JSON object, in any order and among
 * others, with text around it), a private key in PEM form or Base64, and values by their labels or their form. Nothing is
 * stored. A value for a list field comes with what the list holds already, one value a line.
 *
 * Returns: (transfer full) (nullable): what was found
 */
PdPaste *
pd_paste_new (PdProfile   *profile,
              const char  *text,
              gsize        length,
              const char  *name,
              GError     **error)
{
  g_autoptr (PdWiped) utf8 = NULL;
  const char         *brace;
  const char         *armour;

  g_return_val_if_fail (PD_IS_PROFILE (profile), NULL);

  if (is_export (text, length))
    return pd_paste_alloc (PD_PASTE_PROFILES);
  if (length > MAX_TEXT) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                         _("This is too long for keys or IDs. Paste the keys that Amazon copies, a private key, or an ID."));
    return NULL;
  }
  utf8 = to_utf8 (text, length);
  if (utf8 == NULL) {
    g_set_error_literal (error, PD_ERROR, PD_ERROR_BAD_INPUT,
                         _("This is not a text in UTF-8. Paste the keys that Amazon copies, a private key, or an ID."));
    return NULL;
  }
  brace = strpbrk (utf8, "{");
  if (brace == NULL)
    brace = strstr (utf8, "｛");
  armour = strstr (utf8, "PRIVATE KEY-");
  if (armour == NULL)
    armour = strstr (utf8, "-----BEGIN");
  if (brace != NULL && (armour == NULL || brace < armour))
    return pd_paste_read_keys (profile, utf8, brace, error);
  if (armour != NULL || is_base64 (utf8))
    return read_key (profile, utf8, strlen (utf8), name, error);
  return read_text (profile, utf8, error);
}

void
pd_paste_free (PdPaste *self)
{
  g_ptr_array_unref (self->values);
  g_free (self->note);
  g_free (self);
}
