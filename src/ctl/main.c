/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib.h>

int
main (int   argc,
      char *argv[])
{
  g_print ("paydeskctl %s\n", PD_VERSION);
  return 0;
}
