/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-run-words.h"

#include "pd-time.h"

#include <glib/gi18n.h>

static const struct { PdRunFlags flag; const char *label; } flags[] = {
  { PD_RUN_PARTIAL, N_("some of the checks") },
  { PD_RUN_REHEARSAL, N_("rehearsal") },
  { PD_RUN_STOPPED, N_("stopped") },
};

char *
pd_run_words_date (PdRun *run)
{
  return pd_time_describe_exactly (pd_run_get_started (run));
}

char *
pd_run_words_describe (PdRun *run)
{
  GString *text = g_string_new (pd_environment_get_label (pd_run_get_environment (run)));

  g_string_append_printf (text, " · %s", pd_verdict_get_label (pd_run_get_verdict (run)));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    if (pd_run_get_flags (run) & flags[i].flag)
      g_string_append_printf (text, " · %s", _(flags[i].label));
  }
  return g_string_free (text, FALSE);
}
