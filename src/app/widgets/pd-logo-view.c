/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-logo-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "pd-if-room.h"
#include "pd-logo-wire.h"
#include "pd-logo.h"
#include "pd-wrap.h"

/**
 * PdLogoView:
 *
 * A logo as shoppers see it, 150 × 50 pixels and twice that on screens of high density, on a light and on a dark page, and what the
 * rules say of it. The frame is all of the place that it has. The file is opened by another process, and not until it is to be shown.
 *
 * Signal "judged": what is shown, and what is said of it, has changed.
 */
struct _PdLogoView
{
  GtkBox        parent_instance;
  GtkWidget    *sizes[PD_LOGO_WIRE_MAX_SCALE];       /* heading and pictures of each */
  GtkWidget    *pictures[PD_LOGO_WIRE_MAX_SCALE][2]; /* light and dark */
  GtkWidget    *said;                                /* verdict and text */
  GtkWidget    *verdict;
  GtkWidget    *text;
  GBytes       *content;
  GCancellable *cancellable; /* of what is under way */
  PdLogo       *logo;
};

static const struct
{
  const char *heading; /* translatable */
  const char *descriptions[2];
} sizes[PD_LOGO_WIRE_MAX_SCALE] = {
  { N_("As shown: 150 × 50"), { N_("The logo on a light page"), N_("The logo on a dark page") } },
  { N_("On a high-density screen: 300 × 100"),
    { N_("The logo on a light page, on a high-density screen"), N_("The logo on a dark page, on a high-density screen") } },
};

enum {
  JUDGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdLogoView, pd_logo_view, GTK_TYPE_BOX)

static void
show_text (PdLogoView *self,
           PdVerdict   verdict,
           const char *text)
{
  const char *classes[] = { "pd-verdict", pd_verdict_to_id (verdict), NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict), pd_verdict_get_icon (verdict));
  gtk_widget_set_css_classes (self->verdict, classes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdict), GTK_ACCESSIBLE_PROPERTY_LABEL, pd_verdict_get_label (verdict), -1);
  gtk_label_set_label (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->said, *text != '\0');
}

static void
show_picture (PdLogoView    *self,
              guint          size,
              PdLogoPicture *picture)
{
  g_autoptr (GdkTexture) texture = NULL;

  if (picture != NULL)
    texture = gdk_memory_texture_new ((int) picture->width, (int) picture->height, GDK_MEMORY_R8G8B8A8, picture->pixels,
                                      4 * (gsize) picture->width);
  for (guint i = 0; i < G_N_ELEMENTS (self->pictures[size]); i++)
    gtk_picture_set_paintable (GTK_PICTURE (self->pictures[size][i]), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->sizes[size], texture != NULL);
}

static void
show_logo (PdLogoView *self)
{
  g_autofree char *text = self->logo != NULL ? pd_logo_describe (self->logo) : g_strdup ("");

  show_picture (self, 0, self->logo != NULL ? self->logo->picture : NULL);
  if (self->logo == NULL)
    show_picture (self, 1, NULL);
  show_text (self, self->logo != NULL ? self->logo->verdict : PD_VERDICT_UNDETERMINED, text);
  g_signal_emit (self, signals[JUDGED], 0);
}

static void
on_double_rendered (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (PdLogoView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdLogoPicture) picture = pd_logo_picture_render_finish (result, &error);

  /* What is wrong has been said already, of the smaller one. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_picture (self, 1, picture);
}

static void
on_inspected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PdLogoView) self = user_data;
  PdLogo *logo = pd_logo_inspect_finish (result, NULL);

  /* Cancelled, there is another file by now, or none. */
  if (logo == NULL)
    return;
  g_clear_pointer (&self->logo, pd_logo_unref);
  self->logo = logo;
  show_logo (self);
  if (logo->picture != NULL && self->content != NULL)
    pd_logo_picture_render_async (self->content, 2, self->cancellable, on_double_rendered, g_object_ref (self));
  g_clear_pointer (&self->content, g_bytes_unref);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdLogoView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (content != NULL && self->cancellable != NULL) {
    g_clear_pointer (&self->content, g_bytes_unref);
    self->content = g_bytes_ref (content);
    pd_logo_inspect_async (content, g_bytes_get_size (content), self->cancellable, on_inspected, g_object_ref (self));
  }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_text (self, PD_VERDICT_UNDETERMINED, _("The logo’s file is not at hand."));
}

static void
stop (PdLogoView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->logo, pd_logo_unref);
  g_clear_pointer (&self->content, g_bytes_unref);
}

static void
pd_logo_view_dispose (GObject *object)
{
  stop (PD_LOGO_VIEW (object));
  G_OBJECT_CLASS (pd_logo_view_parent_class)->dispose (object);
}

static void
pd_logo_view_class_init (PdLogoViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_logo_view_dispose;
  signals[JUDGED] = g_signal_new ("judged", PD_TYPE_LOGO_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Exactly its pixels, on the page's colour. */
static GtkWidget *
add_picture (GtkFlowBox *flow,
             guint       scale,
             const char *css_class,
             const char *description)
{
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_set_size_request (picture, PD_LOGO_WIDTH * (int) scale, PD_LOGO_HEIGHT * (int) scale);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (picture, "pd-logo");
  gtk_widget_add_css_class (picture, css_class);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), description);
  gtk_widget_set_tooltip_text (picture, description);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), picture);
  gtk_flow_box_insert (flow, child, -1);
  return picture;
}

/* The large picture makes no window wider than a phone: without room for it, it is not shown. */
static GtkWidget *
make_optional (GtkWidget *widget)
{
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_layout_manager (room, pd_if_room_new ());
  gtk_box_append (GTK_BOX (room), widget);
  return room;
}

static void
add_size (PdLogoView *self,
          guint       size)
{
  static const char *const css_classes[] = { "pd-on-light", "pd-on-dark" };
  GtkWidget *heading = gtk_label_new (_(sizes[size].heading));
  GtkWidget *flow = gtk_flow_box_new ();

  self->sizes[size] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  /* It would keep the Tab key to itself. */
  gtk_widget_set_can_focus (flow, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (css_classes); i++)
    self->pictures[size][i] = add_picture (GTK_FLOW_BOX (flow), size + 1, css_classes[i], _(sizes[size].descriptions[i]));
  gtk_box_append (GTK_BOX (self->sizes[size]), heading);
  gtk_box_append (GTK_BOX (self->sizes[size]), flow);
  gtk_box_append (GTK_BOX (self), size == 0 ? self->sizes[size] : make_optional (self->sizes[size]));
}

static void
pd_logo_view_init (PdLogoView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    add_size (self, i);
  self->said = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->verdict = gtk_image_new ();
  gtk_widget_set_valign (self->verdict, GTK_ALIGN_START);
  self->text = pd_wrap_label_new ("", "caption");
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (self->said), self->verdict);
  gtk_box_append (GTK_BOX (self->said), self->text);
  gtk_box_append (GTK_BOX (self), self->said);
  show_logo (self);
}

GtkWidget *
pd_logo_view_new (void)
{
  return g_object_new (PD_TYPE_LOGO_VIEW, NULL);
}

/**
 * pd_logo_view_set_file:
 * @self: a view
 * @file: (nullable): the logo; NULL where there is none
 *
 * What was shown before goes at once, as it is another picture's.
 */
void
pd_logo_view_set_file (PdLogoView *self,
                       GFile      *file)
{
  stop (self);
  show_logo (self);
  if (file == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_file_load_bytes_async (file, self->cancellable, on_loaded, g_object_ref (self));
}

/* Returns: (transfer none) (nullable): the logo, once it has been judged */
PdLogo *
pd_logo_view_get_logo (PdLogoView *self)
{
  return self->logo;
}

/* Returns: (transfer none) (nullable): RGBA of what is shown */
GBytes *
pd_logo_view_get_pixels (PdLogoView *self)
{
  return self->logo != NULL && self->logo->picture != NULL ? self->logo->picture->pixels : NULL;
}

const char *
pd_logo_view_get_text (PdLogoView *self)
{
  return gtk_label_get_label (GTK_LABEL (self->text));
}
