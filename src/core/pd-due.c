/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-catalogue.h"
#include "pd-due.h"
#include "pd-time.h"

/* What has dates, and from where. An end that nobody entered is only known where advice gives one. */
static const struct
{
  const char *field;
  const char *begins; /* field of the day when it was obtained; NULL: the day when it was stored here */
  const char *ends;   /* field of the day when it ends */
  int         days;   /* after which it should be changed; 0: no such advice */
} subjects[] = {
  { "mws-auth-token", "mws-auth-token.obtained", "mws-auth-token.ends", 0 },
  { "private-key", "private-key.obtained", NULL, PD_DUE_KEY_DAYS },
  { "private-key.sandbox", NULL, NULL, PD_DUE_KEY_DAYS },
};

static GDateTime *
to_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = pd_time_to_local (time);
  int                   year, month, day;

  g_date_time_get_ymd (local, &year, &month, &day);
  return g_date_time_new_utc (year, month, day, 0, 0, 0);
}

/**
 * pd_due_read_date:
 * @text: YYYY-MM-DD, or whatever was entered
 *
 * Returns: (transfer full) (nullable): that day in this computer's time zone; %NULL where it is none
 */
GDateTime *
pd_due_read_date (const char *text)
{
  g_autofree char          *whole = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GTimeZone)     zone = g_time_zone_new_local ();

  return strlen (text) == strlen ("2020-11-18") ? g_date_time_new_from_iso8601 (whole, zone) : NULL;
}

/**
 * pd_due_judge:
 * @ends: (nullable): the last day, whatever the time of day
 * @now: today
 *
 * Returns: how near it is, in whole days of this computer's time zone; the last day itself is not over yet
 */
PdDueState
pd_due_judge (GDateTime *ends,
              GDateTime *now)
{
  g_autoptr (GDateTime) last = ends != NULL ? to_day (ends) : NULL;
  g_autoptr (GDateTime) today = to_day (now);
  gint64                days;

  if (ends == NULL)
    return PD_DUE_OPEN;
  days = g_date_time_difference (last, today) / G_TIME_SPAN_DAY;
  return days < 0 ? PD_DUE_OVER : days <= PD_DUE_DAYS ? PD_DUE_SOON : PD_DUE_LATER;
}

/**
 * pd_due_new_certificate:
 * @host: whose it is
 * @not_after: when it ends
 * @now: today
 *
 * Returns: (transfer full): the certificate that a test has seen
 */
PdDue *
pd_due_new_certificate (const char *host,
                        GDateTime  *not_after,
                        GDateTime  *now)
{
  PdDue *due = g_new0 (PdDue, 1);

  due->id = g_strconcat (PD_DUE_CERTIFICATE, host, NULL);
  due->label = g_strdup_printf (_("Certificate of %s"), host);
  due->ends = pd_time_to_local (not_after);
  due->state = pd_due_judge (not_after, now);
  return due;
}

void
pd_due_free (PdDue *self)
{
  g_free (self->id);
  g_free (self->label);
  g_clear_pointer (&self->begins, g_date_time_unref);
  g_clear_pointer (&self->ends, g_date_time_unref);
  g_free (self);
}

/* (transfer full): what its last day means, with the day as the person's language writes it. */
char *
pd_due_describe (const PdDue *self)
{
  g_autofree char *day = self->ends != NULL ? pd_time_describe_day (self->ends) : NULL;

  if (day == NULL)
    return g_strdup (_("Its end is not known"));
  if (self->is_rotation)
    return g_strdup_printf (self->state == PD_DUE_OVER ? _("Should have been changed by %s") : _("To be changed by %s"), day);
  return g_strdup_printf (self->state == PD_DUE_OVER ? _("Ended on %s") : _("Ends on %s"), day);
}

/* (transfer full) (nullable): when it was obtained, in the same way. */
char *
pd_due_describe_begin (const PdDue *self)
{
  g_autofree char *day = self->begins != NULL ? pd_time_describe_day (self->begins) : NULL;

  if (day == NULL)
    return NULL;
  return g_strdup_printf (self->is_noted ? _("Stored here on %s") : _("Obtained on %s"), day);
}

/**
 * pd_due_list:
 * @profile: a shop
 * @now: today
 *
 * Lists the tokens and keys that the shop has by its own notes, with their dates. The text of a pre-set token has none.
 *
 * Returns: (transfer full) (element-type PdDue): in the order of the catalogue
 */
GPtrArray *
pd_due_list (PdProfile *profile,
             GDateTime *now)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_due_free);

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    const PdField         *field = pd_catalogue_lookup (subjects[i].field);
    g_autoptr (GDateTime)  stored = pd_profile_get_secret_stored (profile, field->id);
    PdDue                 *due;

    if (stored == NULL || *pd_profile_get_text (profile, field->id) != '\0')
      continue;
    due = g_new0 (PdDue, 1);
    due->id = g_strdup (field->id);
    due->field = field;
    due->label = g_strdup (pd_field_get_label (field));
    due->is_rotation = subjects[i].days > 0;
    if (subjects[i].begins != NULL)
      due->begins = pd_due_read_date (pd_profile_get_text (profile, subjects[i].begins));
    due->is_noted = due->begins == NULL;
    if (due->is_noted)
      due->begins = pd_time_to_local (stored);
    if (subjects[i].ends != NULL)
      due->ends = pd_due_read_date (pd_profile_get_text (profile, subjects[i].ends));
    else if (subjects[i].days > 0)
      due->ends = g_date_time_add_days (due->begins, subjects[i].days);
    due->state = pd_due_judge (due->ends, now);
    g_ptr_array_add (list, due);
  }
  return list;
}
