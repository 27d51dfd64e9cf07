/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-field-widget.h"
#include "pd-report-dialog.h"
#include "pd-tests-view.h"

/* The verbs of the checks and of what they found. */

/* What is being typed is cleaned and kept when the caret leaves: the checks ask with that. */
static void
take_typed (PdWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_get_ancestor (focus, PD_TYPE_FIELD_WIDGET) != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* The keyboard goes along, but for who tests one shop of the list after the other. */
static void
run (PdWindow          *self,
     const char *const *only)
{
  pd_window_close_tool (self);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_TESTS);
  if (!pd_window_is_in_list (self))
    pd_shop_page_focus_view (self->page);
  pd_tests_view_run (PD_TESTS_VIEW (pd_shop_page_get_content (pd_window_get_page (self), PD_VIEW_TESTS)), only);
}

void
pd_window_run_checks (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  PdWindow *self = user_data;

  take_typed (self);
  run (self, NULL);
}

void
pd_window_run_only (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  g_autofree const char **only = g_variant_get_strv (parameter, NULL);

  take_typed (user_data);
  run (user_data, only);
}

static PdTestsView *
show_tests (PdWindow *self)
{
  pd_window_close_tool (self);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_TESTS);
  adw_leaflet_set_visible_child_name (self->leaflet, "shop");
  return PD_TESTS_VIEW (pd_shop_page_get_content (pd_window_get_page (self), PD_VIEW_TESTS));
}

void
pd_window_history (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  pd_tests_view_show_history (show_tests (user_data));
}

void
pd_window_copy_command (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autofree char *command = pd_tests_view_dup_command (show_tests (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  pd_window_say (self, _("Command copied"));
}

void
pd_window_report (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  PdWindow *self = user_data;

  /* What is being typed belongs into it. */
  take_typed (self);
  pd_report_dialog_present (GTK_WINDOW (self), self->shop);
}

void
pd_window_cancel_checks (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_tester_cancel (self->tester, pd_window_get_profile (self));
}
