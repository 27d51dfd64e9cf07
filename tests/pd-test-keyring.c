/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-test-keyring.h"
#include "pd-test-util.h"

#define SECRETS_NAME "org.freedesktop.secrets"
#define SECRETS_PATH "/org/freedesktop/secrets"
#define LOGIN_PATH   SECRETS_PATH "/collection/login"

static GVariant *
call_keyring (GDBusConnection *bus,
              const char      *interface,
              const char      *method,
              GVariant        *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant          *answer = g_dbus_connection_call_sync (bus, SECRETS_NAME, SECRETS_PATH, interface, method, parameters, NULL,
                                                           G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static void
assert_locked (GDBusConnection *bus,
               gboolean         locked)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) value = NULL;

  answer = g_dbus_connection_call_sync (bus, SECRETS_NAME, LOGIN_PATH, "org.freedesktop.DBus.Properties", "Get",
                                        g_variant_new ("(ss)", "org.freedesktop.Secret.Collection", "Locked"), NULL,
                                        G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (answer, "(v)", &value);
  g_assert_true (g_variant_get_boolean (value) == locked);
}

void
pd_test_lock_keyring (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  const char *const           paths[] = { LOGIN_PATH, NULL };

  g_variant_unref (call_keyring (bus, "org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", paths)));
  assert_locked (bus, TRUE);
}

/* By gnome-keyring's own way in, without a prompt. */
void
pd_test_unlock_keyring (void)
{
  static const char           password[] = "test-password";
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant)        answer = NULL;
  g_autofree char            *session = NULL;

  answer = call_keyring (bus, "org.freedesktop.Secret.Service", "OpenSession", g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_variant_get (answer, "(vo)", NULL, &session);
  g_variant_unref (call_keyring (bus, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
                                 g_variant_new ("(o(o@ay@ays))", LOGIN_PATH, session,
                                                g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                                                g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, password, sizeof password - 1, 1),
                                                "text/plain")));
  assert_locked (bus, FALSE);
}

gboolean
pd_test_store (PdSecrets   *secrets,
               const char  *profile,
               const char  *field,
               const char  *value,
               GError     **error)
{
  g_autoptr (PdSecretText) text = pd_secret_text_new (value);
  g_autoptr (GAsyncResult) result = NULL;

  pd_secrets_store_async (secrets, profile, field, text, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_secrets_store_finish (secrets, result, error);
}

PdSecretText *
pd_test_lookup (PdSecrets   *secrets,
                const char  *profile,
                const char  *field,
                GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_secrets_lookup_async (secrets, profile, field, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_secrets_lookup_finish (secrets, result, error);
}

void
pd_test_assert_value (PdSecrets  *secrets,
                      const char *profile,
                      const char *field,
                      const char *expected)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (PdSecretText) text = pd_test_lookup (secrets, profile, field, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text != NULL ? pd_secret_text_peek (text) : NULL, ==, expected);
}

gboolean
pd_test_delete (PdSecrets   *secrets,
                const char  *profile,
                const char  *field,
                GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (field != NULL)
    pd_secrets_delete_async (secrets, profile, field, NULL, pd_test_keep, &result);
  else
    pd_secrets_delete_all_async (secrets, profile, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return field != NULL ? pd_secrets_delete_finish (secrets, result, error) : pd_secrets_delete_all_finish (secrets, result, error);
}

guint
pd_test_count_all (PdSecrets *secrets)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    all = NULL;
  g_autoptr (GError)       error = NULL;

  pd_secrets_list_all_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  all = pd_secrets_list_all_finish (secrets, result, &error);
  g_assert_no_error (error);
  return all->len;
}
