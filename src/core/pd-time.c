/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-time.h"

/**
 * pd_time_to_local:
 * @time: a time, from whatever file or server
 *
 * As g_date_time_to_local(), which has nothing to give for a time beyond the years that there are: a certificate without an end says
 * 9999-12-31T23:59:59Z (RFC 5280 4.1.2.5), which in Japan is in the year 10000.
 *
 * Returns: (transfer full): it in this computer's time zone, or as it is
 */
GDateTime *
pd_time_to_local (GDateTime *time)
{
  GDateTime *local = g_date_time_to_local (time);

  return local != NULL ? local : g_date_time_ref (time);
}
