/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <libsecret/secret.h>
#include <libsoup/soup.h>
#include <openssl/crypto.h>

#include "pd-versions.h"

#define FLATPAK_INFO "/.flatpak-info"

/* These cannot be asked when running. */
static const struct {
  const char *name;
  guint       major, minor, micro;
} built_with[] = {
  { "json-glib", JSON_MAJOR_VERSION, JSON_MINOR_VERSION, JSON_MICRO_VERSION },
  { "libsecret", SECRET_MAJOR_VERSION, SECRET_MINOR_VERSION, SECRET_MICRO_VERSION },
};

static void
add_numbers (GPtrArray  *versions,
             const char *name,
             guint       major,
             guint       minor,
             guint       micro)
{
  g_ptr_array_add (versions, g_strdup (name));
  g_ptr_array_add (versions, g_strdup_printf ("%u.%u.%u", major, minor, micro));
}

GPtrArray *
pd_versions_list (void)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (versions, g_strdup ("paydesk"));
  g_ptr_array_add (versions, g_strdup (PD_VERSION));
  add_numbers (versions, "glib", glib_major_version, glib_minor_version, glib_micro_version);
  add_numbers (versions, "libsoup", soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  for (guint i = 0; i < G_N_ELEMENTS (built_with); i++)
    add_numbers (versions, built_with[i].name, built_with[i].major, built_with[i].minor, built_with[i].micro);
  g_ptr_array_add (versions, g_strdup ("openssl"));
  g_ptr_array_add (versions, g_strdup (OpenSSL_version (OPENSSL_VERSION_STRING)));
  return versions;
}

char *
pd_versions_dup_system (void)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_autofree char     *runtime = NULL;
  g_autofree char     *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  if (g_key_file_load_from_file (info, FLATPAK_INFO, G_KEY_FILE_NONE, NULL))
    runtime = g_key_file_get_string (info, "Application", "runtime", NULL);
  return runtime != NULL ? g_strdup_printf ("Flatpak, %s", runtime) : g_steal_pointer (&system);
}
