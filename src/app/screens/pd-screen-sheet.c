/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-screen-sheet.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "pd-error.h"
#include "pd-time.h"

/* Twice as fine as a screen, so that it can be printed. */
#define SCALE   2
#define MARGIN  32
#define SPACING 16
#define WIDTH   (2 * MARGIN + PD_SCREEN_DESKTOP + MARGIN + PD_SCREEN_PHONE)

static const GdkRGBA paper = { 0.97, 0.97, 0.96, 1 };
static const GdkRGBA ink = { 0.10, 0.10, 0.10, 1 };
static const GdkRGBA grey = { 0.35, 0.35, 0.35, 1 };
static const GdkRGBA edge = { 0.75, 0.75, 0.75, 1 };

typedef struct
{
  GtkSnapshot  *snapshot;
  PangoContext *context;
  int           y;
} Sheet;

static void
put_text (Sheet         *sheet,
          const char    *text,
          int            pixels,
          PangoWeight    weight,
          const GdkRGBA *colour)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (sheet->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("sans-serif");
  int height;

  pango_font_description_set_absolute_size (font, pixels * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (WIDTH - 2 * MARGIN) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (sheet->snapshot);
  gtk_snapshot_translate (sheet->snapshot, &GRAPHENE_POINT_INIT (MARGIN, (float) sheet->y));
  gtk_snapshot_append_layout (sheet->snapshot, layout, colour);
  gtk_snapshot_restore (sheet->snapshot);
  sheet->y += height + SPACING / 2;
}

static int
put_screen (Sheet    *sheet,
            PdScreen *screen,
            int       x)
{
  const float widths[4] = { 1, 1, 1, 1 };
  int width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (screen));
  int height = gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (screen));
  GskRoundedRect frame;

  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT (-1, -1, (float) width + 2, (float) height + 2), 0);
  gtk_snapshot_save (sheet->snapshot);
  gtk_snapshot_translate (sheet->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) sheet->y));
  gdk_paintable_snapshot (GDK_PAINTABLE (screen), sheet->snapshot, width, height);
  gtk_snapshot_append_border (sheet->snapshot, &frame, widths, (const GdkRGBA[4]) { edge, edge, edge, edge });
  gtk_snapshot_restore (sheet->snapshot);
  return height;
}

/* Each kind once, its widths side by side. */
static void
put_screens (Sheet      *sheet,
             GListModel *screens)
{
  PdScreenKind kind = PD_N_SCREENS;
  int x = MARGIN;
  int height = 0;

  for (guint i = 0; i < g_list_model_get_n_items (screens); i++) {
    g_autoptr (PdScreen) screen = g_list_model_get_item (screens, i);

    if (pd_screen_get_kind (screen) != kind) {
      kind = pd_screen_get_kind (screen);
      sheet->y += height + SPACING;
      x = MARGIN;
      height = 0;
      put_text (sheet, pd_screen_kind_get_title (kind), 16, PANGO_WEIGHT_BOLD, &ink);
    }
    height = MAX (height, put_screen (sheet, screen, x));
    x += gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (screen)) + MARGIN;
  }
  sheet->y += height + SPACING;
}

static cairo_surface_t *
paint (GListModel *screens,
       const char *title,
       const char *privacy_url)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = pd_time_describe_day (now);
  g_autofree char *note = g_strdup_printf (_("Drawn on %s. Amazon’s own pages look different; the shop’s name, logo and link stand on them as here."), date);
  g_autofree char *target = g_strdup_printf (_("The link to the privacy policy opens: %s"), privacy_url);
  Sheet sheet = { snapshot, context, MARGIN };
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  pango_context_set_language (context, pango_language_from_string ("ja"));
  put_text (&sheet, title, 24, PANGO_WEIGHT_BOLD, &ink);
  put_text (&sheet, note, 13, PANGO_WEIGHT_NORMAL, &grey);
  put_screens (&sheet, screens);
  if (*privacy_url != '\0')
    put_text (&sheet, target, 13, PANGO_WEIGHT_NORMAL, &grey);
  g_object_unref (context);
  node = gtk_snapshot_free_to_node (snapshot);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * SCALE, (sheet.y + MARGIN - SPACING / 2) * SCALE);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, paper.red, paper.green, paper.blue);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  return surface;
}

static cairo_status_t
append (void                *closure,
        const unsigned char *data,
        unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Packing takes too long for the main loop. */
static void
pack_in_thread (GTask        *task,
                gpointer      source,
                gpointer      surface,
                GCancellable *cancellable)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, append, png);

  if (status != CAIRO_STATUS_SUCCESS)
    g_task_return_new_error (task, PD_ERROR, PD_ERROR_STORAGE, _("The picture could not be made: %s"), cairo_status_to_string (status));
  else
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&png)), (GDestroyNotify) g_bytes_unref);
}

/**
 * pd_screen_sheet_render_async:
 * @screens: of #PdScreen; those of one kind follow each other
 * @title: what stands above them
 * @privacy_url: where the link on them leads, or ""
 * @cancellable: (nullable): ends it
 * @callback: called when the picture is made
 * @user_data: for @callback
 *
 * Draws the screens on one sheet.
 */
void
pd_screen_sheet_render_async (GListModel          *screens,
                              const char          *title,
                              const char          *privacy_url,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, pd_screen_sheet_render_async);
  g_task_set_task_data (task, paint (screens, title, privacy_url), (GDestroyNotify) cairo_surface_destroy);
  g_task_run_in_thread (task, pack_in_thread);
}

/**
 * pd_screen_sheet_render_finish:
 * @result: what the callback was given
 * @error: %PD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the picture as a PNG file
 */
GBytes *
pd_screen_sheet_render_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
