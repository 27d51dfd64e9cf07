/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-reminder-row.h"

#include <glib/gi18n.h>

#include "pd-due.h"
#include "pd-reminder.h"
#include "pd-switch-row.h"

/* Returns: (transfer floating): the row that switches the reminders, and says when they come */
GtkWidget *
pd_reminder_row_new (GSettings *settings)
{
  g_autofree char *detail =
    g_strdup_printf (ngettext ("A notification %d day before, for every shop: at login, where the desktop allows it, and while Paydesk is open",
                               "A notification %d days before, for every shop: at login, where the desktop allows it, and while Paydesk is open",
                               PD_DUE_DAYS),
                     PD_DUE_DAYS);

  return pd_switch_row_new (settings, PD_REMINDER_KEY, _("_Desktop Reminders"), detail);
}
