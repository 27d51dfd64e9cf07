/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <stdio.h>

#include "pd-log.h"
#include "pd-redact.h"
#include "pd-secret-text.h"

static const char *
get_domain (const GLogField *fields,
            gsize            n_fields)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      return fields[i].value;
  }
  return NULL;
}

static GLogWriterOutput
write_redacted (GLogLevelFlags   level,
                const GLogField *fields,
                gsize            n_fields,
                gpointer         data)
{
  g_autoptr (GPtrArray)  secrets = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autofree char       *text = NULL;
  g_autofree char       *safe = NULL;

  if (g_log_writer_default_would_drop (level, get_domain (fields, n_fields)))
    return G_LOG_WRITER_HANDLED;
  text = g_log_writer_format_fields (level, fields, n_fields, FALSE);
  secrets = pd_secret_text_list_all ();
  known = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < secrets->len; i++)
    g_hash_table_insert (known, GUINT_TO_POINTER (i), g_ptr_array_index (secrets, i));
  safe = pd_redact (known, text);
  fprintf (stderr, "%s\n", safe);
  return G_LOG_WRITER_HANDLED;
}

/**
 * pd_log_init:
 *
 * From now on every log message goes to standard error, where standard output is for the answer alone, and is masked: every secret
 * that the process holds at the time, in any notation, and what stands behind a name that gives it away.
 */
void
pd_log_init (void)
{
  g_log_set_writer_func (write_redacted, NULL, NULL);
}
