/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-explain.h"

/* How much a sign weighs. What is certain outweighs what is likely, and a long phrase a short one. */
#define SCORE_PHRASE   100
#define SCORE_STRONG   120
#define SCORE_MEMBER   90
#define SCORE_PATTERN  85
#define SCORE_WORD     80
#define SCORE_NEAR     50 /* to 85, by likeness */
#define SCORE_STATUS   40
#define BONUS_ALSO     8
#define BONUS_LENGTH   12
#define MALUS_WEAK     30
#define MALUS_UNUSED   15
#define MAX_BEHIND     35 /* further behind the best is not worth reading */

/* Likeness is looked for in short texts only: those that somebody typed or picked. */
#define MAX_NEAR       16384
#define MIN_NEAR       8    /* characters */
#define MIN_NEAR_CELLS 14
#define LIKE_LONG      0.76
#define LIKE_SHORT     0.83
#define LONG_CELLS     40
#define LIKE_PIECE     0.88
#define MIN_PIECE      0.55 /* of the phrase */

#define N_TRIGRAMS     (1 << 15)
#define N_SLOTS        512
#define MAX_PHRASE     200

/* One sign, ready for use. */
typedef struct {
  const PdCause *cause;
  const PdSign  *sign;
  char          *text;       /* folded */
  gunichar      *characters;
  gsize          n_characters;
  guint          n_cells;
  GRegex        *regex;
  GRegex        *also;
} Probe;

/* Three letters in a row that the text has: tells nearly for free that a phrase is not in it. */
typedef struct {
  guint8 bits[N_TRIGRAMS / 8];
} Trigrams;

static guint
hash_trigram (const gunichar *characters)
{
  guint hash = characters[0] * 2654435761u ^ characters[1] * 2246822519u ^ characters[2] * 3266489917u;

  return (hash ^ hash >> 15) % N_TRIGRAMS;
}

static GRegex *
compile (const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *unified = pattern != NULL ? pd_explain_text_unify (pattern) : NULL;
  GRegex            *regex;

  if (pattern == NULL)
    return NULL;
  regex = g_regex_new (unified, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
  if (regex == NULL)
    g_error ("pattern “%s”: %s", pattern, error->message);
  return regex;
}

static guint
count_cells (const gunichar *characters,
             gsize           n)
{
  guint cells = 0;

  for (gsize i = 0; i < n; i++)
    cells += g_unichar_iswide (characters[i]) ? 2 : 1;
  return cells;
}

static Probe *
probe_new (const PdCause *cause,
           const PdSign  *sign)
{
  Probe *probe = g_new0 (Probe, 1);
  glong  n;

  probe->cause = cause;
  probe->sign = sign;
  probe->also = compile (sign->also);
  switch (sign->kind) {
  case PD_SIGN_PHRASE:
    probe->text = pd_explain_text_fold (sign->text, NULL);
    probe->characters = g_utf8_to_ucs4_fast (probe->text, -1, &n);
    probe->n_characters = (gsize) n;
    probe->n_cells = count_cells (probe->characters, probe->n_characters);
    break;
  case PD_SIGN_PATTERN:
    probe->regex = compile (sign->text);
    break;
  case PD_SIGN_CODE:
  case PD_SIGN_MEMBER:
    probe->text = g_ascii_strdown (sign->text, -1);
    break;
  case PD_SIGN_STATUS:
  default:
    break;
  }
  return probe;
}

static GPtrArray *
get_probes (void)
{
  static GPtrArray *probes;

  if (g_once_init_enter (&probes)) {
    GPtrArray            *made = g_ptr_array_new ();
    guint                 n_causes;
    const PdCause *const *causes = pd_cause_get_all (&n_causes);

    for (guint i = 0; i < n_causes; i++) {
      for (const PdSign *sign = causes[i]->signs; sign->text != NULL; sign++)
        g_ptr_array_add (made, probe_new (causes[i], sign));
    }
    g_once_init_leave (&probes, made);
  }
  return probes;
}

static void
trigrams_init (Trigrams            *self,
               const PdExplainText *text)
{
  memset (self, 0, sizeof *self);
  for (gsize i = 0; i + 2 < text->n_characters; i++) {
    guint hash = hash_trigram (text->characters + i);

    self->bits[hash / 8] |= (guint8) (1 << hash % 8);
  }
}

/* Returns: the share of the phrase's trigrams that the text has. */
static double
trigrams_share (const Trigrams *self,
                const Probe    *probe)
{
  gsize n = 0;

  if (probe->n_characters < 3)
    return 1;
  for (gsize i = 0; i + 2 < probe->n_characters; i++) {
    guint hash = hash_trigram (probe->characters + i);

    n += self->bits[hash / 8] >> hash % 8 & 1;
  }
  return (double) n / (double) (probe->n_characters - 2);
}

/* The phrase's pairs of neighbours, with how often each occurs in it and in the window that moves over the text. */
typedef struct {
  guint64 pairs[N_SLOTS];
  guint8  wanted[N_SLOTS];
  guint16 seen[N_SLOTS];
  gsize   common;
} Pairs;

static guint
find_slot (const Pairs    *self,
           const gunichar *characters)
{
  guint64 pair = ((guint64) characters[0] << 32 | characters[1]) + 1;
  guint   slot = (guint) ((pair * 0x9e3779b97f4a7c15u) >> 40) % N_SLOTS;

  while (self->pairs[slot] != 0 && self->pairs[slot] != pair)
    slot = (slot + 1) % N_SLOTS;
  return slot;
}

static void
pairs_init (Pairs       *self,
            const Probe *probe)
{
  memset (self, 0, sizeof *self);
  for (gsize i = 0; i + 1 < probe->n_characters; i++) {
    guint slot = find_slot (self, probe->characters + i);

    self->pairs[slot] = ((guint64) probe->characters[i] << 32 | probe->characters[i + 1]) + 1;
    self->wanted[slot]++;
  }
}

static void
pairs_add (Pairs          *self,
           const gunichar *characters)
{
  guint slot = find_slot (self, characters);

  if (self->pairs[slot] != 0 && self->seen[slot]++ < self->wanted[slot])
    self->common++;
}

static void
pairs_remove (Pairs          *self,
              const gunichar *characters)
{
  guint slot = find_slot (self, characters);

  if (self->pairs[slot] != 0 && --self->seen[slot] < self->wanted[slot])
    self->common--;
}

static void
pairs_clear (Pairs *self)
{
  memset (self->seen, 0, sizeof self->seen);
  self->common = 0;
}

/* The likeness of the phrase and the most similar piece of its length. */
static double
find_like (Pairs               *pairs,
           const Probe         *probe,
           const PdExplainText *text)
{
  gsize  window = MIN (probe->n_characters, text->n_characters) - 1;
  gsize  best = 0;

  pairs_clear (pairs);
  for (gsize i = 0; i + 1 < text->n_characters; i++) {
    pairs_add (pairs, text->characters + i);
    if (i >= window)
      pairs_remove (pairs, text->characters + i - window);
    best = MAX (best, pairs->common);
  }
  return 2.0 * (double) best / (double) (window + probe->n_characters - 1);
}

/* A line, sentence or quotation that is a good part of the phrase and nothing else: a shortened quotation. */
static double
find_piece (Pairs               *pairs,
            const Probe         *probe,
            const PdExplainText *text)
{
  gsize  start = 0;
  double best = 0;

  for (guint i = 0; i < text->breaks->len; i++) {
    gsize end = MIN (g_array_index (text->breaks, gsize, i), text->n_characters);
    gsize n = end > start ? end - start : 0;

    if (n >= MIN_NEAR && n <= probe->n_characters && (double) n >= MIN_PIECE * (double) probe->n_characters &&
        count_cells (text->characters + start, n) >= MIN_NEAR_CELLS) {
      pairs_clear (pairs);
      for (gsize j = start; j + 1 < end; j++)
        pairs_add (pairs, text->characters + j);
      best = MAX (best, (double) pairs->common / (double) (n - 1));
    }
    start = MAX (start, end);
  }
  return best;
}

static guint
rate (double likeness,
      double least)
{
  return likeness < least ? 0 : (guint) (SCORE_NEAR + (SCORE_PATTERN - SCORE_NEAR) * (likeness - least) / (1 - least));
}

static guint
score_phrase (const Probe         *probe,
              const PdExplainText *text,
              const Trigrams      *trigrams,
              gboolean            *is_near)
{
  double share = trigrams_share (trigrams, probe);
  double like;
  Pairs  pairs;

  if (share >= 1 && strstr (text->folded, probe->text) != NULL)
    return SCORE_PHRASE + MIN (probe->n_cells / 8, BONUS_LENGTH);
  if (share < 0.4 || probe->sign->is_weak || probe->n_cells < MIN_NEAR_CELLS || probe->n_characters > MAX_PHRASE ||
      text->n_characters < MIN_NEAR || text->n_characters > MAX_NEAR)
    return 0;
  *is_near = TRUE;
  pairs_init (&pairs, probe);
  like = probe->n_cells >= LONG_CELLS ? LIKE_LONG : LIKE_SHORT;
  return MAX (rate (find_like (&pairs, probe, text), like), rate (find_piece (&pairs, probe, text), LIKE_PIECE));
}

static guint
score (const Probe         *probe,
       const PdExplainText *text,
       const Trigrams      *trigrams,
       gboolean            *is_near)
{
  const PdSign *sign = probe->sign;
  guint         points = 0;

  switch (sign->kind) {
  case PD_SIGN_PHRASE:
    points = score_phrase (probe, text, trigrams, is_near);
    break;
  case PD_SIGN_PATTERN:
    if (g_regex_match (probe->regex, text->folded, 0, NULL))
      points = sign->is_strong ? SCORE_STRONG : SCORE_PATTERN;
    break;
  case PD_SIGN_CODE:
    if (g_hash_table_contains (text->members, probe->text))
      points = SCORE_MEMBER;
    else if (g_hash_table_contains (text->words, probe->text))
      points = SCORE_WORD;
    break;
  case PD_SIGN_MEMBER:
    if (g_hash_table_contains (text->members, probe->text))
      points = SCORE_MEMBER;
    break;
  case PD_SIGN_STATUS:
  default:
    if (g_hash_table_contains (text->statuses, GINT_TO_POINTER ((int) sign->status)))
      points = SCORE_STATUS;
  }
  if (points > 0 && probe->also != NULL)
    points = g_regex_match (probe->also, text->folded, 0, NULL) ? points + BONUS_ALSO : 0;
  if (points > 0 && sign->is_weak)
    points -= MALUS_WEAK;
  return points;
}

static void
add_fields (PdExplanation     *self,
            const char *const *fields,
            PdProfile         *profile)
{
  for (guint i = 0; fields[i] != NULL; i++) {
    const PdField *field = pd_catalogue_lookup (fields[i]);

    if (field != NULL && (profile == NULL || pd_profile_field_applies (profile, field)))
      g_ptr_array_add (self->fields, (gpointer) field->id);
  }
}

/**
 * pd_explanation_new:
 * @cause: a cause
 * @profile: (nullable): the shop it is for
 *
 * Returns: (transfer full): the cause as it concerns that shop: without fields that its mode and generation do not use
 */
PdExplanation *
pd_explanation_new (const PdCause *cause,
                    PdProfile     *profile)
{
  PdExplanation *self = g_new0 (PdExplanation, 1);
  PdMode         mode = profile != NULL ? pd_profile_get_mode (profile) : PD_MODE_ENABLED;
  PdGeneration   generation = profile != NULL ? pd_profile_get_generation (profile) : PD_GENERATION_NEW;

  self->cause = cause;
  self->confidence = cause->is_likely ? PD_CONFIDENCE_LIKELY : PD_CONFIDENCE_CERTAIN;
  self->is_used = profile == NULL || ((cause->modes & mode) != 0 && (cause->generations & generation) != 0);
  self->fields = g_ptr_array_new ();
  self->places = g_ptr_array_new ();
  add_fields (self, cause->fields, profile);
  for (guint i = 0; i < G_N_ELEMENTS (cause->places) && cause->places[i] != NULL; i++) {
    for (const PdPlace *place = cause->places[i]; place->path != NULL; place++) {
      if (pd_place_applies (place, mode, generation))
        g_ptr_array_add (self->places, (gpointer) place);
    }
  }
  return self;
}

/**
 * pd_explanation_free:
 * @self: an explanation
 *
 * Frees it.
 */
void
pd_explanation_free (PdExplanation *self)
{
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->places);
  g_free (self);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const PdExplanation *first = *(PdExplanation *const *) a;
  const PdExplanation *second = *(PdExplanation *const *) b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return strcmp (first->cause->id, second->cause->id);
}

/* What stands out of all the signs of one cause. */
static PdExplanation *
judge (const PdCause       *cause,
       GPtrArray           *probes,
       guint               *at,
       const PdExplainText *text,
       const Trigrams      *trigrams,
       PdProfile           *profile)
{
  const Probe   *best = NULL;
  guint          best_points = 0;
  guint          n_signs = 0;
  gboolean       best_near = FALSE;
  PdExplanation *explanation;

  for (; *at < probes->len && ((Probe *) g_ptr_array_index (probes, *at))->cause == cause; (*at)++) {
    const Probe *probe = g_ptr_array_index (probes, *at);
    gboolean     is_near = FALSE;
    guint        points = score (probe, text, trigrams, &is_near);

    n_signs += points > 0;
    if (points > best_points) {
      best = probe;
      best_points = points;
      best_near = is_near;
    }
  }
  if (best == NULL)
    return NULL;
  explanation = pd_explanation_new (cause, profile);
  explanation->score = best_points + MIN (n_signs - 1, 3);
  if (best_near || best->sign->is_weak || best->sign->kind == PD_SIGN_STATUS || best->sign->kind == PD_SIGN_PATTERN)
    explanation->confidence = PD_CONFIDENCE_LIKELY;
  if (best->sign->fields[0] != NULL) {
    const char *fields[G_N_ELEMENTS (best->sign->fields) + 1] = { NULL };

    memcpy (fields, best->sign->fields, sizeof best->sign->fields);
    g_ptr_array_set_size (explanation->fields, 0);
    add_fields (explanation, fields, profile);
  }
  if (!explanation->is_used)
    explanation->score -= MIN (explanation->score, MALUS_UNUSED);
  return explanation;
}

/**
 * pd_explain:
 * @text: what somebody pasted: any bytes
 * @length: how many, or -1 if a NUL ends it; what goes beyond %PD_EXPLAIN_MAX_BYTES is not looked at
 * @profile: (nullable): the shop that it happened in
 *
 * Recognises what a shopper, the shop's admin, Seller Central or a log showed. Fast enough to be called while one types, and
 * needs neither network nor keyring.
 *
 * Returns: (transfer full) (element-type PdExplanation): at most %PD_EXPLAIN_MAX_CAUSES causes, best first
 */
GPtrArray *
pd_explain (const char *text,
            gssize      length,
            PdProfile  *profile)
{
  g_autoptr (PdExplainText) comparable = pd_explain_text_new (text, length < 0 ? strlen (text) : (gsize) length);
  GPtrArray                *found = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_explanation_free);
  GPtrArray                *probes = get_probes ();
  guint                     at = 0;
  Trigrams                  trigrams;

  trigrams_init (&trigrams, comparable);
  while (at < probes->len) {
    const Probe   *probe = g_ptr_array_index (probes, at);
    PdExplanation *explanation = judge (probe->cause, probes, &at, comparable, &trigrams, profile);

    if (explanation != NULL)
      g_ptr_array_add (found, explanation);
  }
  g_ptr_array_sort (found, compare);
  for (guint i = 1; i < found->len; i++) {
    const PdExplanation *best = g_ptr_array_index (found, 0);
    const PdExplanation *other = g_ptr_array_index (found, i);

    if (i >= PD_EXPLAIN_MAX_CAUSES || other->score + MAX_BEHIND < best->score) {
      g_ptr_array_set_size (found, (int) i);
      break;
    }
  }
  return found;
}

/**
 * pd_explanation_get_fields:
 * @self: an explanation
 *
 * Returns: (transfer none) (array zero-terminated=1): ids to look at in this shop, most likely first
 */
const char *const *
pd_explanation_get_fields (PdExplanation *self)
{
  static const char *const nothing[] = { NULL };

  if (self->fields->len == 0)
    return nothing;
  if (g_ptr_array_index (self->fields, self->fields->len - 1) != NULL)
    g_ptr_array_add (self->fields, NULL);
  return (const char *const *) self->fields->pdata;
}

/**
 * pd_explanation_dup_meaning:
 * @self: an explanation
 *
 * Returns: (transfer full): what it means, translated, and whether it concerns this shop at all
 */
char *
pd_explanation_dup_meaning (PdExplanation *self)
{
  const char *meaning = pd_cause_get_meaning (self->cause);

  if (self->is_used)
    return g_strdup (meaning);
  /* Translators: %1$s is what an error means, one or more sentences */
  return g_strdup_printf (_("%1$s A shop like this one does not come to it any more: the text is from an old log, or from another shop."),
                          meaning);
}

/**
 * pd_explanation_dup_where:
 * @self: an explanation
 *
 * Returns: (transfer full) (array zero-terminated=1): steps of the menu path to the first place; empty where there is none
 */
char **
pd_explanation_dup_where (PdExplanation *self)
{
  return self->places->len > 0 ? pd_place_split (g_ptr_array_index (self->places, 0)) : g_new0 (char *, 1);
}

/**
 * pd_explain_get_wanted:
 * @n_wanted: (out): how many there are
 *
 * Returns: (array length=n_wanted): what the support will ask for where a text is not known; to be translated
 */
const char *const *
pd_explain_get_wanted (guint *n_wanted)
{
  static const char *const wanted[] = {
    N_("The whole text, as it is shown"),
    N_("Where it was shown, to whom, and when"),
    N_("The address of the page"),
    N_("The request ID, where there is one"),
    N_("The findings of the tests"),
  };

  *n_wanted = G_N_ELEMENTS (wanted);
  return wanted;
}

/**
 * pd_explain_get_unknown:
 *
 * Returns: what to say and to collect where nothing is recognised, translated
 */
const char *
pd_explain_get_unknown (void)
{
  return _("Paydesk does not know this text. For the support, collect the whole text, where and when it was shown, "
           "the page’s address, the request ID if there is one, and the findings of the tests.");
}
