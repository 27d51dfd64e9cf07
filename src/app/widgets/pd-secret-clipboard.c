/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-secret-clipboard.h"

#include "pd-secret-content.h"

/* One clipboard, one secret at most on it. */
static struct
{
  GdkClipboard       *clipboard;
  GdkContentProvider *content;
  guint               source;
} copied;

static gboolean
on_time_over (gpointer user_data)
{
  copied.source = 0;
  pd_secret_clipboard_clear ();
  return G_SOURCE_REMOVE;
}

/**
 * pd_secret_clipboard_copy:
 * @clipboard: the clipboard; never the primary selection
 * @secret: what to copy
 * @seconds: after how long it is taken back; PD_SECRET_CLIPBOARD_SECONDS but in tests
 *
 * Copies a secret for a while.
 */
void
pd_secret_clipboard_copy (GdkClipboard *clipboard,
                          PdSecretText *secret,
                          guint         seconds)
{
  g_autoptr (GdkContentProvider) content = pd_secret_content_new (secret);

  g_clear_handle_id (&copied.source, g_source_remove);
  if (!gdk_clipboard_set_content (clipboard, content))
    return;
  g_set_object (&copied.clipboard, clipboard);
  g_set_object (&copied.content, content);
  copied.source = g_timeout_add_seconds (seconds, on_time_over, NULL);
}

/* Whether the secret that was copied last is what the clipboard still holds. */
gboolean
pd_secret_clipboard_is_ours (void)
{
  return copied.content != NULL && gdk_clipboard_get_content (copied.clipboard) == copied.content;
}

/**
 * pd_secret_clipboard_clear:
 *
 * Takes a copied secret back, now; whatever else was copied since then stays.
 */
void
pd_secret_clipboard_clear (void)
{
  g_clear_handle_id (&copied.source, g_source_remove);
  if (pd_secret_clipboard_is_ours ())
    gdk_clipboard_set_content (copied.clipboard, NULL);
  g_clear_object (&copied.content);
  g_clear_object (&copied.clipboard);
}
