/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-later.h"

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
