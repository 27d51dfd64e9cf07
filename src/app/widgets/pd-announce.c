/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-announce.h"

/**
 * pd_announce_set_alert:
 * @window: the main window
 * @alert: an empty widget in it whose role is that of an alert
 *
 * GTK before 4.14 has no call for announcements. What it tells assistive technology by itself is that a name has changed, so that
 * an alert is kept for this.
 */
void
pd_announce_set_alert (GtkWindow *window,
                       GtkWidget *alert)
{
  g_object_set_data (G_OBJECT (window), "pd-alert", alert);
}

#if !GTK_CHECK_VERSION (4, 14, 0)
static GtkWidget *
find_alert (GtkWindow *window)
{
  GtkWidget *alert = NULL;

  for (; window != NULL && alert == NULL; window = gtk_window_get_transient_for (window))
    alert = g_object_get_data (G_OBJECT (window), "pd-alert");
  return alert;
}
#endif

/**
 * pd_announce:
 * @widget: a widget of the window that it is about
 * @text: what a screen reader is to say, which is on the screen, too; never a secret
 *
 * Tells those who do not see it that something has changed: a toast, a verdict, an error below a field.
 */
void
pd_announce (GtkWidget  *widget,
             const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!GTK_IS_WINDOW (root))
    return;
#if GTK_CHECK_VERSION (4, 14, 0)
  /* Not of the floor, and only compiled where it is there. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_autoptr (GtkATContext) context = gtk_accessible_get_at_context (GTK_ACCESSIBLE (root));

  /* What GTK has for tests, and for a desktop without an accessibility bus, lacks the call, and crashes (seen in 4.18). */
  if (context != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (context), "GtkTestATContext"))
    gtk_accessible_announce (GTK_ACCESSIBLE (root), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  GtkWidget *alert = find_alert (GTK_WINDOW (root));

  if (alert == NULL)
    return;
  /* The same once more is said once more. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (alert), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (alert), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
#endif
}
