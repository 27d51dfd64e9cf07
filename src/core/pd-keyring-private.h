/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>
/* Installed but not included by secret.h. SecretBackend: two programs can share libsecret's file by no other way; the path of a
 * session: libsecret does not close one by itself. */
#define __SECRET_INSIDE_HEADER__
#include <libsecret/secret-backend.h>
#include <libsecret/secret-paths.h>
#undef __SECRET_INSIDE_HEADER__

G_BEGIN_DECLS

extern const SecretSchema pd_secret_schema;

/* A connection to the keyring that is made for one operation: a daemon that went away, or a file that another program
 * wrote, is met afresh each time. For writing to libsecret's file (in a Flatpak) it holds a lock between programs. */
typedef struct {
  SecretBackend    *backend;
  SecretCollection *collection; /* the default one, or NULL; NULL also for the file */
  gboolean          is_file;
  gboolean          is_locked;
  int               lock_fd;
} PdKeyring;

typedef enum {
  PD_KEYRING_LOOK,  /* which items there are */
  PD_KEYRING_READ,  /* their values */
  PD_KEYRING_WRITE, /* to store or delete */
} PdKeyringUse;

void       pd_keyring_open_async   (PdKeyringUse use, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void       pd_keyring_reopen_async (PdKeyring *keyring, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PdKeyring *pd_keyring_open_finish  (GAsyncResult *result, GError **error);
void       pd_keyring_close        (PdKeyring *self);

void       pd_keyring_unlock_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   pd_keyring_unlock_finish (GAsyncResult *result, GError **error);

gboolean   pd_keyring_uses_file    (void);
gboolean   pd_keyring_says_locked  (GDBusProxy *object);
GError    *pd_keyring_translate    (const GError *error, GCancellable *cancellable);
GError    *pd_keyring_error_locked (void);
GError    *pd_keyring_error_denied (void);
GError    *pd_keyring_error_none   (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdKeyring, pd_keyring_close)

G_END_DECLS
