/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-error.h"
#include "pd-logo.h"
#include "pd-logo-look.h"

/* S078 says "10MB" and no more: both readings. */
#define MAX_MEGABYTES 10000000
#define MAX_MEBIBYTES (10 * 1024 * 1024)

/* What a rule judges by. */
typedef struct {
  const PdLogoFacts *facts;
  guint64            bytes;
  PdLogoPicture     *picture; /* or NULL */
  const GError      *why;     /* or NULL */
  PdLogoLook         look;
} Seen;

/* Returns: (transfer full) (nullable): a sentence; NULL where there is nothing to judge. */
typedef char *(* Rule) (const Seen *seen, PdVerdict *verdict);

static const char *const type_names[] = { [PD_LOGO_PNG] = "PNG", [PD_LOGO_JPEG] = "JPEG", [PD_LOGO_GIF] = "GIF" };

static char *
judge_type (const Seen *seen,
            PdVerdict  *verdict)
{
  if (seen->facts->type == PD_LOGO_UNKNOWN) {
    *verdict = PD_VERDICT_FAILED;
    return g_strdup (_("Neither PNG, JPEG nor GIF by its content, whatever its name says. Save it as PNG."));
  }
  /* Translators: %s is PNG, JPEG or GIF */
  return g_strdup_printf (_("%s by its content."), type_names[seen->facts->type]);
}

static char *
judge_bytes (const Seen *seen,
             PdVerdict  *verdict)
{
  g_autofree char *size = g_strdup_printf ("%'" G_GUINT64_FORMAT, seen->bytes);

  if (seen->bytes > MAX_MEBIBYTES) {
    *verdict = PD_VERDICT_FAILED;
    return g_strdup_printf (_("%s bytes: more than 10 MB, even if a megabyte is 1,048,576 bytes. Make it smaller."), size);
  }
  if (seen->bytes > MAX_MEGABYTES) {
    *verdict = PD_VERDICT_WARNING;
    return g_strdup_printf (_("%s bytes: up to 10 MB only if a megabyte is 1,048,576 bytes, and too large if it is 1,000,000. "
                              "The manual does not say. Make it smaller, to be sure."), size);
  }
  return g_strdup_printf (_("%s bytes: up to 10 MB, whether a megabyte is 1,000,000 or 1,048,576 bytes."), size);
}

/* S079: no rule on the height. Where a note in the file turns the picture, the width is either side. */
static char *
judge_width (const Seen *seen,
             PdVerdict  *verdict)
{
  guint32 width;
  guint32 height;

  if (!seen->facts->has_size)
    return NULL;
  pd_logo_facts_get_shown (seen->facts, &width, &height);
  if (seen->facts->width == 0 || seen->facts->height == 0) {
    *verdict = PD_VERDICT_FAILED;
    return g_strdup_printf (_("%u × %u pixels: there is no picture in it. Save it again with a graphics program."), width, height);
  }
  if (width < PD_LOGO_WIDTH && seen->facts->width < PD_LOGO_WIDTH) {
    *verdict = PD_VERDICT_FAILED;
    return g_strdup_printf (_("%u × %u pixels: narrower than 150 pixels. Make it again from a larger original; 300 × 100 is good."), width, height);
  }
  if (width < PD_LOGO_WIDTH || seen->facts->width < PD_LOGO_WIDTH) {
    *verdict = PD_VERDICT_WARNING;
    return g_strdup_printf (_("%u × %u pixels, or %u × %u before it is turned upright: one of these is narrower than 150 pixels. "
                              "Save it upright, and wider."), width, height, seen->facts->width, seen->facts->height);
  }
  return g_strdup_printf (_("%u × %u pixels: at least 150 wide."), width, height);
}

static char *
judge_pixels (const Seen *seen,
              PdVerdict  *verdict)
{
  g_autofree char *pixels = g_strdup_printf ("%'" G_GUINT64_FORMAT, seen->facts->pixels);

  if (seen->facts->pixels <= PD_LOGO_MAX_PIXELS)
    return NULL;
  *verdict = PD_VERDICT_FAILED;
  return g_strdup_printf (_("%s pixels in all: Paydesk does not open so many, and Amazon may not either. Make it smaller; 300 × 100 is good."),
                          pixels);
}

/* Only what is wrong with the file counts against it; that Paydesk could not look does not. */
static char *
judge_content (const Seen *seen,
               PdVerdict  *verdict)
{
  if (seen->facts->type == PD_LOGO_UNKNOWN || seen->facts->pixels > PD_LOGO_MAX_PIXELS)
    return NULL;
  if (!seen->facts->has_size) {
    *verdict = PD_VERDICT_FAILED;
    return g_strdup (_("The picture is damaged and cannot be opened. Save it again with a graphics program."));
  }
  if (seen->why != NULL) {
    *verdict = g_error_matches (seen->why, PD_ERROR, PD_ERROR_BAD_INPUT) ? PD_VERDICT_FAILED : PD_VERDICT_UNDETERMINED;
    return g_strdup (seen->why->message);
  }
  if (!seen->facts->complete) {
    *verdict = PD_VERDICT_WARNING;
    return g_strdup (_("The file’s end is missing. Copy or save it again."));
  }
  return seen->picture != NULL ? g_strdup (_("The picture can be opened.")) : NULL;
}

static char *
judge_ratio (const Seen *seen,
             PdVerdict  *verdict)
{
  PdLogoPlace place;
  guint32     width;
  guint32     height;

  pd_logo_facts_get_shown (seen->facts, &width, &height);
  if (width == 0 || height == 0)
    return NULL;
  pd_logo_fit (width, height, 1, &place);
  /* One pixel nobody sees. */
  if (place.width + 1 >= PD_LOGO_WIDTH && place.height + 1 >= PD_LOGO_HEIGHT)
    return g_strdup (_("As wide as three times its height: it fills the 150 × 50 pixels."));
  *verdict = PD_VERDICT_WARNING;
  return g_strdup_printf (_("Not three times as wide as high: of 150 × 50 pixels it takes %u × %u, the rest stays empty."),
                          place.width, place.height);
}

static char *
judge_sharpness (const Seen *seen,
                 PdVerdict  *verdict)
{
  guint32 width;
  guint32 height;

  pd_logo_facts_get_shown (seen->facts, &width, &height);
  if (seen->picture == NULL)
    return NULL;
  if (width < PD_LOGO_WIDTH && height < PD_LOGO_HEIGHT) {
    *verdict = PD_VERDICT_WARNING;
    return g_strdup (_("Smaller than it is shown: enlarged, it will look blurred."));
  }
  if ((seen->look & PD_LOGO_LOOK_BLURRED) != 0) {
    *verdict = PD_VERDICT_WARNING;
    return g_strdup (_("It looks blurred, as if enlarged from a smaller picture. Use the original, where there is one."));
  }
  if (width < 2 * PD_LOGO_WIDTH && height < 2 * PD_LOGO_HEIGHT)
    return g_strdup (_("Sharp at 150 × 50 pixels; on screens of high density 300 × 100 looks better."));
  return g_strdup (_("Sharp at 150 × 50 pixels, and on screens of high density."));
}

static char *
judge_transparency (const Seen *seen,
                    PdVerdict  *verdict)
{
  if (seen->picture == NULL)
    return NULL;
  if ((seen->look & (PD_LOGO_LOOK_EMPTY | PD_LOGO_LOOK_PALE)) != 0)
    *verdict = PD_VERDICT_WARNING;
  if ((seen->look & PD_LOGO_LOOK_EMPTY) != 0)
    return g_strdup (_("Everything in it is transparent: nothing is seen."));
  if ((seen->look & PD_LOGO_LOOK_PALE) != 0)
    return g_strdup (_("White or pale parts on a transparent ground: on a white page they are hardly seen. Give it a ground of its own."));
  if ((seen->look & PD_LOGO_LOOK_TRANSPARENT) != 0)
    return g_strdup (_("The page shows through, and what is drawn can be seen on white."));
  return g_strdup (_("Not transparent."));
}

static char *
judge_still (const Seen *seen,
             PdVerdict  *verdict)
{
  if (seen->facts->frames < 2)
    return NULL;
  *verdict = PD_VERDICT_WARNING;
  return g_strdup_printf (ngettext ("It moves (%u frame): only the first is shown here, and whether Amazon shows more is not known.",
                                    "It moves (%u frames): only the first is shown here, and whether Amazon shows more is not known.",
                                    seen->facts->frames), seen->facts->frames);
}

static char *
judge_turn (const Seen *seen,
            PdVerdict  *verdict)
{
  if (seen->facts->turn == 1)
    return NULL;
  *verdict = PD_VERDICT_WARNING;
  return g_strdup (_("A note in the file (EXIF) turns it. Browsers heed that; whether Amazon does is not known. Save it upright."));
}

static char *
judge_colours (const Seen *seen,
               PdVerdict  *verdict)
{
  if (!seen->facts->is_cmyk)
    return NULL;
  *verdict = PD_VERDICT_WARNING;
  return g_strdup (_("Its colours are those of print (CMYK), and screens differ over them. Save it as RGB."));
}

/* The first five are what the manual asks for, or what keeps a picture from being one; the others are hints. */
static const struct {
  const char *id;
  Rule        judge;
} rules[] = {
  { "type", judge_type },
  { "bytes", judge_bytes },
  { "width", judge_width },
  { "pixels", judge_pixels },
  { "content", judge_content },
  { "ratio", judge_ratio },
  { "sharpness", judge_sharpness },
  { "transparency", judge_transparency },
  { "still", judge_still },
  { "orientation", judge_turn },
  { "colours", judge_colours },
};

static void
finding_free (PdLogoFinding *finding)
{
  g_free (finding->message);
  g_free (finding);
}

/**
 * pd_logo_new:
 * @facts: what the headers say
 * @bytes: the file's whole size
 * @picture: (nullable): what shoppers see, where that is known
 * @why: (nullable): why it is not
 *
 * Judges a logo by S076 to S080.
 *
 * Returns: (transfer full): the logo with its findings
 */
PdLogo *
pd_logo_new (const PdLogoFacts *facts,
             guint64            bytes,
             PdLogoPicture     *picture,
             const GError      *why)
{
  PdLogo *self = g_atomic_rc_box_new0 (PdLogo);
  Seen    seen = { facts, bytes, picture, why, picture != NULL ? pd_logo_look (picture) : PD_LOGO_LOOK_FINE };

  self->facts = *facts;
  self->bytes = bytes;
  self->picture = picture != NULL ? pd_logo_picture_ref (picture) : NULL;
  self->why = why != NULL ? g_error_copy (why) : NULL;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);
  self->verdict = PD_VERDICT_PASSED;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    PdVerdict      verdict = PD_VERDICT_PASSED;
    char          *message = rules[i].judge (&seen, &verdict);
    PdLogoFinding *finding;

    if (message == NULL)
      continue;
    finding = g_new0 (PdLogoFinding, 1);
    finding->rule = rules[i].id;
    finding->verdict = verdict;
    finding->message = message;
    g_ptr_array_add (self->findings, finding);
    self->verdict = MAX (self->verdict, verdict);
  }
  return self;
}

PdLogo *
pd_logo_ref (PdLogo *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
logo_clear (gpointer data)
{
  PdLogo *self = data;

  g_clear_pointer (&self->picture, pd_logo_picture_unref);
  g_clear_error (&self->why);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

void
pd_logo_unref (PdLogo *self)
{
  g_atomic_rc_box_release_full (self, logo_clear);
}

/* Returns: (transfer none) (nullable): what that rule says */
const PdLogoFinding *
pd_logo_find (PdLogo     *self,
              const char *rule)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const PdLogoFinding *finding = g_ptr_array_index (self->findings, i);

    if (g_str_equal (finding->rule, rule))
      return finding;
  }
  return NULL;
}

static char *
describe_good (PdLogo *self)
{
  g_autofree char *size = g_format_size (self->bytes);
  guint32          width;
  guint32          height;

  pd_logo_facts_get_shown (&self->facts, &width, &height);
  return g_strdup_printf (_("The logo is fine: %u × %u pixels, %s, %s."), width, height, type_names[self->facts.type], size);
}

/**
 * pd_logo_describe:
 * @self: a logo
 *
 * Returns: (transfer full): what is not as it should be, worst first; where all is well, one line of what it is
 */
char *
pd_logo_describe (PdLogo *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->verdict == PD_VERDICT_PASSED)
    return describe_good (self);
  for (int verdict = PD_VERDICT_FAILED; verdict > PD_VERDICT_PASSED; verdict--) {
    for (guint i = 0; i < self->findings->len; i++) {
      const PdLogoFinding *finding = g_ptr_array_index (self->findings, i);

      if ((int) finding->verdict == verdict)
        g_string_append_printf (text, "%s%s", text->len == 0 || g_str_has_suffix (text->str, "。") ? "" : " ", finding->message);
    }
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The task's data. */
typedef struct {
  PdLogoFacts facts;
  GBytes     *content;
  guint64     bytes;
} Inspection;

static void
inspection_free (Inspection *inspection)
{
  g_bytes_unref (inspection->content);
  g_free (inspection);
}

static void
on_rendered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask)         task = data;
  Inspection               *inspection = g_task_get_task_data (task);
  g_autoptr (GError)        why = NULL;
  g_autoptr (PdLogoPicture) picture = pd_logo_picture_render_finish (result, &why);

  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&why));
  else
    g_task_return_pointer (task, pd_logo_new (&inspection->facts, inspection->bytes, picture, why), (GDestroyNotify) pd_logo_unref);
}

static void
on_facts_read (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  Inspection       *inspection = g_task_get_task_data (task);
  GCancellable     *cancellable = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (inspection->facts.width > 0 && inspection->facts.height > 0 && inspection->facts.pixels <= PD_LOGO_MAX_PIXELS &&
      inspection->bytes <= PD_LOGO_MAX_BYTES)
    pd_logo_picture_render_async (inspection->content, 1, cancellable, on_rendered, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, pd_logo_new (&inspection->facts, inspection->bytes, NULL, NULL), (GDestroyNotify) pd_logo_unref);
}

/* Of a file of many megabytes that takes its time. */
static void
read_facts_in_thread (GTask        *reading,
                      gpointer      source,
                      gpointer      data,
                      GCancellable *cancellable)
{
  Inspection   *inspection = g_task_get_task_data (source);
  gsize         length;
  const guint8 *content = g_bytes_get_data (inspection->content, &length);

  pd_logo_facts_read (content, length, &inspection->facts);
  g_task_return_boolean (reading, TRUE);
}

/**
 * pd_logo_inspect_async:
 * @content: a file, or its beginning
 * @bytes: the whole file's size
 * @cancellable: (nullable): a cancellable
 * @callback: called with the logo
 * @user_data: for @callback
 *
 * Reads the headers, opens the picture in a process of its own where they allow it, and judges both.
 */
void
pd_logo_inspect_async (GBytes              *content,
                       guint64              bytes,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) reading = g_task_new (task, NULL, on_facts_read, g_object_ref (task));
  Inspection       *inspection = g_new0 (Inspection, 1);

  g_task_set_source_tag (task, pd_logo_inspect_async);
  g_task_set_task_data (task, inspection, (GDestroyNotify) inspection_free);
  inspection->bytes = bytes;
  inspection->content = g_bytes_ref (content);
  g_task_run_in_thread (reading, read_facts_in_thread);
}

/**
 * pd_logo_inspect_finish:
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the logo
 */
PdLogo *
pd_logo_inspect_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
