/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-place-view.h"

#include <glib/gi18n.h>

#include "pd-column-layout.h"
#include "pd-legend.h"
#include "pd-open.h"
#include "pd-wrap.h"

/**
 * PdPlaceView:
 *
 * One place where a value is found or entered: its path with the edge of its kind, a button that copies the path, and one
 * that opens its page.
 */
struct _PdPlaceView
{
  AdwBin         parent_instance;
  const PdPlace *place;
};

G_DEFINE_FINAL_TYPE (PdPlaceView, pd_place_view, ADW_TYPE_BIN)

static void
on_open (PdPlaceView *self)
{
  pd_open_uri (GTK_WIDGET (self), self->place->url);
}

static void
on_copy (PdPlaceView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->place->path);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Path copied"));
}

static void
add_button (PdPlaceView *self,
            GtkWidget   *box,
            const char  *icon,
            const char  *label,
            GCallback    clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, self->place->path);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
add_text (GtkWidget  *box,
          const char *text,
          int         max_width,
          const char *style)
{
  GtkWidget *label = pd_wrap_label_new (text, style);

  gtk_label_set_max_width_chars (GTK_LABEL (label), max_width);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
pd_place_view_class_init (PdPlaceViewClass *klass)
{
}

static void
pd_place_view_init (PdPlaceView *self)
{
}

/* Of futureshop's two admins one is meant; Seller Central has to be named only beside them. */
static char *
describe_site (const PdPlace *place,
               gboolean       is_named)
{
  const char *kind = pd_site_get_label (place->site);

  if (place->site == PD_SITE_COMMON)
    return is_named ? g_strdup (_("Seller Central")) : NULL;
  return is_named ? g_strdup_printf ("futureshop (%s)", kind) : g_strdup (kind);
}

static GtkWidget *
make (const PdPlace *place,
      gboolean       is_named)
{
  PdPlaceView *self = g_object_new (PD_TYPE_PLACE_VIEW, NULL);
  g_auto (GStrv) steps = pd_place_split (place);
  g_autofree char *path = g_strjoinv (" › ", steps);
  g_autofree char *site = describe_site (place, is_named);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->place = place;
  add_text (texts, path, 28, NULL);
  if (site != NULL)
    gtk_widget_add_css_class (add_text (texts, site, 24, "caption"), "dim-label");
  if (place->note != NULL)
    add_text (texts, _(place->note), 24, "caption");
  pd_column_layout_use (GTK_BOX (texts));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  add_button (self, row, "edit-copy-symbolic", _("Copy Path"), G_CALLBACK (on_copy));
  if (place->url != NULL)
    add_button (self, row, "web-browser-symbolic", _("Open Page"), G_CALLBACK (on_open));
  gtk_widget_add_css_class (row, "pd-place");
  gtk_widget_add_css_class (row, pd_legend_get_edge (place->site));
  adw_bin_set_child (ADW_BIN (self), row);
  return GTK_WIDGET (self);
}

/**
 * pd_place_view_new:
 * @place: a place, which outlives the view
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
pd_place_view_new (const PdPlace *place)
{
  return make (place, FALSE);
}

/**
 * pd_place_view_new_named:
 * @place: a place, which outlives the view
 *
 * Returns: (transfer floating): the view, which names the site as well, for a list of places of both sides
 */
GtkWidget *
pd_place_view_new_named (const PdPlace *place)
{
  return make (place, TRUE);
}
