/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-legend.h"

#include <glib/gi18n.h>

/**
 * PdLegend:
 *
 * What the dotted edges mean (S124–S128): paths and addresses of the legacy site and of Commerce Creator have one each,
 * what is common has none. The words stand beside each edge: colour alone says nothing.
 */
struct _PdLegend
{
  AdwBin parent_instance;
};

static const struct
{
  PdSite      site;
  guint       modes;
  const char *edge;
  const char *text;
} kinds[] = {
  { PD_SITE_LEGACY, PD_MODE_LEGACY, "pd-edge-legacy", N_("For the legacy site; Commerce Creator does not use it") },
  { PD_SITE_CC, PD_MODE_CC, "pd-edge-cc", N_("For Commerce Creator; the legacy site is not affected") },
  { PD_SITE_COMMON, PD_MODE_ANY, "pd-edge-common", N_("No edge: common to both") },
};

G_DEFINE_FINAL_TYPE (PdLegend, pd_legend, ADW_TYPE_BIN)

static void
pd_legend_class_init (PdLegendClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pd_legend_init (PdLegend *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Dotted Edges"), -1);
}

/**
 * pd_legend_new:
 * @mode: the shop's mode
 *
 * Returns: (transfer floating): the kinds that exist in that mode
 */
GtkWidget *
pd_legend_new (PdMode mode)
{
  PdLegend *self = g_object_new (PD_TYPE_LEGEND, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    GtkWidget *label;

    if ((kinds[i].modes & mode) == 0)
      continue;
    label = gtk_label_new (_(kinds[i].text));
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_widget_set_halign (label, GTK_ALIGN_START);
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "pd-legend");
    gtk_widget_add_css_class (label, kinds[i].edge);
    gtk_box_append (GTK_BOX (box), label);
  }
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

/* The style class of the edge of that kind. */
const char *
pd_legend_get_edge (PdSite site)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (kinds[i].site == site)
      return kinds[i].edge;
  }
  return "pd-edge-common";
}

/**
 * pd_legend_get_site:
 * @field: a field
 *
 * Returns: the kind of a value that only one of the two sites has
 */
PdSite
pd_legend_get_site (const PdField *field)
{
  if (field->modes == PD_MODE_LEGACY)
    return PD_SITE_LEGACY;
  if (field->modes == PD_MODE_CC)
    return PD_SITE_CC;
  return PD_SITE_COMMON;
}
