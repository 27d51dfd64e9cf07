/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <stdio.h>

#include "pd-ctl-log.h"
#include "pd-redact.h"

/* The secrets that this process has in hand: "profile/field" → PdSecretText. Libraries log from threads of theirs. */
static GHashTable *known;
static GMutex      mutex;

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
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  if (g_log_writer_default_would_drop (level, get_domain (fields, n_fields)))
    return G_LOG_WRITER_HANDLED;
  text = g_log_writer_format_fields (level, fields, n_fields, FALSE);
  g_mutex_lock (&mutex);
  safe = pd_redact (known, text);
  g_mutex_unlock (&mutex);
  fprintf (stderr, "%s\n", safe);
  return G_LOG_WRITER_HANDLED;
}

void
pd_ctl_log_init (void)
{
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pd_secret_text_unref);
  g_log_set_writer_func (write_redacted, NULL, NULL);
}

/**
 * pd_ctl_log_know:
 * @profile_id: a profile's id
 * @field_id: a secret field's id
 * @value: its value
 *
 * From now on no log shows it.
 */
void
pd_ctl_log_know (const char   *profile_id,
                 const char   *field_id,
                 PdSecretText *value)
{
  g_mutex_lock (&mutex);
  g_hash_table_replace (known, g_strconcat (profile_id, "/", field_id, NULL), pd_secret_text_ref (value));
  g_mutex_unlock (&mutex);
}
