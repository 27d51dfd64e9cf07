/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-guide-print.h"

#include <glib/gi18n.h>

#include "pd-places.h"
#include "pd-time.h"

/* The guide on A4: what is to do for this shop, with room to tick by hand. No secret is on the paper. */

#define MARGIN_MM   15
#define BOX         9.0  /* points: the square of a tick */
#define INDENT      18.0
#define GAP         8.0
#define FOOT        22.0

/* Room for a value that is still to be found. */
#define BLANK       "________________________________________"

/* Where a line of a block stands. */
typedef struct {
  guint  page;
  double baseline;
} Line;

/* What stays together on a page, if a page has room for it. */
typedef struct {
  char        *markup;
  gboolean     has_box;
  gboolean     is_done;
  double       gap;    /* above it */
  guint        page;   /* of its first line */
  double       y;
  PangoLayout *layout;
  GArray      *lines;  /* of Line */
} Block;

/* One job. */
typedef struct {
  GPtrArray *blocks;
  guint      n_pages;
} Job;

static void
block_free (Block *block)
{
  g_free (block->markup);
  g_clear_object (&block->layout);
  g_clear_pointer (&block->lines, g_array_unref);
  g_free (block);
}

static void
job_free (Job *job)
{
  g_ptr_array_unref (job->blocks);
  g_free (job);
}

static Block *
add_block (Job        *job,
           const char *markup,
           double      gap)
{
  Block *block = g_new0 (Block, 1);

  block->markup = g_strdup (markup);
  block->gap = gap;
  g_ptr_array_add (job->blocks, block);
  return block;
}

static void
append_places (GString       *markup,
               PdProfile     *profile,
               const char    *heading,
               const PdPlace *places)
{
  g_autoptr (GPtrArray) shown =
    pd_guide_list_places (places, pd_profile_get_mode (profile), pd_profile_get_generation (profile));

  for (guint i = 0; i < shown->len; i++) {
    const PdPlace *place = g_ptr_array_index (shown, i);
    g_auto (GStrv) parts = pd_place_split (place);
    g_autofree char *path = g_strjoinv (" › ", parts);
    g_autofree char *kind = place->site != PD_SITE_COMMON ? g_strdup_printf (" (%s)", pd_site_get_label (place->site)) : g_strdup ("");
    g_autofree char *line = g_markup_printf_escaped ("\n<small>%s%s: %s</small>", heading, kind, path);

    g_string_append (markup, line);
  }
}

static void
append_fields (GString           *markup,
               PdProfile         *profile,
               const PdGuideStep *step)
{
  g_autoptr (GPtrArray) fields = pd_guide_step_get_fields (step, profile);

  for (guint i = 0; i < fields->len; i++) {
    const PdField *field = g_ptr_array_index (fields, i);
    const char *value = pd_profile_get_text (profile, field->id);
    g_autofree char *line = NULL;

    /* Nobody is invited to write a secret on paper. */
    if (pd_field_is_secret (field) && pd_profile_is_empty (profile, field->id))
      continue;
    if (field->kind == PD_FIELD_CHOICE)
      value = pd_choice_get_label (field, value);
    else if (*value == '\0')
      value = pd_profile_is_empty (profile, field->id) ? BLANK : _("in the keyring");
    line = g_markup_printf_escaped ("\n%s: <tt>%s</tt>", pd_field_get_label (field), value);
    g_string_append (markup, line);
  }
}

static void
add_step (Job               *job,
          PdProfile         *profile,
          const PdGuideStep *step,
          const PdGuideRun  *last)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  g_autofree char *head = g_markup_printf_escaped ("<b>%s</b>\n%s", _(step->title), _(step->text));
  Block *block;

  g_string_append (markup, head);
  append_places (markup, profile, _("Where"), step->there);
  append_places (markup, profile, _("Where It Is Found"), step->found);
  append_places (markup, profile, _("Where It Goes"), step->entered);
  append_places (markup, profile, _("To Read"), step->more);
  for (const PdGuideValue *value = step->constants; value->label != NULL; value++) {
    g_autofree char *line = g_markup_printf_escaped ("\n%s: <tt>%s</tt>", _(value->label), value->value);

    g_string_append (markup, line);
  }
  append_fields (markup, profile, step);
  for (const PdGuideValue *page = step->pages; page->label != NULL; page++) {
    g_autofree char *line = g_markup_printf_escaped ("\n<small>%s: %s</small>", _(page->label), page->value);

    g_string_append (markup, line);
  }
  block = add_block (job, markup->str, GAP);
  block->has_box = TRUE;
  block->is_done = pd_guide_state_is_done (pd_guide_step_judge (step, profile, last));
}

static Job *
make_job (PdProfile       *profile,
          const PdGuideRun *last)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GPtrArray) steps = pd_guide_list_steps (pd_profile_get_mode (profile), pd_profile_get_generation (profile));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = pd_time_describe_day (now);
  g_autofree char *title = g_markup_printf_escaped (_("<big><b>Amazon Pay: Steps for “%s”</b></big>\n%s · %s · %s"),
                                                    pd_profile_get_name (profile), pd_mode_get_label (pd_profile_get_mode (profile)),
                                                    pd_generation_get_label (pd_profile_get_generation (profile)), date);
  g_autofree char *support = g_markup_printf_escaped ("<b>%s</b>\n%s: %s", _("Whom to Call"),
                                                      _("futureshop’s operations support (運用サポート), weekdays 10:00–17:00"), PD_SUPPORT_PHONE);
  int part = -1;

  job->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  add_block (job, title, 0);
  for (guint i = 0; i < steps->len; i++) {
    const PdGuideStep *step = g_ptr_array_index (steps, i);

    if ((int) step->part != part) {
      g_autofree char *heading = g_markup_printf_escaped ("<b><big>%s</big></b>", pd_guide_part_get_label (step->part));

      add_block (job, heading, 2 * GAP);
    }
    part = (int) step->part;
    add_step (job, profile, step, last);
  }
  add_block (job, support, 2 * GAP);
  return job;
}

static double
get_height (Block *block)
{
  int height;

  pango_layout_get_size (block->layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Puts the block's lines below @y of @page, or on further pages where one has no room for them; where it ends. */
static void
place_lines (Block  *block,
             double  page_height,
             guint  *page,
             double *y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (block->layout);

  block->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  do {
    PangoRectangle rectangle;
    double height;
    Line line;

    pango_layout_iter_get_line_extents (iter, NULL, &rectangle);
    height = (double) rectangle.height / PANGO_SCALE;
    if (*y > 0 && *y + height > page_height) {
      (*page)++;
      *y = 0;
    }
    line.page = *page;
    line.baseline = *y + (double) (pango_layout_iter_get_baseline (iter) - rectangle.y) / PANGO_SCALE;
    if (block->lines->len == 0) {
      block->page = *page;
      block->y = *y;
    }
    g_array_append_val (block->lines, line);
    *y += height;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/* Layouts are made for the printer's resolution, so pages can only be counted now. A heading goes with what follows it. */
static void
on_begin_print (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Job               *job)
{
  double width = gtk_print_context_get_width (context);
  double page_height = gtk_print_context_get_height (context) - FOOT;
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 10");
  double y = 0;
  guint page = 0;

  for (guint i = 0; i < job->blocks->len; i++) {
    Block *block = g_ptr_array_index (job->blocks, i);

    block->layout = gtk_print_context_create_pango_layout (context);
    pango_layout_set_font_description (block->layout, font);
    pango_layout_set_width (block->layout, (int) ((width - (block->has_box ? INDENT : 0)) * PANGO_SCALE));
    pango_layout_set_wrap (block->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_markup (block->layout, block->markup, -1);
    /* A value is none with a hyphen in it. */
    pango_attr_list_insert (pango_layout_get_attributes (block->layout), pango_attr_insert_hyphens_new (FALSE));
    pango_layout_context_changed (block->layout);
  }
  for (guint i = 0; i < job->blocks->len; i++) {
    Block *block = g_ptr_array_index (job->blocks, i);
    Block *next = i + 1 < job->blocks->len ? g_ptr_array_index (job->blocks, i + 1) : NULL;
    double needed = block->gap + get_height (block);

    if (!block->has_box && next != NULL)
      needed += next->gap + get_height (next);
    if (y > 0 && y + needed > page_height) {
      page++;
      y = 0;
    }
    if (y > 0)
      y += block->gap;
    place_lines (block, page_height, &page, &y);
  }
  job->n_pages = page + 1;
  gtk_print_operation_set_n_pages (operation, (int) job->n_pages);
}

static void
draw_box (cairo_t  *cr,
          double    y,
          gboolean  is_done)
{
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, 0.5, y + 2.5, BOX, BOX);
  cairo_stroke (cr);
  if (!is_done)
    return;
  cairo_set_line_width (cr, 1.4);
  cairo_move_to (cr, 2.5, y + 7);
  cairo_line_to (cr, 4.5, y + 9.5);
  cairo_line_to (cr, 8.5, y + 4);
  cairo_stroke (cr);
}

static void
draw_block (cairo_t *cr,
            Block   *block,
            guint    page)
{
  if (block->has_box && block->page == page)
    draw_box (cr, block->y, block->is_done);
  for (guint i = 0; i < block->lines->len; i++) {
    Line line = g_array_index (block->lines, Line, i);

    if (line.page != page)
      continue;
    cairo_move_to (cr, block->has_box ? INDENT : 0, line.baseline);
    pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (block->layout, (int) i));
  }
}

static void
on_draw_page (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Job               *job)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) foot = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 8");
  g_autofree char *text = g_strdup_printf (_("Page %d of %u"), page + 1, job->n_pages);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < job->blocks->len; i++)
    draw_block (cr, g_ptr_array_index (job->blocks, i), (guint) page);
  pango_layout_set_font_description (foot, font);
  pango_layout_set_text (foot, text, -1);
  cairo_move_to (cr, 0, gtk_print_context_get_height (context) - FOOT / 2);
  pango_cairo_show_layout (cr, foot);
}

static GtkPrintOperation *
make_operation (PdProfile       *profile,
                const PdGuideRun *last)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autofree char *name = g_strdup_printf (_("Guide for “%s”"), pd_profile_get_name (profile));
  Job *job = make_job (profile, last);

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_top_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, name);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), job);
  g_object_set_data_full (G_OBJECT (operation), "job", job, (GDestroyNotify) job_free);
  return operation;
}

static void
on_done (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         GtkWindow               *parent)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.say", "s", error->message);
}

/**
 * pd_guide_print_run:
 * @parent: the window
 * @profile: a shop
 * @last: (nullable): the last run of its checks
 *
 * Prints the shop's guide, after the desktop's dialog for it.
 */
void
pd_guide_print_run (GtkWindow       *parent,
                    PdProfile       *profile,
                    const PdGuideRun *last)
{
  g_autoptr (GtkPrintOperation) operation = make_operation (profile, last);

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done), parent, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

/**
 * pd_guide_print_export:
 * @profile: a shop
 * @last: (nullable): the last run of its checks
 * @path: a file's name
 * @error: where it could not be written
 *
 * Writes as PDF what would be printed.
 *
 * Returns: whether it is there
 */
gboolean
pd_guide_print_export (PdProfile        *profile,
                       const PdGuideRun *last,
                       const char       *path,
                       GError          **error)
{
  g_autoptr (GtkPrintOperation) operation = make_operation (profile, last);

  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}
