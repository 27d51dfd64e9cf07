/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-in-sight.h"

/* A scrolled window shows what gets the focus, but not what has it when notes appear above it, or when it has just been made; and of
 * an entry it shows the text without its row. */

typedef struct
{
  GtkScrolledWindow *scroller; /* unowned, as it owns this */
  GtkAdjustment     *adjustment;
  GtkWidget         *watched;  /* (nullable) (unowned): the root whose focus is looked at */
  guint              source;
  gboolean           in_sight;
} Sight;

/* (nullable): what should be seen whole, of what has the focus */
static GtkWidget *
find_focused (Sight *sight)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (sight->scroller));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *popover, *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (sight->scroller)))
    return NULL;
  while ((popover = gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER)) != NULL)
    focus = gtk_widget_get_parent (popover);
  row = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  return row != NULL && gtk_widget_get_height (row) < gtk_widget_get_height (GTK_WIDGET (sight->scroller)) / 2 ? row : focus;
}

static gboolean
get_place (Sight  *sight,
           double *top,
           double *bottom)
{
  GtkWidget *focused = find_focused (sight);
  GtkWidget *content = gtk_scrolled_window_get_child (sight->scroller);
  graphene_rect_t box;

  if (GTK_IS_VIEWPORT (content))
    content = gtk_viewport_get_child (GTK_VIEWPORT (content));
  if (focused == NULL || content == NULL || !gtk_widget_compute_bounds (focused, content, &box))
    return FALSE;
  *top = box.origin.y;
  *bottom = *top + box.size.height;
  return TRUE;
}

static gboolean
show_focused (gpointer user_data)
{
  Sight *sight = user_data;
  double top, bottom;

  sight->source = 0;
  sight->in_sight = get_place (sight, &top, &bottom);
  if (sight->in_sight)
    gtk_adjustment_clamp_page (sight->adjustment, top, bottom);
  return G_SOURCE_REMOVE;
}

/* Not now: things are being laid out. */
static void
show_soon (Sight *sight)
{
  if (sight->source == 0)
    sight->source = g_idle_add (show_focused, sight);
}

static void
on_size_changed (Sight *sight)
{
  if (sight->in_sight)
    show_soon (sight);
}

/* Whoever scrolls away from it wants to look elsewhere. */
static void
on_scrolled (Sight *sight)
{
  double value = gtk_adjustment_get_value (sight->adjustment);
  double top, bottom;

  if (sight->source == 0)
    sight->in_sight = get_place (sight, &top, &bottom) && bottom > value && top < value + gtk_adjustment_get_page_size (sight->adjustment);
}

static void
on_root_changed (Sight *sight)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (sight->scroller));

  if (sight->watched != NULL)
    g_signal_handlers_disconnect_by_data (sight->watched, sight);
  g_set_weak_pointer (&sight->watched, GTK_WIDGET (root));
  if (root != NULL)
    g_signal_connect_swapped (root, "notify::focus-widget", G_CALLBACK (show_soon), sight);
}

static void
on_destroy (Sight *sight)
{
  if (sight->watched != NULL)
    g_signal_handlers_disconnect_by_data (sight->watched, sight);
  g_clear_weak_pointer (&sight->watched);
  g_clear_handle_id (&sight->source, g_source_remove);
  g_signal_handlers_disconnect_by_data (sight->adjustment, sight);
  g_signal_handlers_disconnect_by_data (sight->scroller, sight);
  g_object_unref (sight->adjustment);
  g_free (sight);
}

/**
 * pd_keep_in_sight:
 * @scroller: what scrolls a view from top to bottom, with its child
 *
 * Keeps whole in sight what has the focus, with the row around it, also when what is above it grows; until it is scrolled away.
 */
void
pd_keep_in_sight (GtkScrolledWindow *scroller)
{
  Sight *sight = g_new0 (Sight, 1);

  /* It would run after us, towards a place where the row is cut. */
  if (GTK_IS_VIEWPORT (gtk_scrolled_window_get_child (scroller)))
    gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (scroller)), FALSE);
  sight->scroller = scroller;
  sight->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));
  g_signal_connect_swapped (scroller, "notify::root", G_CALLBACK (on_root_changed), sight);
  g_signal_connect_swapped (scroller, "destroy", G_CALLBACK (on_destroy), sight);
  g_signal_connect_swapped (sight->adjustment, "changed", G_CALLBACK (on_size_changed), sight);
  g_signal_connect_swapped (sight->adjustment, "value-changed", G_CALLBACK (on_scrolled), sight);
}
