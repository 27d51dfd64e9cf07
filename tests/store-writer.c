/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

/* A process that edits one shop, for the tests that kill it or let several run at once.
 * store-writer DIR ID count FIELD FIRST LAST: sets FIELD to each number, saves, and prints the number once it is saved
 * store-writer DIR ID append FIELD NAME N: appends N words to what FIELD holds, beginning anew after a conflict */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-store.h"

static PdStore *
open_store (const char *dir)
{
  PdStore *store = pd_store_new (dir);
  GError *error = NULL;

  if (!pd_store_load (store, &error))
    g_error ("%s", error->message);
  return store;
}

static PdProfile *
find (PdStore    *store,
      const char *id)
{
  GError *error = NULL;
  PdProfile *profile = pd_store_find (store, id, &error);

  if (profile == NULL)
    g_error ("%s", error->message);
  return profile;
}

static void
say (const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (1);
}

static void
count (char **argv)
{
  g_autoptr (PdStore) store = open_store (argv[1]);
  PdProfile *profile = find (store, argv[2]);

  for (guint64 i = g_ascii_strtoull (argv[5], NULL, 10); i <= g_ascii_strtoull (argv[6], NULL, 10); i++) {
    g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, i);
    GError *error = NULL;

    if (!pd_profile_set_text (profile, argv[4], number, &error) || !pd_store_save (store, profile, &error))
      g_error ("%s", error->message);
    say (number);
  }
}

static void
append (char **argv)
{
  g_autoptr (PdStore) store = open_store (argv[1]);
  guint n = (guint) g_ascii_strtoull (argv[6], NULL, 10);

  for (guint i = 0; i < n;) {
    PdProfile *profile = find (store, argv[2]);
    g_autofree char *text = g_strdup_printf ("%s%s-%u;", pd_profile_get_text (profile, argv[4]), argv[5], i);
    g_autoptr (GError) error = NULL;

    if (!pd_profile_set_text (profile, argv[4], text, &error))
      g_error ("%s", error->message);
    if (pd_store_save (store, profile, &error)) {
      i++;
      continue;
    }
    if (!g_error_matches (error, PD_ERROR, PD_ERROR_CONFLICT))
      g_error ("%s", error->message);
    g_object_unref (store);
    store = open_store (argv[1]);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL);
  if (argc != 7)
    return 2;
  if (g_str_equal (argv[3], "count"))
    count (argv);
  else
    append (argv);
  return 0;
}
