/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-time.h"

#include <langinfo.h>
#include <string.h>

/* Without a locale a day would be 03/04/26, which is another one on each side of the Atlantic. */
static gboolean
has_locale (void)
{
  return !g_str_equal (nl_langinfo (D_FMT), "%m/%d/%y");
}

/* LC_TIME tells the twelve hours or the twenty-four; it has no time of day that ends with the minute. */
static gboolean
has_twelve_hours (void)
{
  static const char *const signs[] = { "%r", "%p", "%P", "%I", "%l" };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
    if (strstr (nl_langinfo (T_FMT), signs[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static char *
describe (GDateTime  *time,
          const char *twelve,
          const char *twenty_four)
{
  g_autoptr (GDateTime) local = pd_time_to_local (time);

  return g_date_time_format (local, has_twelve_hours () ? twelve : twenty_four);
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
  g_autoptr (GDateTime) local = pd_time_to_local (time);

  return g_date_time_format (local, has_locale () ? "%x" : "%Y-%m-%d");
}

/**
 * pd_time_describe:
 * @time: a time
 *
 * Returns: (transfer full): its day and time of day, to the minute, in this computer's time zone, as LC_TIME writes them
 */
char *
pd_time_describe (GDateTime *time)
{
  g_autofree char *day = pd_time_describe_day (time);
  g_autofree char *hour = describe (time, "%-I:%M %p", "%H:%M");

  return g_strdup_printf ("%s %s", day, hour);
}

/**
 * pd_time_describe_exactly:
 * @time: a time
 *
 * For what may happen again within a minute.
 *
 * Returns: (transfer full): its day and time of day, to the second, in this computer's time zone, as LC_TIME writes them
 */
char *
pd_time_describe_exactly (GDateTime *time)
{
  g_autofree char *day = pd_time_describe_day (time);
  g_autofree char *hour = pd_time_describe_hour (time);

  return g_strdup_printf ("%s %s", day, hour);
}

/**
 * pd_time_describe_hour:
 * @time: a time
 *
 * Returns: (transfer full): its time of day, to the second, in this computer's time zone, as LC_TIME writes it
 */
char *
pd_time_describe_hour (GDateTime *time)
{
  return describe (time, "%-I:%M:%S %p", "%H:%M:%S");
}
