/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-list-drag.h"

/* A value is dragged by its handle to another place of the same list. What is dragged is the item itself, which no other list and
 * nobody else takes. At the edges of what is seen, the view scrolls along. */

#define EDGE      48  /* pixels from the edge in which it scrolls */
#define MAX_SPEED 900 /* pixels a second, at the very edge */

/* Over a list, while something is dragged. */
typedef struct
{
  GtkWidget *list;  /* unowned, as it owns this */
  GPtrArray *items; /* the list's own */
  GtkWidget *marked; /* (nullable) (unowned): above which the value would come to stand */
  double     y;
  gint64     last_frame;
  guint      tick;
} Over;

static GdkContentProvider *
on_prepare (GtkDragSource *source,
            double         x,
            double         y,
            PdListItem    *item)
{
  return gdk_content_provider_new_typed (PD_TYPE_LIST_ITEM, item);
}

static void
on_drag_begin (GtkDragSource *source,
               GdkDrag       *drag,
               PdListItem    *item)
{
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (GTK_WIDGET (item));
  g_autoptr (GdkPaintable) look = gdk_paintable_get_current_image (live);

  GtkWidget *picture = gtk_picture_new_for_paintable (look);

  /* A row has no ground of its own. */
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_widget_add_css_class (picture, "pd-drag");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), picture);
  gdk_drag_set_hotspot (drag, 12, gtk_widget_get_height (GTK_WIDGET (item)) / 2);
  gtk_widget_add_css_class (GTK_WIDGET (item), "pd-dragged");
}

static void
on_drag_end (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             PdListItem    *item)
{
  gtk_widget_remove_css_class (GTK_WIDGET (item), "pd-dragged");
}

/* (nullable): what is dragged, where it belongs to this list */
static PdListItem *
get_dragged (Over    *over,
             GdkDrop *drop)
{
  GdkDrag *drag = drop != NULL ? gdk_drop_get_drag (drop) : NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, PD_TYPE_LIST_ITEM);
  if (drag == NULL || !gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL) ||
      !g_ptr_array_find (over->items, g_value_get_object (&value), NULL))
    return NULL;
  return g_value_get_object (&value);
}

/* The place above which a value would come to stand; the end is above the empty entry. */
static guint
find_gap (Over *over)
{
  guint i;

  for (i = 0; i + 1 < over->items->len; i++) {
    graphene_rect_t box;

    if (gtk_widget_compute_bounds (g_ptr_array_index (over->items, i), over->list, &box) && over->y < box.origin.y + box.size.height / 2)
      break;
  }
  return i;
}

static void
mark (Over      *over,
      GtkWidget *item)
{
  if (over->marked != NULL)
    gtk_widget_remove_css_class (over->marked, "pd-drop-above");
  g_set_weak_pointer (&over->marked, item);
  if (item != NULL)
    gtk_widget_add_css_class (item, "pd-drop-above");
}

/* Pixels a second, upwards below zero. */
static double
get_speed (Over      *over,
           GtkWidget *scroller)
{
  graphene_point_t there;
  double height = gtk_widget_get_height (scroller);

  if (!gtk_widget_compute_point (over->list, scroller, &GRAPHENE_POINT_INIT (0, (float) over->y), &there))
    return 0;
  if (there.y < EDGE)
    return -MAX_SPEED * MIN (1, (EDGE - there.y) / EDGE);
  return there.y > height - EDGE ? MAX_SPEED * MIN (1, (there.y - height + EDGE) / EDGE) : 0;
}

static gboolean
on_tick (GtkWidget     *list,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Over *over = user_data;
  GtkWidget *scroller = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = over->last_frame > 0 ? MIN ((double) (now - over->last_frame) / G_USEC_PER_SEC, 0.1) : 0;

  over->last_frame = now;
  if (scroller != NULL) {
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
    double before = gtk_adjustment_get_value (adjustment);

    gtk_adjustment_set_value (adjustment, before + get_speed (over, scroller) * seconds);
    /* What is under the pointer has moved along. */
    over->y += gtk_adjustment_get_value (adjustment) - before;
    mark (over, g_ptr_array_index (over->items, find_gap (over)));
  }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_accept (GtkDropTarget *target,
           GdkDrop       *drop,
           Over          *over)
{
  return get_dragged (over, drop) != NULL;
}

static GdkDragAction
on_motion (GtkDropTarget *target,
           double         x,
           double         y,
           Over          *over)
{
  over->y = y;
  mark (over, g_ptr_array_index (over->items, find_gap (over)));
  if (over->tick == 0)
    over->tick = gtk_widget_add_tick_callback (over->list, on_tick, over, NULL);
  return GDK_ACTION_MOVE;
}

static void
on_leave (GtkDropTarget *target,
          Over          *over)
{
  mark (over, NULL);
  over->last_frame = 0;
  if (over->tick != 0)
    gtk_widget_remove_tick_callback (over->list, over->tick);
  over->tick = 0;
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         Over          *over)
{
  PdListItem *item = g_value_get_object (value);
  guint from, gap;

  over->y = y;
  on_leave (target, over);
  if (item == NULL || !g_ptr_array_find (over->items, item, NULL))
    return FALSE;
  from = pd_list_item_get_index (item);
  gap = find_gap (over);
  gtk_widget_activate_action (over->list, "list.move", "(uu)", from, gap > from ? gap - 1 : gap);
  return TRUE;
}

static void
over_free (gpointer data,
           GClosure *closure)
{
  Over *over = data;

  g_clear_weak_pointer (&over->marked);
  g_ptr_array_unref (over->items);
  g_free (over);
}

/**
 * pd_list_drag_attach:
 * @list: a list of values; its action `list.move` is activated with where the value was and where it is to be
 * @items: (element-type PdListItem): what is in it now and at any time, in order, the last being the empty one
 *
 * Lets values that are dragged by a handle be dropped.
 */
void
pd_list_drag_attach (GtkWidget *list,
                     GPtrArray *items)
{
  GtkDropTarget *target = gtk_drop_target_new (PD_TYPE_LIST_ITEM, GDK_ACTION_MOVE);
  Over *over = g_new0 (Over, 1);

  over->list = list;
  over->items = g_ptr_array_ref (items);
  g_signal_connect (target, "accept", G_CALLBACK (on_accept), over);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), over);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), over);
  g_signal_connect_data (target, "drop", G_CALLBACK (on_drop), over, over_free, 0);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (target));
}

/**
 * pd_list_drag_add_handle:
 * @handle: what the pointer takes hold of
 * @item: what it moves
 */
void
pd_list_drag_add_handle (GtkWidget  *handle,
                         PdListItem *item)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), item, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), item, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (on_drag_end), item, 0);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
}
