/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-if-room.h"

/**
 * PdIfRoom:
 *
 * Children that make no window wider: where one's least width is more than there is, it is not shown and takes no height. AdwSqueezer
 * measures what does not fit for the width that there is, at which GTK warns.
 */
struct _PdIfRoom
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PdIfRoom, pd_if_room, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
pd_if_room_get_request_mode (GtkLayoutManager *manager,
                             GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
fits (GtkWidget *child,
      int        width)
{
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return width < 0 || width >= least;
}

static void
pd_if_room_measure (GtkLayoutManager *manager,
                    GtkWidget        *widget,
                    GtkOrientation    orientation,
                    int               for_size,
                    int              *minimum,
                    int              *natural,
                    int              *minimum_baseline,
                    int              *natural_baseline)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int least, wanted;

    if (!gtk_widget_get_visible (child) || (orientation == GTK_ORIENTATION_VERTICAL && !fits (child, for_size)))
      continue;
    gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, &least, &wanted, NULL, NULL);
    *natural = MAX (*natural, wanted);
    if (orientation == GTK_ORIENTATION_VERTICAL)
      *minimum = MAX (*minimum, least);
  }
}

static void
pd_if_room_allocate (GtkLayoutManager *manager,
                     GtkWidget        *widget,
                     int               width,
                     int               height,
                     int               baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    gboolean fitting;

    if (!gtk_widget_get_visible (child))
      continue;
    fitting = fits (child, width);
    gtk_widget_set_child_visible (child, fitting);
    if (fitting)
      gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, baseline);
  }
}

static void
pd_if_room_class_init (PdIfRoomClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = pd_if_room_get_request_mode;
  manager_class->measure = pd_if_room_measure;
  manager_class->allocate = pd_if_room_allocate;
}

static void
pd_if_room_init (PdIfRoom *self)
{
}

/**
 * pd_if_room_new:
 *
 * Returns: (transfer full): a layout for a widget whose children lie over one another, each only where there is room for it
 */
GtkLayoutManager *
pd_if_room_new (void)
{
  return g_object_new (PD_TYPE_IF_ROOM, NULL);
}
