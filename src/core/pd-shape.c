/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-error.h"
#include "pd-key.h"
#include "pd-shape.h"
#include "pd-url-private.h"

#define HEX      "0123456789abcdef"
#define DIGITS   "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS
#define LETTERS  "abcdefghijklmnopqrstuvwxyz" CAPITALS

/* Amazon's identifiers as documented or seen; a prefix that is needed is documented, the rest is not promised. */
const PdShape pd_shape_merchant_id = {
  .id = "merchant-id", .alphabet = CAPITALS, .min = 10, .max = 21, .pattern = "^A",
  .expected = N_("A followed by 9 to 20 capital letters and digits"),
};
const PdShape pd_shape_client_id = {
  .id = "client-id", .prefixes = { "amzn1.application-oa2-client." }, .prefix_needed = TRUE, .alphabet = HEX, .min = 32, .max = 32,
  .expected = N_("“amzn1.application-oa2-client.” followed by 32 digits and letters a–f"),
};
const PdShape pd_shape_mws_auth_token = {
  .id = "mws-auth-token", .prefixes = { "amzn.mws." }, .prefix_needed = TRUE, .alphabet = HEX "-", .min = 36, .max = 36,
  .pattern = "^amzn\\.mws\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  .expected = N_("“amzn.mws.” followed by five groups of digits and letters a–f"),
};
const PdShape pd_shape_client_secret = {
  .id = "client-secret", .prefixes = { "amzn1.oa2-cs.v1." }, .alphabet = HEX, .min = 64, .max = 64,
  .expected = N_("64 digits and letters a–f, with or without “amzn1.oa2-cs.v1.” before them"),
};
const PdShape pd_shape_access_key_id = {
  .id = "access-key-id", .prefixes = { "AKIA" }, .alphabet = CAPITALS, .min = 16, .max = 20, .pattern = "^.{20}$",
  .expected = N_("20 capital letters and digits, mostly beginning with AKIA"),
};
const PdShape pd_shape_secret_access_key = {
  .id = "secret-access-key", .alphabet = LETTERS "/+=", .min = 40, .max = 40,
  .expected = N_("40 letters, digits and the signs / + ="),
};
const PdShape pd_shape_public_key_id = {
  .id = "public-key-id", .prefixes = { "SANDBOX-", "LIVE-" }, .alphabet = CAPITALS, .min = 24, .max = 24,
  .expected = N_("24 capital letters and digits, mostly with SANDBOX- or LIVE- before them"),
};
const PdShape pd_shape_private_key = {
  .id = "private-key", .prefixes = { "-----BEGIN", "MII" }, .alphabet = LETTERS "/+=", .min = 800,
  .expected = N_("an RSA private key of at least 2048 bits, not encrypted"),
};
const PdShape pd_shape_site_url = {
  .id = "site-url", .url = PD_URL_WHOLE | PD_URL_SITE,
  .expected = N_("the address of the shop’s site, such as https://www.example.jp/"),
};
const PdShape pd_shape_page_url = {
  .id = "page-url", .url = PD_URL_WHOLE, .expected = N_("the address of a page, beginning with https://"),
};
const PdShape pd_shape_origin = {
  .id = "origin", .url = PD_URL_WHOLE | PD_URL_ORIGIN | PD_URL_LOCAL, .expected = N_("https:// and the host, without a path"),
};
const PdShape pd_shape_return_url = {
  .id = "return-url", .url = PD_URL_WHOLE | PD_URL_LOCAL, .expected = N_("a whole address, beginning with https://"),
};
const PdShape pd_shape_notification_url = {
  .id = "notification-url", .url = PD_URL_WHOLE | PD_URL_NO_TOP, .max = 150,
  .expected = N_("a whole address, beginning with https://, of at most 150 characters"),
};
const PdShape pd_shape_email = {
  .id = "email", .pattern = "^[^@\\s/:]+@[^@\\s/:]+\\.[^@\\s/:]+$", .expected = N_("an e-mail address"),
};
const PdShape pd_shape_phone = {
  .id = "phone", .pattern = "^\\+?[0-9][0-9() -]{5,20}$", .expected = N_("a telephone number"),
};
const PdShape pd_shape_description = {
  .id = "description", .pattern = "^Amazon Pay$", .expected = N_("exactly “Amazon Pay”"),
};
const PdShape pd_shape_date = {
  .id = "date", .alphabet = DIGITS "-", .min = 10, .max = 10, .pattern = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
  .expected = N_("a date such as 2020-11-18"),
};

/* What is well known and no shop's own. */
static const struct {
  const char *value;
  const char *what;
} foreign[] = {
  { "A1VC38T7YXB528", N_("This is the marketplace ID of Amazon.co.jp, which is the same for every shop.") },
  { "ATVPDKIKX0DER", N_("This is the marketplace ID of Amazon.com, which is the same for every shop.") },
  { "804019623754", N_("This is futureshop’s developer ID, to which the MWS Auth Token is granted.") },
  { "8040-1962-3754", N_("This is futureshop’s developer ID, to which the MWS Auth Token is granted.") },
};

/* The kinds that a whole value gives away without a prefix, the narrower ones first. */
static const char *const telling[] = {
  "client-id", "mws-auth-token", "client-secret", "public-key-id", "access-key-id", "seller-id", "secret-access-key", "support-email",
};

static const char *
find_prefix (const PdShape *shape,
             const char    *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape->prefixes) && shape->prefixes[i] != NULL; i++) {
    if (g_str_has_prefix (value, shape->prefixes[i]))
      return shape->prefixes[i];
  }
  return NULL;
}

/* The rest of a value, behind its prefix if it has one. An access key's letters count whether it has one or not. */
static const char *
get_rest (const PdShape *shape,
          const char    *value)
{
  const char *prefix = find_prefix (shape, value);

  return prefix != NULL ? value + strlen (prefix) : value;
}

/**
 * pd_shape_matches:
 * @shape: a form
 * @value: one value
 *
 * Returns: whether the value has that form; addresses and keys are not judged here
 */
gboolean
pd_shape_matches (const PdShape *shape,
                  const char    *value)
{
  const char *rest = get_rest (shape, value);
  gsize       length = strlen (rest);

  if (shape->alphabet == NULL && shape->pattern == NULL)
    return FALSE;
  if (shape->prefix_needed && rest == value)
    return FALSE;
  if (shape->alphabet != NULL &&
      (strspn (rest, shape->alphabet) != length || length < shape->min || (shape->max > 0 && length > shape->max)))
    return FALSE;
  return shape->pattern == NULL || g_regex_match_simple (shape->pattern, value, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* Capital, small and digit together: what 40 letters of a word or a hash are not. */
static gboolean
looks_random (const char *value)
{
  return strpbrk (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL && strpbrk (value, "abcdefghijklmnopqrstuvwxyz") != NULL &&
         strpbrk (value, DIGITS) != NULL;
}

static const PdField *
recognise_prefix (const char *value)
{
  const PdField        *best = NULL;
  gsize                 best_length = 0;
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    const char *prefix = fields[i]->shape != NULL ? find_prefix (fields[i]->shape, value) : NULL;

    if (prefix == NULL || fields[i]->sandbox_of != NULL || strlen (prefix) <= best_length)
      continue;
    /* Short prefixes are words too: the whole value has to look like one. */
    if (strlen (prefix) < 8 && !pd_shape_matches (fields[i]->shape, value))
      continue;
    best = fields[i];
    best_length = strlen (prefix);
  }
  return best;
}

/**
 * pd_shape_recognise:
 * @value: one value
 * @standing_in: (nullable): the field in which it was found, or %NULL
 *
 * Known prefixes are tried first, the longest one first; then, where the value does not have its own field's form, whole forms.
 *
 * Returns: (nullable): another field that the value looks like the value of
 */
const PdField *
pd_shape_recognise (const char    *value,
                    const PdField *standing_in)
{
  const PdShape *own = standing_in != NULL ? standing_in->shape : NULL;
  const PdField *found = g_str_equal (value, PD_PRESET_TOKEN) ? pd_catalogue_lookup ("mws-auth-token") : recognise_prefix (value);

  if (found != NULL)
    return found->shape == own ? NULL : found;
  if (standing_in != NULL && standing_in->seen_of != NULL)
    return NULL;
  if (own != NULL && (pd_shape_matches (own, value) || find_prefix (own, value) != NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (telling); i++) {
    const PdField *field = pd_catalogue_lookup (telling[i]);

    if (field->shape == own || !pd_shape_matches (field->shape, value))
      continue;
    /* Free text may be any ID's; a secret is worth a question. */
    if (standing_in != NULL && own == NULL && !pd_field_is_secret (field))
      continue;
    if (field->shape == &pd_shape_secret_access_key && !looks_random (value))
      continue;
    return field;
  }
  if ((standing_in == NULL || (own != NULL && own->url == PD_URL_NONE)) && (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")))
    return pd_catalogue_lookup (pd_url_has_path (value) ? "return-urls" : "javascript-origins");
  return NULL;
}

static void
add (GPtrArray  *problems,
     const char *rule,
     PdSeverity  severity,
     char       *message)
{
  g_ptr_array_add (problems, pd_problem_new (rule, severity, message));
  g_free (message);
}

/* A letter that is easily taken for one that may stand there. */
static const char *
confusable_hint (char        c,
                 const char *alphabet)
{
  static const struct {
    char        wrong;
    char        right;
    const char *hint;
  } pairs[] = {
    { 'O', '0', N_("Is it the digit 0 rather than the letter O?") },
    { 'o', '0', N_("Is it the digit 0 rather than the letter o?") },
    { 'I', '1', N_("Is it the digit 1 rather than the letter I?") },
    { 'l', '1', N_("Is it the digit 1 rather than the letter l?") },
  };

  if ((guchar) c >= 0x80)
    return N_("It may look like a plain letter or digit, and is not.");
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    if (pairs[i].wrong == c && strchr (alphabet, pairs[i].right) != NULL)
      return pairs[i].hint;
  }
  if (g_ascii_isupper (c) && strchr (alphabet, g_ascii_tolower (c)) != NULL)
    return N_("Capital letters do not occur in it.");
  if (g_ascii_islower (c) && strchr (alphabet, g_ascii_toupper (c)) != NULL)
    return N_("Small letters do not occur in it.");
  return NULL;
}

/* What exactly is wrong with the rest, without a character of it: it may be a secret's. */
static char *
describe_rest (const PdShape *shape,
               const char    *value)
{
  const char *rest = get_rest (shape, value);
  gsize       good = strspn (rest, shape->alphabet);
  gulong      length = (gulong) g_utf8_strlen (rest, -1);

  if (rest[good] != '\0') {
    const char *hint = confusable_hint (rest[good], shape->alphabet);
    gulong      position = (gulong) g_utf8_strlen (value, rest + good - value) + 1;

    return hint != NULL
         ? g_strdup_printf (_("Character %lu does not belong there. %s"), position, _(hint))
         : g_strdup_printf (_("Character %lu does not belong there."), position);
  }
  if (length >= shape->min && (shape->max == 0 || length <= shape->max))
    return NULL;
  if (shape->min != shape->max)
    return g_strdup_printf (ngettext ("It has %'lu character.", "It has %'lu characters.", strlen (value)), (gulong) strlen (value));
  if (length < shape->min)
    return g_strdup_printf (ngettext ("%'lu character is missing.", "%'lu characters are missing.", shape->min - length),
                            shape->min - length);
  return g_strdup_printf (ngettext ("There is %'lu character too many.", "There are %'lu characters too many.", length - shape->max),
                          length - shape->max);
}

/* A beginning that differs from the right one in nothing but capitals. */
static gboolean
has_prefix_of_other_case (const PdShape *shape,
                          const char    *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape->prefixes) && shape->prefixes[i] != NULL; i++) {
    if (find_prefix (shape, value) == NULL && g_ascii_strncasecmp (value, shape->prefixes[i], strlen (shape->prefixes[i])) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
judge_shape (const PdField *field,
             const char    *value,
             GPtrArray     *problems)
{
  const PdShape   *shape = field->shape;
  gboolean         certain = shape->prefix_needed && find_prefix (shape, value) == NULL;
  g_autofree char *detail = NULL;

  if (pd_shape_matches (shape, value))
    return;
  if (has_prefix_of_other_case (shape, value))
    detail = g_strdup (_("Its beginning has capital and small letters mixed up."));
  else if (shape->alphabet != NULL && !certain)
    detail = describe_rest (shape, value);
  add (problems, "shape", certain ? PD_SEVERITY_ERROR : PD_SEVERITY_WARNING,
       g_strdup_printf (detail != NULL ? _("%1$s should be %2$s. %3$s") : _("%1$s should be %2$s."),
                        pd_field_get_label (field), _(shape->expected), detail));
}

/* Whether it is an ID that everybody has. */
static gboolean
judge_foreign (const PdField *field,
               const char    *value,
               GPtrArray     *problems)
{
  if (field->shape == NULL || field->view != PD_VIEW_API_INFORMATION)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++) {
    if (g_str_equal (foreign[i].value, value)) {
      add (problems, "shape", PD_SEVERITY_ERROR, g_strdup (_(foreign[i].what)));
      return TRUE;
    }
  }
  return FALSE;
}

static void
judge_key (const PdField *field,
           const char    *value,
           GPtrArray     *problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdKey)  key = pd_key_new_private (value, strlen (value), &error);

  if (key == NULL)
    add (problems, "shape", PD_SEVERITY_ERROR, g_strdup (error->message));
}

/**
 * pd_shape_judge_value:
 * @field: a catalogue row
 * @value: one of its values
 *
 * A value that looks like another field's is said to do so (rule `mixup`), and is not judged further.
 *
 * Returns: (transfer full) (element-type PdProblem): what is wrong with it; no message holds a part of the value
 */
GPtrArray *
pd_shape_judge_value (const PdField *field,
                      const char    *value)
{
  GPtrArray     *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_problem_free);
  const PdField *other;

  if (*value == '\0' || (field->seen_of != NULL && field->shape == NULL))
    return problems;
  if (field->shape == &pd_shape_mws_auth_token && g_str_equal (value, PD_PRESET_TOKEN))
    return problems;
  if (judge_foreign (field, value, problems))
    return problems;
  other = pd_shape_recognise (value, field);
  if (other != NULL) {
    PdProblem *problem;

    add (problems, "mixup", PD_SEVERITY_ERROR,
         g_strdup_printf (_("This looks like the value of “%s”, not of “%s”."), pd_field_get_label (other), pd_field_get_label (field)));
    problem = g_ptr_array_index (problems, 0);
    problem->field = g_strdup (other->id);
    return problems;
  }
  if (field->shape == NULL)
    return problems;
  if (field->shape == &pd_shape_private_key)
    judge_key (field, value, problems);
  else if (field->shape->url != PD_URL_NONE)
    pd_url_judge (field->shape, value, problems);
  else
    judge_shape (field, value, problems);
  return problems;
}
