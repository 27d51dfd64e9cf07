/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-report-pages.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "pd-error.h"

/* All in points. */
#define MARGIN_X   46
#define MARGIN_Y   51
#define BOTTOM     (PD_REPORT_PAGES_HEIGHT - MARGIN_Y)
#define WIDTH      (PD_REPORT_PAGES_WIDTH - 2 * MARGIN_X)
#define NAME_WIDTH 132
#define GAP        9
#define BAR        3

/* A heading stays with so much of what follows. */
#define TOGETHER 48

typedef enum {
  ITEM_LINE,
  ITEM_RULE,
  ITEM_BAR,
} ItemKind;

/* One mark on a page. Lines belong to layouts, which are kept beside them. */
typedef struct {
  ItemKind         kind;
  double           x, y, width, height;
  guint32          colour; /* 0xRRGGBB */
  PangoLayoutLine *line;
} Item;

struct _PdReportPages {
  PangoContext *context;
  GPtrArray    *pages;   /* of GArray of Item */
  GPtrArray    *layouts;
  char         *title;
  double        y;       /* where the next thing goes, on the last page */
};

static const struct { const char *font; double above, below; } looks[] = {
  [PD_REPORT_TITLE] = { "Sans Bold 16", 0, 8 },
  [PD_REPORT_HEADING] = { "Sans Bold 11.5", 18, 5 },
  [PD_REPORT_FINDING] = { "Sans Bold 9.5", 11, 3 },
  [PD_REPORT_PARAGRAPH] = { "Sans 9.5", 2, 4 },
  [PD_REPORT_FACTS] = { "Sans 9", 0, 4 },
  [PD_REPORT_LIST] = { "Sans 9.5", 1, 2 },
};

static const guint32 verdict_colours[] = {
  [PD_VERDICT_SKIPPED] = 0x777777, [PD_VERDICT_PASSED] = 0x1a7f37, [PD_VERDICT_WARNING] = 0xad6a00,
  [PD_VERDICT_UNDETERMINED] = 0x613583, [PD_VERDICT_FAILED] = 0xc01c28,
};

static void
add_page (PdReportPages *self)
{
  g_ptr_array_add (self->pages, g_array_new (FALSE, TRUE, sizeof (Item)));
  self->y = MARGIN_Y;
}

static GArray *
get_page (PdReportPages *self)
{
  return g_ptr_array_index (self->pages, self->pages->len - 1);
}

static void
add_item (PdReportPages *self,
          const Item    *item)
{
  g_array_append_vals (get_page (self), item, 1);
}

static void
add_rule (PdReportPages *self,
          double         y,
          guint32        colour)
{
  add_item (self, &(Item) { .kind = ITEM_RULE, .x = MARGIN_X, .y = y, .width = WIDTH, .colour = colour });
}

/* (transfer none): a text, broken into lines of that width. */
static PangoLayout *
set_text (PdReportPages *self,
          const char    *text,
          const char    *font,
          double         width)
{
  PangoLayout                      *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription)  description = pango_font_description_from_string (font);
  g_autoptr (PangoAttrList)         attributes = pango_attr_list_new ();

  /* A hyphen that is none of an address's own would be copied with it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, (int) (1.5 * PANGO_SCALE));
  g_ptr_array_add (self->layouts, layout);
  return layout;
}

static void
make_room (PdReportPages *self,
           double         height)
{
  if (self->y + height > BOTTOM && self->y > MARGIN_Y)
    add_page (self);
}

/* Line by line, onto the next page where this one ends. */
static void
add_layout (PdReportPages *self,
            PangoLayout   *layout,
            double         x,
            guint32        colour)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double           spacing = (double) pango_layout_get_spacing (layout) / PANGO_SCALE;

  do {
    PangoRectangle logical;
    double         height;
    double         ascent;

    pango_layout_iter_get_line_extents (iter, NULL, &logical);
    height = (double) logical.height / PANGO_SCALE;
    ascent = (double) (pango_layout_iter_get_baseline (iter) - logical.y) / PANGO_SCALE;
    make_room (self, height);
    add_item (self, &(Item) { .kind = ITEM_LINE, .x = x + (double) logical.x / PANGO_SCALE, .y = self->y + ascent, .colour = colour,
                              .line = pango_layout_iter_get_line_readonly (iter) });
    self->y += height + spacing;
  } while (pango_layout_iter_next_line (iter));
  self->y -= spacing;
  pango_layout_iter_free (iter);
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Name and value begin on the same line; a row stays together where a page can hold it. */
static void
add_fact (PdReportPages *self,
          const char    *name,
          const char    *value)
{
  PangoLayout *left = set_text (self, name, "Sans Bold 9", NAME_WIDTH - GAP);
  PangoLayout *right = set_text (self, value, looks[PD_REPORT_FACTS].font, WIDTH - NAME_WIDTH);
  double       height = MAX (get_height (left), get_height (right)) + 6;
  /* Lines of different scripts are of different heights. */
  double       shift = (double) (pango_layout_get_baseline (left) - pango_layout_get_baseline (right)) / PANGO_SCALE;
  double       start;
  double       end;
  guint        page;

  make_room (self, height < BOTTOM - MARGIN_Y ? height : TOGETHER);
  start = self->y += 3;
  page = self->pages->len;
  self->y = start + MAX (-shift, 0);
  add_layout (self, left, MARGIN_X, 0x444444);
  end = self->y;
  if (self->pages->len == page)
    self->y = start + MAX (shift, 0);
  add_layout (self, right, MARGIN_X + NAME_WIDTH, 0x1e1e1e);
  if (self->pages->len == page)
    self->y = MAX (self->y, end);
  self->y += 3;
  add_rule (self, self->y, 0xdddddd);
}

static void
add_list_item (PdReportPages *self,
               const char    *text)
{
  PangoLayout *layout = set_text (self, text, looks[PD_REPORT_LIST].font, WIDTH - 12);
  PangoLayout *bullet = set_text (self, "•", looks[PD_REPORT_LIST].font, 12);
  double       y;

  make_room (self, MIN (get_height (layout), TOGETHER));
  y = self->y;
  add_layout (self, bullet, MARGIN_X + 2, 0x1e1e1e);
  self->y = y;
  add_layout (self, layout, MARGIN_X + 12, 0x1e1e1e);
  self->y += looks[PD_REPORT_LIST].below;
}

static void
add_text (PdReportPages       *self,
          const PdReportBlock *block)
{
  gboolean     is_heading = block->kind != PD_REPORT_PARAGRAPH;
  gboolean     is_finding = block->kind == PD_REPORT_FINDING;
  double       indent = is_finding ? GAP : 0;
  PangoLayout *layout = set_text (self, block->text, looks[block->kind].font, WIDTH - indent);

  if (self->y > MARGIN_Y)
    self->y += looks[block->kind].above;
  if (is_heading)
    make_room (self, get_height (layout) + TOGETHER);
  if (is_finding)
    add_item (self, &(Item) { .kind = ITEM_BAR, .x = MARGIN_X, .y = self->y, .width = BAR, .height = get_height (layout),
                              .colour = verdict_colours[block->verdict] });
  add_layout (self, layout, MARGIN_X + indent, 0x1e1e1e);
  if (block->kind == PD_REPORT_HEADING)
    add_rule (self, self->y + 2, 0x999999);
  self->y += looks[block->kind].below;
}

static void
add_block (PdReportPages       *self,
           const PdReportBlock *block)
{
  if (block->text != NULL)
    add_text (self, block);
  for (guint i = 0; block->kind == PD_REPORT_FACTS && i + 1 < block->items->len; i += 2)
    add_fact (self, g_ptr_array_index (block->items, i), g_ptr_array_index (block->items, i + 1));
  for (guint i = 0; block->kind == PD_REPORT_LIST && i < block->items->len; i++)
    add_list_item (self, g_ptr_array_index (block->items, i));
  if (block->kind == PD_REPORT_FACTS)
    self->y += looks[PD_REPORT_FACTS].below;
}

/**
 * pd_report_pages_new:
 * @report: a report; not kept
 *
 * Returns: (transfer full): it on pages
 */
PdReportPages *
pd_report_pages_new (const PdReport *report)
{
  PdReportPages *self = g_new0 (PdReportPages, 1);

  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  /* One point of Pango's is one of cairo's. */
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_language (self->context, pango_language_from_string (report->language));
  pango_context_set_round_glyph_positions (self->context, FALSE);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  self->title = g_strdup (((const PdReportBlock *) g_ptr_array_index (report->blocks, 0))->text);
  add_page (self);
  for (guint i = 0; i < report->blocks->len; i++)
    add_block (self, g_ptr_array_index (report->blocks, i));
  return self;
}

void
pd_report_pages_free (PdReportPages *self)
{
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->layouts);
  g_object_unref (self->context);
  g_free (self->title);
  g_free (self);
}

guint
pd_report_pages_count (const PdReportPages *self)
{
  return self->pages->len;
}

static void
set_colour (cairo_t *cr,
            guint32  colour)
{
  cairo_set_source_rgb (cr, (colour >> 16) / 255.0, ((colour >> 8) & 255) / 255.0, (colour & 255) / 255.0);
}

static void
draw_item (cairo_t    *cr,
           const Item *item)
{
  set_colour (cr, item->colour);
  switch (item->kind) {
  case ITEM_LINE:
    cairo_move_to (cr, item->x, item->y);
    pango_cairo_show_layout_line (cr, item->line);
    break;
  case ITEM_RULE:
    cairo_rectangle (cr, item->x, item->y, item->width, .6);
    cairo_fill (cr);
    break;
  case ITEM_BAR:
  default:
    cairo_rectangle (cr, item->x, item->y, item->width, item->height);
    cairo_fill (cr);
  }
}

/* Which page of how many: a printed sheet may go astray. */
static void
draw_number (const PdReportPages *self,
             cairo_t             *cr,
             guint                page)
{
  g_autoptr (PangoLayout)          layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string ("Sans 8");
  g_autofree char                 *text = g_strdup_printf ("%u / %u", page + 1, self->pages->len);
  int                              width;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, NULL);
  set_colour (cr, 0x666666);
  cairo_move_to (cr, MARGIN_X + WIDTH - (double) width / PANGO_SCALE, BOTTOM + 14);
  pango_cairo_show_layout (cr, layout);
}

/**
 * pd_report_pages_draw:
 * @self: the pages
 * @cr: where to draw, in points
 * @page: which one, from 0
 */
void
pd_report_pages_draw (const PdReportPages *self,
                      cairo_t             *cr,
                      guint                page)
{
  GArray *items = g_ptr_array_index (self->pages, page);

  for (guint i = 0; i < items->len; i++)
    draw_item (cr, &g_array_index (items, Item, i));
  draw_number (self, cr, page);
}

static cairo_status_t
append (void                *data,
        const unsigned char *bytes,
        unsigned int         length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * pd_report_pages_to_pdf:
 * @self: the pages
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): a PDF file
 */
GBytes *
pd_report_pages_to_pdf (const PdReportPages  *self,
                        GError              **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t       *surface = cairo_pdf_surface_create_for_stream (append, bytes, PD_REPORT_PAGES_WIDTH, PD_REPORT_PAGES_HEIGHT);
  cairo_t               *cr = cairo_create (surface);
  cairo_status_t         status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Paydesk " PD_VERSION);
  for (guint i = 0; i < self->pages->len; i++) {
    pd_report_pages_draw (self, cr, i);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("The PDF could not be made: %s"), cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
