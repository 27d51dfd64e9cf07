/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

double  pd_bench_get_age     (void);
double  pd_bench_get_cpu     (void);
double  pd_bench_get_work    (void);
double  pd_bench_get_memory  (void);
double  pd_bench_get_median  (GArray *values);
GArray *pd_bench_run         (const char *const *argv);

G_END_DECLS
