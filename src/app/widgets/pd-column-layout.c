/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-column-layout.h"

/**
 * PdColumnLayout:
 *
 * Texts that may need more than one line, one above the other, with what belongs to them: a title and its subtitle, of a row or a group.
 *
 * A GtkBox that does not fill its place asks its children how wide they must be for the height it has, and GtkLabel finds that width by
 * halving. That lays each text out some 20 times, and three such boxes in each other some 60. And where a text mixes scripts, a line's height
 * depends on what stands in it, so that halving misses, and the row lays out more than it has room for: its buttons are cut off. This
 * layout's width never depends on its height.
 */
struct _PdColumnLayout
{
  GtkLayoutManager parent_instance;
  int              spacing; /* pixels */
};

G_DEFINE_FINAL_TYPE (PdColumnLayout, pd_column_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
pd_column_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pd_column_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  int spacing = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int child_minimum, child_natural;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, &child_minimum, &child_natural, NULL, NULL);
    if (orientation == GTK_ORIENTATION_VERTICAL) {
      *minimum += spacing + child_minimum;
      *natural += spacing + child_natural;
      spacing = PD_COLUMN_LAYOUT (manager)->spacing;
    } else {
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
  }
}

static void
pd_column_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int child_height;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &child_height, NULL, NULL);
    gtk_widget_size_allocate (child, &(GtkAllocation) { 0, y, width, child_height }, -1);
    y += child_height + PD_COLUMN_LAYOUT (manager)->spacing;
  }
}

static void
pd_column_layout_class_init (PdColumnLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = pd_column_layout_get_request_mode;
  layout_class->measure = pd_column_layout_measure;
  layout_class->allocate = pd_column_layout_allocate;
}

static void
pd_column_layout_init (PdColumnLayout *self)
{
}

/* One label above the other, and nothing else. */
static gboolean
has_titles (GtkWidget *widget)
{
  if (!GTK_IS_BOX (widget) || !GTK_IS_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)) ||
      gtk_orientable_get_orientation (GTK_ORIENTABLE (widget)) != GTK_ORIENTATION_VERTICAL)
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_LABEL (child))
      return FALSE;
  }
  return gtk_widget_get_first_child (widget) != NULL;
}

/**
 * pd_column_layout_use:
 * @box: a vertical box, whose spacing stays
 */
void
pd_column_layout_use (GtkBox *box)
{
  PdColumnLayout *layout = g_object_new (PD_TYPE_COLUMN_LAYOUT, NULL);

  layout->spacing = gtk_box_get_spacing (box);
  gtk_widget_set_layout_manager (GTK_WIDGET (box), GTK_LAYOUT_MANAGER (layout));
}

/**
 * pd_column_layout_apply:
 * @widget: a row or a group that the library has built
 *
 * Lays titles and subtitles in it out in this way.
 */
void
pd_column_layout_apply (GtkWidget *widget)
{
  if (has_titles (widget))
    pd_column_layout_use (GTK_BOX (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    pd_column_layout_apply (child);
}
