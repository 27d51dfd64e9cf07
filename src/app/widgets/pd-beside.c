/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-beside.h"

/**
 * PdBeside:
 *
 * Children beside each other, or each in a line of its own where there is no room for that: on a phone with large text. GtkFlowBox
 * either asks for the width of one child only, or gives all the same width.
 */
struct _PdBeside
{
  GtkLayoutManager parent_instance;
  int              spacing; /* pixels, in both directions */
};

G_DEFINE_FINAL_TYPE (PdBeside, pd_beside, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
pd_beside_get_request_mode (GtkLayoutManager *manager,
                            GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *
next_laid_out (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The width of all children in one line, and that of the widest. */
static int
measure_line (PdBeside  *self,
              GtkWidget *widget,
              int       *widest)
{
  int line = 0;

  *widest = 0;
  for (GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_laid_out (gtk_widget_get_next_sibling (child))) {
    int minimum, natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    *widest = MAX (*widest, minimum);
    line += natural + (line > 0 ? self->spacing : 0);
  }
  return line;
}

static void
pd_beside_measure (GtkLayoutManager *manager,
                   GtkWidget        *widget,
                   GtkOrientation    orientation,
                   int               for_size,
                   int              *minimum,
                   int              *natural,
                   int              *minimum_baseline,
                   int              *natural_baseline)
{
  PdBeside *self = PD_BESIDE (manager);
  int       widest, height = 0;
  int       line = measure_line (self, widget, &widest);
  gboolean  fits = for_size < 0 || for_size >= line;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = widest;
    *natural = line;
    return;
  }
  for (GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_laid_out (gtk_widget_get_next_sibling (child))) {
    int child_height;

    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, fits ? -1 : for_size, &child_height, NULL, NULL, NULL);
    height = fits ? MAX (height, child_height) : height + child_height + (height > 0 ? self->spacing : 0);
  }
  *minimum = *natural = height;
}

static void
pd_beside_allocate (GtkLayoutManager *manager,
                    GtkWidget        *widget,
                    int               width,
                    int               height,
                    int               baseline)
{
  PdBeside *self = PD_BESIDE (manager);
  int       widest, x = 0, y = 0;
  gboolean  fits = width >= measure_line (self, widget, &widest);
  gboolean  mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_laid_out (gtk_widget_get_next_sibling (child))) {
    GtkAllocation place = { x, y, width, height };

    if (fits) {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &place.width, NULL, NULL);
      x += place.width + self->spacing;
      if (mirrored)
        place.x = width - place.x - place.width;
    } else {
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &place.height, NULL, NULL, NULL);
      y += place.height + self->spacing;
    }
    gtk_widget_size_allocate (child, &place, -1);
  }
}

static void
pd_beside_class_init (PdBesideClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = pd_beside_get_request_mode;
  manager_class->measure = pd_beside_measure;
  manager_class->allocate = pd_beside_allocate;
}

static void
pd_beside_init (PdBeside *self)
{
}

/**
 * pd_beside_new:
 * @spacing: pixels between the children
 *
 * Returns: (transfer full): a layout for a widget of a few children
 */
GtkLayoutManager *
pd_beside_new (int spacing)
{
  PdBeside *self = g_object_new (PD_TYPE_BESIDE, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
