/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-error.h"
#include "pd-secrets.h"
#include "pd-test-keyring.h"
#include "pd-test-util.h"

#define PROFILE    "11111111-2222-3333-4444-555555555555"
#define ROOT       "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/login"
#define ITEM       COLLECTION "/1"
#define ELSEWHERE  ROOT "/collection/old/1"
#define PROMPT     ROOT "/prompt/1"
#define SESSION    ROOT "/session/1"

/* A Secret Service for the states that gnome-keyring cannot be put into. It speaks over a connection of its own. */
typedef struct {
  GDBusConnection *bus;
  GDBusNodeInfo   *node;
  gboolean         is_locked;     /* the collection */
  gboolean         has_item;      /* in the collection, whose value is `value` */
  gboolean         has_elsewhere; /* a locked item of the same attributes in another collection */
  const char      *get_error;     /* what GetSecret answers; "" never answers */
  const char      *prompt;        /* what the prompt does: "hangs", "dismissed", "unlocks" */
  char            *value;
  GVariant        *created;       /* the properties of the last item created */
  guint            n_created;
  guint            n_prompted;
  guint            n_deleted;
} StandIn;

static const char introspection[] =
  "<node>"
  "<interface name='org.freedesktop.Secret.Service'>"
  "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='SearchItems'><arg type='a{ss}' direction='in'/><arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "<method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "<property name='Collections' type='ao' access='read'/></interface>"
  "<interface name='org.freedesktop.Secret.Collection'>"
  "<method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
  "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "<property name='Items' type='ao' access='read'/><property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/><property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/></interface>"
  "<interface name='org.freedesktop.Secret.Item'>"
  "<method name='GetSecret'><arg type='o' direction='in'/><arg type='(oayays)' direction='out'/></method>"
  "<method name='Delete'><arg type='o' direction='out'/></method>"
  "<property name='Attributes' type='a{ss}' access='read'/><property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/><property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/></interface>"
  "<interface name='org.freedesktop.Secret.Prompt'>"
  "<method name='Prompt'><arg type='s' direction='in'/></method><method name='Dismiss'/>"
  "<signal name='Completed'><arg type='b'/><arg type='v'/></signal></interface>"
  "<interface name='org.freedesktop.Secret.Session'><method name='Close'/></interface>"
  "</node>";

static GVariant *
make_paths (const char *path)
{
  const char *const paths[] = { path, NULL };

  return g_variant_new_objv (paths, path != NULL ? 1 : 0);
}

static GVariant *
make_secret (const char *value)
{
  return g_variant_new ("(o@ay@ays)", SESSION, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, value, strlen (value), 1), "text/plain");
}

static void
complete_prompt (StandIn *self)
{
  gboolean unlocks = g_str_equal (self->prompt, "unlocks");

  if (g_str_equal (self->prompt, "hangs"))
    return;
  if (unlocks)
    self->is_locked = FALSE;
  g_dbus_connection_emit_signal (self->bus, NULL, PROMPT, "org.freedesktop.Secret.Prompt", "Completed",
                                 g_variant_new ("(bv)", !unlocks, make_paths (unlocks ? COLLECTION : NULL)), NULL);
}

static void
create_item (StandIn  *self,
             GVariant *parameters)
{
  g_autoptr (GVariant) secret = NULL;
  g_autoptr (GVariant) bytes = NULL;
  gconstpointer        value;
  gsize                length;

  self->n_created++;
  self->has_item = TRUE;
  g_clear_pointer (&self->created, g_variant_unref);
  g_variant_get (parameters, "(@a{sv}@(oayays)b)", &self->created, &secret, NULL);
  bytes = g_variant_get_child_value (secret, 2);
  value = g_variant_get_fixed_array (bytes, &length, 1);
  g_free (self->value);
  self->value = g_strndup (value, length);
}

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  StandIn  *self = data;
  GVariant *answer = NULL;

  if (g_str_equal (method, "OpenSession")) {
    const char *algorithm;

    g_variant_get (parameters, "(&sv)", &algorithm, NULL);
    if (!g_str_equal (algorithm, "plain")) {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported", "only plain");
      return;
    }
    answer = g_variant_new ("(vo)", g_variant_new_string (""), SESSION);
  } else if (g_str_equal (method, "SearchItems")) {
    const char *item = self->has_item && !self->is_locked ? ITEM : NULL;
    const char *locked = self->has_elsewhere ? ELSEWHERE : self->has_item && self->is_locked ? ITEM : NULL;

    answer = g_variant_new ("(@ao@ao)", make_paths (item), make_paths (locked));
  } else if (g_str_equal (method, "ReadAlias")) {
    answer = g_variant_new ("(o)", COLLECTION);
  } else if (g_str_equal (method, "Unlock")) {
    answer = g_variant_new ("(@aoo)", make_paths (self->is_locked ? NULL : COLLECTION), self->is_locked ? PROMPT : "/");
  } else if (g_str_equal (method, "CreateItem")) {
    create_item (self, parameters);
    answer = g_variant_new ("(oo)", ITEM, "/");
  } else if (g_str_equal (method, "GetSecret")) {
    if (self->get_error != NULL && *self->get_error != '\0')
      g_dbus_method_invocation_return_dbus_error (invocation, self->get_error, "as the test wants it");
    if (self->get_error != NULL)
      return;
    answer = g_variant_new ("(@(oayays))", make_secret (self->value));
  } else if (g_str_equal (method, "Delete")) {
    self->n_deleted++;
    self->has_item = FALSE;
    answer = g_variant_new ("(o)", "/");
  } else if (g_str_equal (method, "Prompt")) {
    self->n_prompted++;
    g_dbus_method_invocation_return_value (invocation, NULL);
    complete_prompt (self);
    return;
  } else if (g_str_equal (method, "Dismiss")) {
    /* The service that hangs confirms nothing. */
    return;
  }
  g_dbus_method_invocation_return_value (invocation, answer);
}

static GVariant *
on_get (GDBusConnection  *connection,
        const char       *sender,
        const char       *path,
        const char       *interface,
        const char       *property,
        GError          **error,
        gpointer          data)
{
  StandIn *self = data;

  if (g_str_equal (property, "Collections"))
    return make_paths (COLLECTION);
  if (g_str_equal (property, "Items"))
    return make_paths (self->has_item ? ITEM : NULL);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->is_locked || g_str_equal (path, ELSEWHERE));
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("Paydesk");
  if (g_str_equal (property, "Attributes"))
    return g_variant_new_parsed ("{'xdg:schema': 'org.paydesk.Secret', 'profile': '" PROFILE "', 'field': 'client-secret'}");
  return g_variant_new_uint64 (0);
}

static StandIn *
stand_in_new (void)
{
  static const GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { NULL } };
  static const char *const objects[][2] = {
    { ROOT, "org.freedesktop.Secret.Service" }, { COLLECTION, "org.freedesktop.Secret.Collection" },
    { ROOT "/aliases/default", "org.freedesktop.Secret.Collection" },
    { ITEM, "org.freedesktop.Secret.Item" }, { ELSEWHERE, "org.freedesktop.Secret.Item" },
    { PROMPT, "org.freedesktop.Secret.Prompt" }, { SESSION, "org.freedesktop.Secret.Session" },
  };
  g_autoptr (GError) error = NULL;
  StandIn           *self = g_new0 (StandIn, 1);

  self->bus = pd_test_connect_bus ();
  self->node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    g_dbus_connection_register_object (self->bus, objects[i][0], g_dbus_node_info_lookup_interface (self->node, objects[i][1]),
                                       &vtable, self, NULL, &error);
    g_assert_no_error (error);
  }
  pd_test_own_name (self->bus, "org.freedesktop.secrets");
  self->prompt = "hangs";
  self->value = g_strdup ("kept");
  return self;
}

static void
stand_in_free (StandIn *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_dbus_node_info_unref (self->node);
  g_clear_pointer (&self->created, g_variant_unref);
  g_free (self->value);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StandIn, stand_in_free)

static gboolean
retry (PdSecrets  *secrets,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  pd_test_wait (&result);
  return pd_secrets_retry_finish (secrets, result, error);
}

/* First that the stand-in is a service like any other. */
static void
test_good (void)
{
  g_autoptr (StandIn)   service = stand_in_new ();
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();
  g_autoptr (GError)    error = NULL;
  g_autofree char      *created = NULL;

  pd_test_assert_value (secrets, PROFILE, "client-secret", NULL);
  g_assert_true (pd_test_store (secrets, PROFILE, "client-secret", "new", &error));
  pd_test_assert_value (secrets, PROFILE, "client-secret", "new");
  g_assert_cmpuint (service->n_created, ==, 1);
  /* A10: all that can be read of an item while the keyring is locked */
  created = g_variant_print (service->created, FALSE);
  g_assert_nonnull (strstr (created, "'org.freedesktop.Secret.Item.Label': <'Paydesk'>"));
  {
    g_autoptr (GVariant) attributes = g_variant_lookup_value (service->created, "org.freedesktop.Secret.Item.Attributes", NULL);

    g_assert_cmpuint (g_variant_n_children (service->created), <=, 3);
    g_assert_cmpuint (g_variant_n_children (attributes), ==, 3);
  }
  g_assert_true (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_cmpuint (service->n_deleted, ==, 1);
}

/* A11: it finds an item, and then there is none. */
static void
test_no_such_object (void)
{
  static const char *const errors[] = {
    "org.freedesktop.Secret.Error.NoSuchObject", "org.freedesktop.DBus.Error.UnknownObject", "org.freedesktop.DBus.Error.UnknownMethod",
    "org.freedesktop.Secret.Error.NoSession", "org.freedesktop.Secret.Error.IsLocked", "org.freedesktop.DBus.Error.AccessDenied",
    "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Failed",
  };
  static const PdError codes[] = {
    PD_ERROR_KEYRING_FAILED, PD_ERROR_KEYRING_FAILED, PD_ERROR_KEYRING_FAILED,
    PD_ERROR_KEYRING_FAILED, PD_ERROR_KEYRING_LOCKED, PD_ERROR_KEYRING_DENIED,
    PD_ERROR_KEYRING_FAILED, PD_ERROR_KEYRING_FAILED,
  };
  g_autoptr (StandIn)   service = stand_in_new ();
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();

  service->has_item = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autoptr (GError) error = NULL;

    service->get_error = errors[i];
    g_test_message ("%s", errors[i]);
    g_assert_null (pd_test_lookup (secrets, PROFILE, "client-secret", &error));
    g_assert_cmpint (error->domain, ==, PD_ERROR);
    g_assert_cmpint (error->code, ==, (int) codes[i]);
    g_clear_error (&error);
    g_assert_false (pd_test_store (secrets, PROFILE, "client-secret", "overwritten", &error));
    g_assert_cmpint (error->domain, ==, PD_ERROR);
  }
  g_assert_cmpuint (service->n_created, ==, 0);
  g_assert_cmpuint (service->n_deleted, ==, 0);
  g_assert_cmpuint (service->n_prompted, ==, 0);
}

/* A locked item in another keyring may be newer or older: an open one counts, and alone it decides nothing. */
static void
test_locked_elsewhere (void)
{
  g_autoptr (StandIn)   service = stand_in_new ();
  g_autoptr (PdSecrets) secrets = pd_secrets_new ();
  g_autoptr (GError)    error = NULL;

  service->has_elsewhere = TRUE;
  g_assert_null (pd_test_lookup (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (pd_test_store (secrets, PROFILE, "client-secret", "value", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (service->n_created, ==, 0);
  service->has_item = TRUE;
  pd_test_assert_value (secrets, PROFILE, "client-secret", "kept");
  g_assert_false (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (service->n_deleted, ==, 0);
}

typedef struct {
  StandIn *service;
  guint    n_turns;
} Turning;

static gboolean
count_turn (gpointer turning)
{
  ((Turning *) turning)->n_turns++;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_turned (gpointer turning)
{
  return ((Turning *) turning)->n_turns >= 10;
}

static gboolean
was_prompted (gpointer service)
{
  return ((StandIn *) service)->n_prompted > 0;
}

/* The person is asked by a retry only; it waits for them without limit, nothing else does, and it can be cancelled even when the
 * service confirms nothing. */
static void
test_prompt_hangs (void)
{
  g_autoptr (StandIn)      service = stand_in_new ();
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  Turning                  turning = { service, 0 };
  guint                    id;

  service->is_locked = TRUE;
  service->has_item = TRUE;
  g_assert_false (pd_test_store (secrets, PROFILE, "client-secret", "overwritten", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (pd_test_delete (secrets, PROFILE, "client-secret", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (service->n_prompted, ==, 0);

  pd_secrets_hold (secrets, PROFILE, "client-secret", held);
  pd_secrets_retry_async (secrets, cancellable, pd_test_keep, &result);
  pd_test_until (was_prompted, service);
  id = g_timeout_add (1, count_turn, &turning);
  pd_test_until (has_turned, &turning);
  g_source_remove (id);
  g_assert_null (result);
  g_assert_null (pd_test_lookup (secrets, PROFILE, "mws-auth-token", &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  g_assert_false (pd_secrets_retry_finish (secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&result);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 1);
  g_assert_cmpuint (service->n_created, ==, 0);

  /* the person is still being asked: whoever asks again waits for the same answer */
  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  g_clear_pointer (&service, stand_in_free);
  pd_test_wait (&result);
  g_assert_false (pd_secrets_retry_finish (secrets, result, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_FAILED);
}

static void
test_prompt_dismissed_then_unlocked (void)
{
  g_autoptr (StandIn)      service = stand_in_new ();
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (PdSecretText) held = pd_secret_text_new ("held");
  g_autoptr (GError)       error = NULL;

  service->is_locked = TRUE;
  service->prompt = "dismissed";
  pd_secrets_hold (secrets, PROFILE, "client-secret", held);
  g_assert_false (retry (secrets, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_DENIED);
  g_clear_error (&error);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 1);
  pd_test_assert_value (secrets, PROFILE, "client-secret", "held");
  g_assert_cmpuint (service->n_created, ==, 0);

  service->prompt = "unlocks";
  retry (secrets, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pd_secrets_get_n_pending (secrets), ==, 0);
  g_assert_cmpuint (service->n_created, ==, 1);
  g_assert_cmpstr (service->value, ==, "held");
}

/* The service goes away while the person is being asked. */
static void
test_prompt_vanishes (void)
{
  StandIn                 *service = stand_in_new ();
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  service->is_locked = TRUE;
  pd_secrets_retry_async (secrets, NULL, pd_test_keep, &result);
  pd_test_until (was_prompted, service);
  stand_in_free (service);
  pd_test_wait (&result);
  g_assert_false (pd_secrets_retry_finish (secrets, result, &error));
  g_assert_error (error, PD_ERROR, PD_ERROR_KEYRING_FAILED);
}

/* Waiting for an answer that never comes can be cancelled at any point. */
static void
test_never_answers (void)
{
  g_autoptr (StandIn)      service = stand_in_new ();
  g_autoptr (PdSecrets)    secrets = pd_secrets_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  Turning                  turning = { service, 0 };
  guint                    id = g_timeout_add (10, count_turn, &turning);

  service->has_item = TRUE;
  service->get_error = "";
  pd_secrets_lookup_async (secrets, PROFILE, "client-secret", cancellable, pd_test_keep, &result);
  pd_test_until (has_turned, &turning);
  g_source_remove (id);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  pd_test_wait (&result);
  g_assert_null (pd_secrets_lookup_finish (secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets-stand-in/good", test_good);
  g_test_add_func ("/secrets-stand-in/no-such-object", test_no_such_object);
  g_test_add_func ("/secrets-stand-in/locked-elsewhere", test_locked_elsewhere);
  g_test_add_func ("/secrets-stand-in/prompt-hangs", test_prompt_hangs);
  g_test_add_func ("/secrets-stand-in/prompt-dismissed-then-unlocked", test_prompt_dismissed_then_unlocked);
  g_test_add_func ("/secrets-stand-in/prompt-vanishes", test_prompt_vanishes);
  g_test_add_func ("/secrets-stand-in/never-answers", test_never_answers);
  return g_test_run ();
}
