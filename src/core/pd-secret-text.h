/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PdSecretText:
 *
 * A secret's value: reference-counted text in libcrypto's locked, wiped heap, where that is to be had
 * (pd_secret_memory_init()), and wiped on the last unref in any case. Never copied into a GString, a
 * GVariant, a widget or a log by anyone who holds one.
 */
typedef struct _PdSecretText PdSecretText;

gboolean      pd_secret_memory_init       (void);

PdSecretText *pd_secret_text_new          (const char *text);
PdSecretText *pd_secret_text_new_len      (const char *text, gsize length);
PdSecretText *pd_secret_text_new_take_bytes (GBytes *bytes);
PdSecretText *pd_secret_text_ref          (PdSecretText *self);
void          pd_secret_text_unref        (PdSecretText *self);
const char   *pd_secret_text_peek         (PdSecretText *self);
gsize         pd_secret_text_get_length   (PdSecretText *self);
gboolean      pd_secret_text_is_locked    (PdSecretText *self);
GPtrArray    *pd_secret_text_list_all     (void);

void          pd_secret_wipe              (gpointer memory, gsize length);
char         *pd_secret_hash              (const char *text);

/* Ordinary text that may hold a secret on its way into a PdSecretText: g_autoptr (PdWiped) wipes it before freeing it. */
typedef char PdWiped;
void          pd_wiped_free               (PdWiped *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdSecretText, pd_secret_text_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdWiped, pd_wiped_free)

G_END_DECLS
