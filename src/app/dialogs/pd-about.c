/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The one file with AdwAboutWindow: the floor has no AdwAboutDialog. */
void
pd_about_show (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name", _("Paydesk"),
                         "application-icon", PD_APP_ID,
                         "version", PD_VERSION,
                         "developer-name", _("The Paydesk contributors"),
                         "copyright", "© 2026 The Paydesk contributors",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("The desk between Amazon Seller Central and the shop’s admin. "
                                       "Paydesk is not affiliated with Amazon or Future Shop."),
                         "translator-credits", _("translator-credits"),
                         NULL);
}
