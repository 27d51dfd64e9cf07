/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-practice-arrival.h"

struct _PdPracticeArrival
{
  GObject           parent_instance;
  PdPracticeNotice *notice;
  PdNotification   *notification;
  gboolean          is_repeat;
  guint             status;
  GDateTime        *when;
};

G_DEFINE_FINAL_TYPE (PdPracticeArrival, pd_practice_arrival, G_TYPE_OBJECT)

static void
pd_practice_arrival_finalize (GObject *object)
{
  PdPracticeArrival *self = PD_PRACTICE_ARRIVAL (object);

  pd_practice_notice_free (self->notice);
  g_object_unref (self->notification);
  g_date_time_unref (self->when);
  G_OBJECT_CLASS (pd_practice_arrival_parent_class)->finalize (object);
}

static void
pd_practice_arrival_class_init (PdPracticeArrivalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_practice_arrival_finalize;
}

static void
pd_practice_arrival_init (PdPracticeArrival *self)
{
  self->when = g_date_time_new_now_local ();
}

/**
 * pd_practice_arrival_new:
 * @notice: what came in
 * @notification: the same, judged
 * @is_repeat: whether its MessageId came in before
 * @status: what it was answered
 *
 * Returns: (transfer full): an arrival of this moment
 */
PdPracticeArrival *
pd_practice_arrival_new (const PdPracticeNotice *notice,
                         PdNotification         *notification,
                         gboolean                is_repeat,
                         guint                   status)
{
  PdPracticeArrival *self = g_object_new (PD_TYPE_PRACTICE_ARRIVAL, NULL);

  self->notice = pd_practice_notice_copy (notice);
  self->notification = g_object_ref (notification);
  self->is_repeat = is_repeat;
  self->status = status;
  return self;
}

const PdPracticeNotice *
pd_practice_arrival_get_notice (PdPracticeArrival *self)
{
  return self->notice;
}

PdNotification *
pd_practice_arrival_get_notification (PdPracticeArrival *self)
{
  return self->notification;
}

PdNotificationFault
pd_practice_arrival_get_fault (PdPracticeArrival *self)
{
  return pd_notification_get_fault (self->notification);
}

gboolean
pd_practice_arrival_is_repeat (PdPracticeArrival *self)
{
  return self->is_repeat;
}

guint
pd_practice_arrival_get_status (PdPracticeArrival *self)
{
  return self->status;
}

GDateTime *
pd_practice_arrival_get_when (PdPracticeArrival *self)
{
  return self->when;
}
