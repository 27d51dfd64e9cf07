/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-soon.h"

typedef struct {
  guint     *source;
  PdSoonFunc func;
  gpointer   self;
} Call;

static gboolean
call_now (gpointer user_data)
{
  Call *call = user_data;

  *call->source = 0;
  call->func (call->self);
  return G_SOURCE_REMOVE;
}

/**
 * pd_soon:
 * @source: a member of @self, 0 at first, which its dispose clears with g_clear_handle_id()
 * @func: what is to be done
 * @self: for @func
 *
 * Does it once before the next frame, however often it is asked for: a change may come from a row of the very view that is to be built
 * anew, and seldom comes alone.
 */
void
pd_soon (guint     *source,
         PdSoonFunc func,
         gpointer   self)
{
  Call *call;

  if (*source != 0)
    return;
  call = g_new (Call, 1);
  *call = (Call) { source, func, self };
  *source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, call_now, call, g_free);
}
