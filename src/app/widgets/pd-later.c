/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-later.h"

#include "pd-wrap.h"

/* What the first frame does not show is built when it is first wanted: a window that opens at once is built of little. */

static void
build_menu (GtkMenuButton *button,
            gpointer       menu)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * pd_later_set_menu:
 * @button: a menu button
 * @menu: its menu
 *
 * As gtk_menu_button_set_menu_model(), which builds all of the menu's widgets there and then; this does when it is opened.
 */
void
pd_later_set_menu (GtkMenuButton *button,
                   GMenuModel    *menu)
{
  gtk_menu_button_set_create_popup_func (button, build_menu, g_object_ref (menu), g_object_unref);
}

/**
 * pd_later_build:
 * @name: the name of a file in `data/ui/`, without its suffix, whose root has the id "root"
 *
 * Returns: (transfer full): the widget
 */
GtkWidget *
pd_later_build (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/paydesk/Paydesk/ui/%s.ui", name);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (path);

  return g_object_ref_sink (GTK_WIDGET (gtk_builder_get_object (builder, "root")));
}

/**
 * pd_later_show:
 * @stack: a stack
 * @name: one of its pages, or a file for pd_later_build()
 *
 * Shows a page, which is built now if it has not been shown yet.
 */
void
pd_later_show (GtkStack   *stack,
               const char *name)
{
  if (gtk_stack_get_child_by_name (stack, name) == NULL) {
    g_autoptr (GtkWidget) page = pd_later_build (name);

    pd_wrap_labels (page);
    gtk_stack_add_named (stack, page, name);
  }
  gtk_stack_set_visible_child_name (stack, name);
}
