/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-secret-content.h"

#include <string.h>

/**
 * PdSecretContent:
 *
 * A secret offered to the clipboard: its value stays in the wiped heap until somebody pastes, and clipboard managers are
 * told to leave it alone by the type that KDE's keeps for this.
 */
struct _PdSecretContent
{
  GdkContentProvider  parent_instance;
  PdSecretText       *secret;
};

#define HINT_TYPE "x-kde-passwordManagerHint"

static const char *const text_types[] = { "text/plain;charset=utf-8", "text/plain" };

G_DEFINE_FINAL_TYPE (PdSecretContent, pd_secret_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
pd_secret_content_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (text_types); i++)
    gdk_content_formats_builder_add_mime_type (builder, text_types[i]);
  gdk_content_formats_builder_add_mime_type (builder, HINT_TYPE);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
pd_secret_content_write_async (GdkContentProvider  *provider,
                               const char          *mime_type,
                               GOutputStream       *stream,
                               int                  io_priority,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  PdSecretContent *self = PD_SECRET_CONTENT (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gboolean hint = g_str_equal (mime_type, HINT_TYPE);

  g_task_set_source_tag (task, pd_secret_content_write_async);
  g_task_set_task_data (task, pd_secret_text_ref (self->secret), (GDestroyNotify) pd_secret_text_unref);
  g_output_stream_write_all_async (stream, hint ? "secret" : pd_secret_text_peek (self->secret),
                                   hint ? strlen ("secret") : pd_secret_text_get_length (self->secret),
                                   io_priority, cancellable, on_written, task);
}

static gboolean
pd_secret_content_write_finish (GdkContentProvider  *provider,
                                GAsyncResult        *result,
                                GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
pd_secret_content_finalize (GObject *object)
{
  g_clear_pointer (&PD_SECRET_CONTENT (object)->secret, pd_secret_text_unref);
  G_OBJECT_CLASS (pd_secret_content_parent_class)->finalize (object);
}

static void
pd_secret_content_class_init (PdSecretContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pd_secret_content_finalize;
  provider_class->ref_formats = pd_secret_content_ref_formats;
  provider_class->write_mime_type_async = pd_secret_content_write_async;
  provider_class->write_mime_type_finish = pd_secret_content_write_finish;
}

static void
pd_secret_content_init (PdSecretContent *self)
{
}

/**
 * pd_secret_content_new:
 * @secret: what to offer
 *
 * Returns: (transfer full): the offer
 */
GdkContentProvider *
pd_secret_content_new (PdSecretText *secret)
{
  PdSecretContent *self = g_object_new (PD_TYPE_SECRET_CONTENT, NULL);

  self->secret = pd_secret_text_ref (secret);
  return GDK_CONTENT_PROVIDER (self);
}
