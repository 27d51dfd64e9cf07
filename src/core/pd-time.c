/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-time.h"

#include <langinfo.h>

/* Without a locale a day would be 03/04/26, which is another one on each side of the Atlantic. */
static gboolean
has_locale (void)
{
  return !g_str_equal (nl_langinfo (D_FMT), "%m/%d/%y");
}

static char *
describe (GDateTime  *time,
          const char *by_locale,
          const char *without)
{
  g_autoptr (GDateTime) local = pd_time_to_local (time);

  return g_date_time_format (local, has_locale () ? by_locale : without);
}

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

/**
 * pd_time_describe_day:
 * @time: a time
 *
 * For the window and the text of `paydeskctl`. A finding may be kept, sent and read elsewhere: its dates are ISO 8601, as those in
 * files.
 *
 * Returns: (transfer full): its day in this computer's time zone, as LC_TIME writes it
 */
char *
pd_time_describe_day (GDateTime *time)
{
  return describe (time, "%x", "%Y-%m-%d");
}

/**
 * pd_time_describe:
 * @time: a time
 *
 * Returns: (transfer full): its day and time of day in this computer's time zone, as LC_TIME writes them
 */
char *
pd_time_describe (GDateTime *time)
{
  return describe (time, "%x %X", "%Y-%m-%d %H:%M:%S");
}

/**
 * pd_time_describe_hour:
 * @time: a time
 *
 * Returns: (transfer full): its time of day in this computer's time zone, as LC_TIME writes it
 */
char *
pd_time_describe_hour (GDateTime *time)
{
  return describe (time, "%X", "%H:%M:%S");
}
