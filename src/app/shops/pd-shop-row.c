/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shop-row.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"

/**
 * PdShopRow:
 *
 * A shop in the list: its name, its mode, what is missing or stale, and what the last run of checks said.
 *
 * A list makes and measures some two hundred rows before its first frame and binds them anew with each letter of a search,
 * so they are light: the row draws its two lines itself, is as high as any two lines are, and makes its marks when they
 * are first needed. Assistive technology reads the item around it.
 */
struct _PdShopRow
{
  GtkWidget   parent_instance;
  PdProfile  *profile;
  PdVerdicts *verdicts;
  char       *text;    /* name and mode, a line each */
  gsize       second;  /* where the second line begins */
  GtkImage   *missing;
  GtkImage   *stale;
  GtkImage   *verdict;
  guint       refresh_source;
};

/* Between the text and the marks. */
#define SPACING 6

/* A mark's text. */
#define TOLD "pd-told"

/* The second line's letters to the first one's. */
#define SECOND_SCALE 0.9

/* A line's height to its letters', in the fonts for Japanese. */
#define JAPANESE_LINE 1.45

G_DEFINE_FINAL_TYPE (PdShopRow, pd_shop_row, GTK_TYPE_WIDGET)

/* Asked only under the pointer: to set a text asks the display where the pointer is, for each row that a search has changed. */
static gboolean
on_query_tooltip (GtkWidget  *image,
                  int         x,
                  int         y,
                  gboolean    keyboard_mode,
                  GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, g_object_get_data (G_OBJECT (image), TOLD));
  return TRUE;
}

/* The icon, and the same in words for those who do not see it. */
static void
mark (PdShopRow   *self,
      GtkImage   **image,
      const char  *icon,
      const char  *text)
{
  if (text == NULL) {
    if (*image != NULL)
      gtk_widget_set_visible (GTK_WIDGET (*image), FALSE);
    return;
  }
  if (*image == NULL) {
    *image = GTK_IMAGE (gtk_image_new ());
    gtk_widget_set_has_tooltip (GTK_WIDGET (*image), TRUE);
    g_signal_connect (*image, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
    gtk_widget_set_parent (GTK_WIDGET (*image), GTK_WIDGET (self));
  }
  gtk_image_set_from_icon_name (*image, icon);
  gtk_widget_set_visible (GTK_WIDGET (*image), TRUE);
  g_object_set_data_full (G_OBJECT (*image), TOLD, g_strdup (text), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*image), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
count_marks (PdProfile *shown,
             guint     *n_missing,
             guint     *n_stale)
{
  g_autoptr (PdProfile) profile = pd_profile_glance (shown);
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  *n_missing = *n_stale = 0;
  for (guint i = 0; i < n_fields; i++) {
    if (!pd_profile_field_applies (profile, fields[i]))
      continue;
    if (pd_field_is_required (fields[i], pd_profile_get_generation (profile)) &&
        pd_profile_is_empty (profile, fields[i]->id))
      (*n_missing)++;
    if (pd_profile_get_mark (profile, fields[i]->id, NULL) == PD_MARK_STALE)
      (*n_stale)++;
  }
}

/* The list item around the row has no name of its own. */
static void
name_item (PdShopRow  *self,
           const char *said)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static void
refresh_name (PdShopRow *self)
{
  /* A name of another program's making may hold a line break. */
  g_autofree char *name = g_strdelimit (g_strdup (pd_profile_get_name (self->profile)), "\n\r\v\f", ' ');

  g_free (self->text);
  self->text = g_strdup_printf ("%s\n%s", name, pd_mode_get_label (pd_profile_get_mode (self->profile)));
  self->second = strlen (name) + 1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
refresh_marks (PdShopRow *self)
{
  g_autofree char *missing = NULL;
  g_autofree char *stale = NULL;
  g_autofree char *tested = NULL;
  g_autofree char *said = NULL;
  PdVerdict verdict = PD_VERDICT_SKIPPED;
  guint n_missing, n_stale;

  count_marks (self->profile, &n_missing, &n_stale);
  if (n_missing > 0)
    missing = g_strdup_printf (ngettext ("%'u value is missing", "%'u values are missing", n_missing), n_missing);
  if (n_stale > 0)
    stale = g_strdup_printf (ngettext ("%'u value changed after it was entered over there",
                                       "%'u values changed after they were entered over there", n_stale), n_stale);
  if (pd_verdicts_lookup (self->verdicts, self->profile, &verdict, NULL))
    tested = g_strdup_printf (_("Last test: %s"), pd_verdict_get_label (verdict));
  mark (self, &self->missing, "dialog-question-symbolic", missing);
  /* Every fresh shop has it: no more than a hint. */
  if (self->missing != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->missing), "dim-label");
  mark (self, &self->stale, "view-refresh-symbolic", stale);
  mark (self, &self->verdict, pd_verdict_get_icon (verdict), tested);
  if (self->verdict != NULL) {
    const char *classes[] = { "pd-verdict", pd_verdict_to_id (verdict), NULL };

    gtk_widget_set_css_classes (GTK_WIDGET (self->verdict), classes);
  }

  said = g_strjoin (", ", pd_profile_get_name (self->profile), pd_mode_get_label (pd_profile_get_mode (self->profile)),
                    tested != NULL ? tested : _("Not tested yet"), missing != NULL ? missing : stale,
                    missing != NULL ? stale : NULL, NULL);
  name_item (self, said);
}

static gboolean
refresh_soon (gpointer user_data)
{
  PdShopRow *self = user_data;

  self->refresh_source = 0;
  if (self->profile != NULL) {
    refresh_name (self);
    refresh_marks (self);
  }
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (PdShopRow *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add_full (G_PRIORITY_LOW, refresh_soon, self, NULL);
}

static void
on_verdict_changed (PdShopRow  *self,
                    const char *profile_id)
{
  if (self->profile != NULL && g_str_equal (profile_id, pd_profile_get_id (self->profile)))
    queue_refresh (self);
}

/* Of the list and not of the row: one for all. */
static PangoLayout *
make_layout (PdShopRow  *self,
             const char *text,
             gsize       second)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (list != NULL ? list : GTK_WIDGET (self)));
  g_autoptr (PangoAttrList) looks = pango_attr_list_new ();
  PangoAttribute *attributes[] = { pango_attr_scale_new (SECOND_SCALE), pango_attr_foreground_alpha_new (0x8ccc) };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    attributes[i]->start_index = (guint) second;
    pango_attr_list_insert (looks, attributes[i]);
  }
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, looks);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* Names in both scripts stand in the list, whatever the desktop's language: a line is as high as the fonts for Japanese have it. To lay
 * such a text out would load one of them, which a list without Japanese names has no use for, and hold up the first frame. */
static int
get_text_height (PdShopRow *self)
{
  static PangoContext *context;
  static guint serial;
  static int height;
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  PangoContext *current = gtk_widget_get_pango_context (list != NULL ? list : GTK_WIDGET (self));

  if (current != context || pango_context_get_serial (current) != serial) {
    const PangoFontDescription *font = pango_context_get_font_description (current);
    PangoFontMetrics *metrics = pango_context_get_metrics (current, font, NULL);
    double size = pango_font_description_get_size (font);

    if (!pango_font_description_get_size_is_absolute (font))
      size *= pango_cairo_context_get_resolution (current) / 72;
    size = MAX (JAPANESE_LINE * size, pango_font_metrics_get_height (metrics));
    pango_font_metrics_unref (metrics);
    height = PANGO_PIXELS_CEIL ((int) size) + PANGO_PIXELS_CEIL ((int) (SECOND_SCALE * size));
    context = current;
    serial = pango_context_get_serial (current);
  }
  return height;
}

static void
pd_shop_row_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? get_text_height (PD_SHOP_ROW (widget)) : 0;
  for (GtkWidget *mark = gtk_widget_get_first_child (widget); mark != NULL; mark = gtk_widget_get_next_sibling (mark)) {
    int size;

    if (!gtk_widget_should_layout (mark))
      continue;
    gtk_widget_measure (mark, orientation, -1, &size, NULL, NULL, NULL);
    *minimum = orientation == GTK_ORIENTATION_VERTICAL ? MAX (*minimum, size) : *minimum + size + SPACING;
  }
  *natural = *minimum;
}

/* The marks at the end of the line, the first made the first. */
static void
pd_shop_row_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int used = 0;

  for (GtkWidget *mark = gtk_widget_get_last_child (widget); mark != NULL; mark = gtk_widget_get_prev_sibling (mark)) {
    int size;

    if (!gtk_widget_should_layout (mark))
      continue;
    gtk_widget_measure (mark, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
    gtk_widget_size_allocate (mark, &(GtkAllocation) { rtl ? used : width - used - size, 0, size, height }, -1);
    used += size + SPACING;
  }
}

static void
pd_shop_row_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  PdShopRow *self = PD_SHOP_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr (PangoLayout) layout = NULL;
  int used = 0, height;

  GTK_WIDGET_CLASS (pd_shop_row_parent_class)->snapshot (widget, snapshot);
  if (self->text == NULL)
    return;
  for (GtkWidget *mark = gtk_widget_get_first_child (widget); mark != NULL; mark = gtk_widget_get_next_sibling (mark)) {
    if (gtk_widget_should_layout (mark))
      used += gtk_widget_get_width (mark) + SPACING;
  }
  layout = make_layout (self, self->text, self->second);
  pango_layout_set_width (layout, MAX (gtk_widget_get_width (widget) - used, 0) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), rtl ? used : 0,
                              (gtk_widget_get_height (widget) - height) / 2, layout);
}

static void
pd_shop_row_dispose (GObject *object)
{
  PdShopRow *self = PD_SHOP_ROW (object);
  GtkWidget *child;

  pd_shop_row_set_profile (self, NULL);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->verdicts);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pd_shop_row_parent_class)->dispose (object);
}

static void
pd_shop_row_finalize (GObject *object)
{
  g_free (PD_SHOP_ROW (object)->text);
  G_OBJECT_CLASS (pd_shop_row_parent_class)->finalize (object);
}

static void
pd_shop_row_class_init (PdShopRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_shop_row_dispose;
  object_class->finalize = pd_shop_row_finalize;
  widget_class->measure = pd_shop_row_measure;
  widget_class->size_allocate = pd_shop_row_size_allocate;
  widget_class->snapshot = pd_shop_row_snapshot;
}

static void
pd_shop_row_init (PdShopRow *self)
{
}

GtkWidget *
pd_shop_row_new (PdVerdicts *verdicts)
{
  PdShopRow *self = g_object_new (PD_TYPE_SHOP_ROW, NULL);

  self->verdicts = g_object_ref (verdicts);
  g_signal_connect_object (verdicts, "changed", G_CALLBACK (on_verdict_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * pd_shop_row_set_profile:
 * @self: a row
 * @profile: (nullable): the shop to show
 */
void
pd_shop_row_set_profile (PdShopRow *self,
                         PdProfile *profile)
{
  g_return_if_fail (PD_IS_SHOP_ROW (self));

  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_data (self->profile, self);
  g_set_object (&self->profile, profile);
  if (profile == NULL)
    return;
  g_signal_connect_object (profile, "changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  /* The list makes some two hundred rows before its first frame: names first. */
  refresh_name (self);
  name_item (self, pd_profile_get_name (profile));
  mark (self, &self->missing, NULL, NULL);
  mark (self, &self->stale, NULL, NULL);
  mark (self, &self->verdict, NULL, NULL);
  queue_refresh (self);
}

/* Returns: (nullable) (transfer none): the shop that is shown */
PdProfile *
pd_shop_row_get_profile (PdShopRow *self)
{
  g_return_val_if_fail (PD_IS_SHOP_ROW (self), NULL);
  return self->profile;
}
