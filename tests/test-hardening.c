/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <openssl/crypto.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "pd-hardening.h"
#include "pd-secret-text.h"

/* Runs this program again, hardened, and returns its wait status. */
static int
run_again (const char *what)
{
  const char *const argv[] = { "/proc/self/exe", "--again", what, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = g_dir_make_tmp ("hardening.XXXXXX", NULL);
  int                status;

  g_setenv ("SSLKEYLOGFILE", "/dev/null", TRUE);
  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return status;
}

/* The flags that the kernel knows of the mapping that holds @address. */
static char *
get_flags (const void *address)
{
  FILE          *smaps = fopen ("/proc/self/smaps", "re");
  char           line[512];
  gboolean       is_it = FALSE;
  char          *flags = NULL;

  while (flags == NULL && fgets (line, sizeof line, smaps) != NULL) {
    unsigned long start;
    unsigned long end;

    if (sscanf (line, "%lx-%lx ", &start, &end) == 2)
      is_it = start <= (unsigned long) address && (unsigned long) address < end;
    else if (is_it && g_str_has_prefix (line, "VmFlags:"))
      flags = g_strdup (line);
  }
  fclose (smaps);
  return flags;
}

static int
again (const char *what)
{
  struct rlimit core = { 0, 0 };

  /* as a desktop might have set it */
  getrlimit (RLIMIT_CORE, &core);
  core.rlim_cur = core.rlim_max;
  setrlimit (RLIMIT_CORE, &core);
  pd_hardening_init (g_str_equal (what, "limits"));

  if (g_str_equal (what, "abort"))
    abort ();
  if (g_str_equal (what, "environment"))
    return g_getenv ("SSLKEYLOGFILE") != NULL;
  if (g_str_equal (what, "limits")) {
    getrlimit (RLIMIT_CORE, &core);
    return core.rlim_cur != 0 || core.rlim_max != 0 || prctl (PR_GET_DUMPABLE) != 0;
  }
  if (g_str_equal (what, "window")) {
    getrlimit (RLIMIT_CORE, &core);
    if (core.rlim_cur != 0 || core.rlim_max != 0 || prctl (PR_GET_DUMPABLE) == 0)
      return 1;
    pd_hardening_undumpable ();
    return prctl (PR_GET_DUMPABLE) != 0;
  }
  if (g_str_equal (what, "heap")) {
    g_autoptr (PdSecretText) secret = pd_secret_text_new ("secret");
    g_autofree char         *flags = get_flags (pd_secret_text_peek (secret));

    /* dd: left out of core dumps; lo: locked in memory */
    return !pd_secret_text_is_locked (secret) ? 77 : strstr (flags, " dd") == NULL || strstr (flags, " lo") == NULL;
  }
  return 1;
}

static void
test_no_core (void)
{
  int status = run_again ("abort");

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGABRT);
  g_assert_false (WCOREDUMP (status));
}

static void
test_state (gconstpointer what)
{
  int status = run_again (what);

  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("this system gives no lockable memory");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--again"))
    return again (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hardening/no-core", test_no_core);
  g_test_add_data_func ("/hardening/limits", "limits", test_state);
  g_test_add_data_func ("/hardening/window", "window", test_state);
  g_test_add_data_func ("/hardening/heap", "heap", test_state);
  g_test_add_data_func ("/hardening/environment", "environment", test_state);
  return g_test_run ();
}
