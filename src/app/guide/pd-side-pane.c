/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-side-pane.h"

#include <glib/gi18n.h>

#include "pd-where-view.h"

/**
 * PdSidePane:
 *
 * What can stand beside any view: the shop's guide, or where the focused field's value is found and where it goes.
 * Either is made when it is first looked at.
 */
struct _PdSidePane
{
  AdwBin         parent_instance;
  PdShop        *shop;
  PdTester      *tester;
  const PdField *field;
  gboolean       shown;
  gboolean       wants_focus; /* when it comes into sight */
  GtkStack      *stack;
  AdwBin        *guide;
  GtkStack      *where_stack;
  AdwBin        *where;
  GtkWidget     *print_button;
};

G_DEFINE_FINAL_TYPE (PdSidePane, pd_side_pane, ADW_TYPE_BIN)

static gboolean
shows_guide (PdSidePane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "guide") == 0;
}

static void
refresh_guide (PdSidePane *self)
{
  if (self->shop != NULL && self->shown && shows_guide (self) && adw_bin_get_child (self->guide) == NULL)
    adw_bin_set_child (self->guide, pd_guide_view_new (self->shop, self->tester));
}

static void
refresh_where (PdSidePane *self)
{
  gboolean any = self->shop != NULL && self->field != NULL && pd_profile_field_applies (pd_shop_get_profile (self->shop), self->field);

  if (!self->shown || shows_guide (self))
    return;
  adw_bin_set_child (self->where, any ? pd_where_view_new (self->shop, self->field) : NULL);
  gtk_stack_set_visible_child_name (self->where_stack, any ? "field" : "none");
}

static void
on_page_changed (PdSidePane *self)
{
  gtk_widget_set_visible (self->print_button, shows_guide (self));
  refresh_guide (self);
  refresh_where (self);
}

/* Puts the focus on the open step, or on the first control; where the pane is still to slide in, when it has. */
void
pd_side_pane_focus (PdSidePane *self)
{
  PdGuideView *guide = shows_guide (self) ? pd_side_pane_get_guide (self) : NULL;

  self->wants_focus = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->wants_focus)
    return;
  if (guide == NULL || !pd_guide_view_focus (guide))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
pd_side_pane_map (GtkWidget *widget)
{
  PdSidePane *self = PD_SIDE_PANE (widget);

  GTK_WIDGET_CLASS (pd_side_pane_parent_class)->map (widget);
  if (self->wants_focus)
    pd_side_pane_focus (self);
}

static void
pd_side_pane_dispose (GObject *object)
{
  pd_side_pane_set_shop (PD_SIDE_PANE (object), NULL, NULL);
  G_OBJECT_CLASS (pd_side_pane_parent_class)->dispose (object);
}

static void
pd_side_pane_class_init (PdSidePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_side_pane_dispose;
  widget_class->map = pd_side_pane_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-side-pane.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-pane", NULL);
  gtk_widget_class_bind_template_child (widget_class, PdSidePane, stack);
  gtk_widget_class_bind_template_child (widget_class, PdSidePane, guide);
  gtk_widget_class_bind_template_child (widget_class, PdSidePane, where_stack);
  gtk_widget_class_bind_template_child (widget_class, PdSidePane, where);
  gtk_widget_class_bind_template_child (widget_class, PdSidePane, print_button);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pd_side_pane_init (PdSidePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Side Pane"), -1);
}

/**
 * pd_side_pane_set_shop:
 * @self: the pane
 * @shop: (nullable): the shop to show
 * @tester: (nullable): who runs its checks
 */
void
pd_side_pane_set_shop (PdSidePane *self,
                       PdShop     *shop,
                       PdTester   *tester)
{
  if (self->shop != NULL)
    g_signal_handlers_disconnect_by_data (pd_shop_get_profile (self->shop), self);
  if (self->guide != NULL) {
    adw_bin_set_child (self->guide, NULL);
    adw_bin_set_child (self->where, NULL);
  }
  self->field = NULL;
  g_set_object (&self->shop, shop);
  g_set_object (&self->tester, tester);
  if (shop == NULL)
    return;
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::mode", G_CALLBACK (refresh_where), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::generation", G_CALLBACK (refresh_where), self, G_CONNECT_SWAPPED);
  refresh_guide (self);
  refresh_where (self);
}

/* The field that has the focus now; the pane goes on showing it when the focus is somewhere else. */
void
pd_side_pane_set_field (PdSidePane    *self,
                        const PdField *field)
{
  if (self->field == field)
    return;
  self->field = field;
  refresh_where (self);
}

/* Whether the pane is to be seen; until then nothing in it is made. */
void
pd_side_pane_set_shown (PdSidePane *self,
                        gboolean    shown)
{
  self->shown = shown;
  refresh_guide (self);
  refresh_where (self);
}

/* "guide" or "where". */
void
pd_side_pane_show_page (PdSidePane *self,
                        const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* (nullable) (transfer none): where it has been made. */
PdGuideView *
pd_side_pane_get_guide (PdSidePane *self)
{
  GtkWidget *guide = adw_bin_get_child (self->guide);

  return guide != NULL ? PD_GUIDE_VIEW (guide) : NULL;
}
