/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

/**
 * PdKey:
 *
 * A usable RSA private key (≥ 2048 bits), or the public half of one. Immutable, reference-counted, and safe to use
 * from any thread.
 */
typedef struct _PdKey PdKey;

/* PEM (PKCS#8 or PKCS#1) or Base64 DER on one line. PD_ERROR_BAD_KEY names what else it is: encrypted,
 * public, EC, DSA, Ed25519, OpenSSH, certificate, too short, damaged. The message never holds a byte of it. */
PdKey        *pd_key_new_private      (const char *text, gsize length, GError **error);
PdKey        *pd_key_new_public       (const char *pem, gsize length, GError **error);
PdKey        *pd_key_generate         (guint bits, GError **error);
PdKey        *pd_key_ref              (PdKey *self);
void          pd_key_unref            (PdKey *self);
guint         pd_key_get_bits         (PdKey *self);

/* One line: Base64 of the PKCS#8 DER, as kept in the keyring. */
PdSecretText *pd_key_to_stored        (PdKey *self);
PdSecretText *pd_key_to_pem           (PdKey *self);
char         *pd_key_to_public_pem    (PdKey *self);
/* SHA-256 of the public half's SubjectPublicKeyInfo DER, lower-case hex. */
char         *pd_key_get_fingerprint  (PdKey *self);
gboolean      pd_key_has_private      (PdKey *self);

/* RSASSA-PSS with SHA-256, MGF1-SHA-256 and the given salt length in bytes (20 or 32). */
GBytes       *pd_key_sign_pss         (PdKey *self, int salt_length, const void *data, gsize length, GError **error);
gboolean      pd_key_verify_pss       (PdKey *self, int salt_length, const void *data, gsize length, GBytes *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdKey, pd_key_unref)

G_END_DECLS
