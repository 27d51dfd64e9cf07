/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-screen-picture.h"

/**
 * PdScreenPicture:
 *
 * Shows a drawn page at its own size, or smaller where there is less room, always whole: unlike a GtkPicture it asks for the height
 * that its width needs.
 */
struct _PdScreenPicture
{
  GtkWidget  parent_instance;
  PdScreen  *screen;
};

/* Narrower than this nothing on the page can be read. */
#define LEAST_WIDTH 220

G_DEFINE_FINAL_TYPE (PdScreenPicture, pd_screen_picture, GTK_TYPE_WIDGET)

static void
pd_screen_picture_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  PdScreenPicture *self = PD_SCREEN_PICTURE (widget);
  int width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->screen));
  double ratio = (double) gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (self->screen)) / width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN (width, LEAST_WIDTH);
    /* A little smaller, so that two pages of a phone stand side by side in a view. */
    *natural = width - width / 16;
  } else {
    *minimum = *natural = (int) (0.5 + ratio * (for_size < 0 ? width : MIN (for_size, width)));
  }
}

static GtkSizeRequestMode
pd_screen_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pd_screen_picture_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  PdScreenPicture *self = PD_SCREEN_PICTURE (widget);
  int intrinsic = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->screen));
  int width = MIN (gtk_widget_get_width (widget), intrinsic);
  double ratio = (double) gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (self->screen)) / intrinsic;

  gdk_paintable_snapshot (GDK_PAINTABLE (self->screen), snapshot, width, ratio * width);
}

static void
drop_screen (PdScreenPicture *self)
{
  if (self->screen != NULL)
    g_signal_handlers_disconnect_by_data (self->screen, self);
  g_clear_object (&self->screen);
}

static void
pd_screen_picture_dispose (GObject *object)
{
  drop_screen (PD_SCREEN_PICTURE (object));
  G_OBJECT_CLASS (pd_screen_picture_parent_class)->dispose (object);
}

static void
pd_screen_picture_class_init (PdScreenPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_screen_picture_dispose;
  widget_class->measure = pd_screen_picture_measure;
  widget_class->get_request_mode = pd_screen_picture_get_request_mode;
  widget_class->snapshot = pd_screen_picture_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pd_screen_picture_init (PdScreenPicture *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * pd_screen_picture_new:
 * @screen: a page
 *
 * Returns: (transfer floating): a widget that shows it
 */
GtkWidget *
pd_screen_picture_new (PdScreen *screen)
{
  PdScreenPicture *self = g_object_new (PD_TYPE_SCREEN_PICTURE, NULL);

  pd_screen_picture_set_screen (self, screen);
  return GTK_WIDGET (self);
}

/**
 * pd_screen_picture_set_screen:
 * @self: a widget
 * @screen: the page to show in place of the one before
 */
void
pd_screen_picture_set_screen (PdScreenPicture *self,
                              PdScreen        *screen)
{
  if (self->screen == screen)
    return;
  drop_screen (self);
  self->screen = g_object_ref (screen);
  g_signal_connect_object (screen, "invalidate-size", G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (screen, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* What the page shows, for those who do not see it. */
void
pd_screen_picture_describe (PdScreenPicture *self)
{
  g_autofree char *text = pd_screen_describe (self->screen);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
