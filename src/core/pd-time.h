/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GDateTime *pd_time_to_local      (GDateTime *time);
char      *pd_time_describe_day  (GDateTime *time);
char      *pd_time_describe      (GDateTime *time);
char      *pd_time_describe_hour (GDateTime *time);
char      *pd_time_describe_exactly (GDateTime *time);

G_END_DECLS
