/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "pd-hardening.h"
#include "pd-secret-text.h"

/* Set by somebody who wants to read along; a program that holds secrets does not oblige. */
static const char *const ignored_variables[] = { "SSLKEYLOGFILE", "GNUTLS_DEBUG_LEVEL", "G_TLS_GNUTLS_PRIORITY", "SOUP_DEBUG" };

/**
 * pd_hardening_in_flatpak:
 *
 * Returns: whether the program runs in a Flatpak's sandbox
 */
gboolean
pd_hardening_in_flatpak (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * pd_hardening_undumpable:
 *
 * Keeps other programs of the same user from reading this one's memory.
 */
void
pd_hardening_undumpable (void)
{
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/**
 * pd_hardening_init:
 * @undumpable: whether to become undumpable at once: `paydeskctl`, and the window in a Flatpak. A native window waits until
 *   a portal has answered, because portals refuse a caller whose /proc/PID/root they cannot open.
 *
 * No core dump, the locked heap, and no variable that would write down keys or bodies or weaken TLS. A file that may not grow is an error
 * that is told, and no end of the program. Before any thread starts.
 */
void
pd_hardening_init (gboolean undumpable)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  signal (SIGXFSZ, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS (ignored_variables); i++)
    g_unsetenv (ignored_variables[i]);
  pd_secret_memory_init ();
  if (undumpable)
    pd_hardening_undumpable ();
}
