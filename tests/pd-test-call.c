/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "pd-error.h"
#include "pd-test-call.h"
#include "pd-test-util.h"

static PdTestCa *ca;
static PdKey    *key;

static void
forget_ca (void)
{
  g_clear_pointer (&ca, pd_test_ca_free);
  g_clear_pointer (&key, pd_key_unref);
}

PdTestCa *
pd_test_call_get_ca (void)
{
  if (ca == NULL) {
    ca = pd_test_ca_new ("Tests of Paydesk CA");
    atexit (forget_ca);
  }
  return ca;
}

PdKey *
pd_test_call_get_key (void)
{
  if (key == NULL)
    key = pd_key_generate (2048, NULL);
  return key;
}

PdTestCall *
pd_test_call_new (GTlsCertificate  *certificate,
                  PdTestServerFunc  func,
                  gpointer          user_data,
                  const char       *hosts)
{
  static const guint          delays[] = { 1, 2, 3 };
  PdTestCall                 *self = g_new0 (PdTestCall, 1);
  g_autoptr (GTlsCertificate) good = certificate != NULL ? g_object_ref (certificate) : pd_test_ca_issue (pd_test_call_get_ca (), PD_TEST_HERE, -1, 2);
  g_autofree char            *document = NULL;
  g_autoptr (GString)         text = NULL;
  g_autoptr (GError)          error = NULL;

  self->server = pd_test_server_new (good, func, user_data);
  document = pd_test_server_to_endpoints (self->server, pd_test_ca_get_path (pd_test_call_get_ca ()));
  text = g_string_new (document);
  if (hosts != NULL) {
    g_autofree char *port = g_strdup_printf ("%u", pd_test_server_get_port (self->server));

    g_string_truncate (text, text->len - 1);
    g_string_append_printf (text, ",\"hosts\":%s}", hosts);
    g_string_replace (text, "PORT", port, 0);
  }
  self->endpoints = pd_endpoints_new_from_json (text->str, -1, &error);
  g_assert_no_error (error);
  self->client = pd_client_new (self->endpoints);
  pd_client_set_retry_delays (self->client, delays, G_N_ELEMENTS (delays));
  return self;
}

void
pd_test_call_free (PdTestCall *self)
{
  pd_test_server_free (self->server);
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->endpoints);
  g_free (self);
}

static gboolean
on_turn (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

PdResponse *
pd_test_call_send (PdTestCall    *self,
                   PdRequest     *request,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint                    id = g_timeout_add (1, on_turn, &self->turns);

  self->turns = 0;
  pd_client_send_async (self->client, request, cancellable, pd_test_keep, &result);
  pd_test_wait (&result);
  g_source_remove (id);
  return pd_client_send_finish (self->client, result, error);
}

PdResponse *
pd_test_call_get (PdTestCall  *self,
                  GError     **error)
{
  g_autoptr (PdRequest) request = pd_request_new_get_session (PD_ENVIRONMENT_SANDBOX, pd_test_call_get_key (), "SANDBOX-AHEXAMPLEKEYID0123456789");

  return pd_test_call_send (self, request, NULL, error);
}

void
pd_test_call_fails (PdTestCall *self,
                    int         code)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (PdResponse) response = pd_test_call_get (self, &error);

  g_assert_null (response);
  g_test_message ("%s", error->message);
  g_assert_error (error, PD_ERROR, code);
}
