/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include "pd-field-widget.h"
#include "pd-guide-print.h"
#include "pd-help-window.h"
#include "pd-kind-chooser.h"

/* The window's verbs around the guide: the side pane, printing, the kind of shop, help. */

static AdwFlap *
get_flap (PdWindow *self)
{
  return pd_shop_page_get_flap (pd_window_get_page (self));
}

static void
show_pane (PdWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  g_set_weak_pointer (&self->before_pane, focus);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  adw_flap_set_reveal_flap (get_flap (self), TRUE);
  pd_side_pane_focus (pd_shop_page_get_pane (pd_window_get_page (self)));
}

static void
hide_pane (PdWindow *self)
{
  GtkWidget *pane = GTK_WIDGET (pd_shop_page_get_pane (pd_window_get_page (self)));
  gboolean had_focus = (gtk_widget_get_state_flags (pane) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  adw_flap_set_reveal_flap (get_flap (self), FALSE);
  if (!had_focus)
    return;
  /* Back to where one came from. */
  if (self->before_pane != NULL && gtk_widget_get_mapped (self->before_pane) && !gtk_widget_is_ancestor (self->before_pane, pane))
    gtk_widget_grab_focus (self->before_pane);
  else
    pd_shop_page_focus_view (pd_window_get_page (self));
}

void
pd_window_toggle_pane (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  PdWindow *self = user_data;

  if (adw_flap_get_reveal_flap (get_flap (self)))
    hide_pane (self);
  else
    show_pane (self);
}

void
pd_window_close_pane (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  hide_pane (user_data);
}

void
pd_window_show_guide (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_side_pane_show_page (pd_shop_page_get_pane (pd_window_get_page (self)), "guide");
  show_pane (self);
}

void
pd_window_print_guide (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  PdWindow *self = user_data;
  PdProfile *profile = pd_shop_get_profile (self->shop);
  PdGuideRun last;
  gboolean is_known = pd_verdicts_get_last (self->verdicts, profile, &last);

  pd_guide_print_run (GTK_WINDOW (self), profile, is_known ? &last : NULL);
}

static void
on_begin (PdWindow *self)
{
  if (self->shop != NULL)
    pd_window_show_guide (NULL, NULL, self);
}

/**
 * pd_window_ask_kind:
 * @self: the window, with a shop open
 * @is_new: whether the shop has just been added
 *
 * Lets the operator choose name, mode and generation, with their definitions. For a new shop the guide follows.
 */
void
pd_window_ask_kind (PdWindow *self,
                    gboolean  is_new)
{
  PdKindChooser *chooser = pd_kind_chooser_new (GTK_WINDOW (self), pd_shop_get_profile (self->shop), is_new);

  if (is_new)
    g_signal_connect_object (chooser, "begin", G_CALLBACK (on_begin), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

void
pd_window_choose_kind (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  pd_window_ask_kind (user_data, FALSE);
}

/* What the focus is on, then what the view shows. */
static char *
find_help (PdWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *field = focus != NULL ? gtk_widget_get_ancestor (focus, PD_TYPE_FIELD_WIDGET) : NULL;
  GtkWidget *step = focus != NULL ? gtk_widget_get_ancestor (focus, PD_TYPE_GUIDE_STEP_ROW) : NULL;
  const PdHelpTopic *topic;

  if (self->shop == NULL)
    return g_strdup ("begin");
  if (field != NULL)
    return g_strconcat ("fields/", pd_field_widget_get_field (PD_FIELD_WIDGET (field))->id, NULL);
  if (step != NULL) {
    const PdGuideStep *at = pd_guide_step_row_get_step (PD_GUIDE_STEP_ROW (step));

    return g_strdup_printf ("%s/%s", pd_help_get_for_part (at->part)->id, at->id);
  }
  topic = pd_help_get_for_view (pd_shop_page_get_view (pd_window_get_page (self)));
  return g_strdup (topic != NULL ? topic->id : "begin");
}

void
pd_window_help (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autofree char *where = find_help (self);

  pd_help_window_show (GTK_APPLICATION (self->application), where);
}

static void
on_focus_changed (PdWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *field = focus != NULL ? gtk_widget_get_ancestor (focus, PD_TYPE_FIELD_WIDGET) : NULL;

  if (field != NULL && self->shop != NULL)
    pd_shop_page_note_field (pd_window_get_page (self), pd_field_widget_get_field (PD_FIELD_WIDGET (field)));
}

static void
on_reveal_changed (PdWindow *self)
{
  pd_side_pane_set_shown (pd_shop_page_get_pane (pd_window_get_page (self)), adw_flap_get_reveal_flap (get_flap (self)));
}

/**
 * pd_window_uncover_view:
 * @self: the window
 *
 * Closes the pane where it lies over the view: a view that is gone to is to be seen.
 */
void
pd_window_uncover_view (PdWindow *self)
{
  if (adw_flap_get_folded (get_flap (self)) && adw_flap_get_reveal_flap (get_flap (self)))
    hide_pane (self);
}

/* Called once, when there is a page for shops. */
void
pd_window_watch_pane (PdWindow *self)
{
  g_object_bind_property (get_flap (self), "reveal-flap", self->pane_button, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (get_flap (self), "notify::reveal-flap", G_CALLBACK (on_reveal_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_page_get_stack (pd_window_get_page (self)), "notify::visible-child", G_CALLBACK (pd_window_uncover_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::focus-widget", G_CALLBACK (on_focus_changed), self, G_CONNECT_SWAPPED);
}
