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
 */
struct _PdShopRow
{
  AdwBin      parent_instance;
  PdProfile  *profile;
  PdVerdicts *verdicts;
  GtkBox     *box;
  GtkLabel   *label;   /* name and mode, a line each: a list makes hundreds of rows, so they are light */
  GtkImage   *missing; /* the marks are made when first needed */
  GtkImage   *stale;
  GtkImage   *verdict;
  guint       refresh_source;
};

G_DEFINE_FINAL_TYPE (PdShopRow, pd_shop_row, ADW_TYPE_BIN)

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
    gtk_box_append (self->box, GTK_WIDGET (*image));
  }
  gtk_image_set_from_icon_name (*image, icon);
  gtk_widget_set_visible (GTK_WIDGET (*image), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (*image), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*image), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
count_marks (PdProfile *profile,
             guint     *n_missing,
             guint     *n_stale)
{
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
  const char *name = pd_profile_get_name (self->profile);
  g_autofree char *text = g_strdup_printf ("%s\n%s", name, pd_mode_get_label (pd_profile_get_mode (self->profile)));
  g_autoptr (PangoAttrList) looks = pango_attr_list_new ();
  PangoAttribute *attributes[] = { pango_attr_scale_new (0.9), pango_attr_foreground_alpha_new (0x8ccc) };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    attributes[i]->start_index = strlen (name) + 1;
    pango_attr_list_insert (looks, attributes[i]);
  }
  gtk_label_set_attributes (self->label, looks);
  gtk_label_set_label (self->label, text);
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
    missing = g_strdup_printf (ngettext ("%u value is missing", "%u values are missing", n_missing), n_missing);
  if (n_stale > 0)
    stale = g_strdup_printf (ngettext ("%u value changed after it was entered over there",
                                       "%u values changed after they were entered over there", n_stale), n_stale);
  if (pd_verdicts_lookup (self->verdicts, self->profile, &verdict, NULL))
    tested = g_strdup_printf (_("Last test: %s"), pd_verdict_get_label (verdict));
  mark (self, &self->missing, "dialog-question-symbolic", missing);
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

static void
pd_shop_row_dispose (GObject *object)
{
  PdShopRow *self = PD_SHOP_ROW (object);

  pd_shop_row_set_profile (self, NULL);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->verdicts);
  G_OBJECT_CLASS (pd_shop_row_parent_class)->dispose (object);
}

static void
pd_shop_row_class_init (PdShopRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_shop_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-shop-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PdShopRow, box);
  gtk_widget_class_bind_template_child (widget_class, PdShopRow, label);
}

static void
pd_shop_row_init (PdShopRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
