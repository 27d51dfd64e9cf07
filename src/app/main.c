/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "pd-application.h"
#include "pd-hardening.h"
#include "pd-log.h"
#include "pd-secret-text.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (PdApplication) application = NULL;
  const char *locale_dir = g_getenv ("PD_LOCALEDIR"); /* a run from the build folder */

  /* A native window may not be undumpable before the portals have looked at it; see pd-application.c. */
  pd_hardening_init (pd_hardening_in_flatpak ());
  pd_secret_memory_init ();
  pd_log_init ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = pd_application_new (NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
