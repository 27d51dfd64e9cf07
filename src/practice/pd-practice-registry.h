/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-practice-merchant.h"

G_BEGIN_DECLS

/**
 * PdPracticeRegistry:
 *
 * The merchants that the practice endpoint knows. May be asked and added to from any thread: what it
 * hands out are copies.
 */
typedef struct _PdPracticeRegistry PdPracticeRegistry;

PdPracticeRegistry *pd_practice_registry_new  (void);
void                pd_practice_registry_free (PdPracticeRegistry *self);

void                pd_practice_registry_enrol            (PdPracticeRegistry *self, const PdPracticeMerchant *merchant);
PdPracticeMerchant *pd_practice_registry_find_by_key_id   (PdPracticeRegistry *self, const char *public_key_id);
PdPracticeMerchant *pd_practice_registry_find_by_store_id (PdPracticeRegistry *self, const char *store_id);
PdPracticeMerchant *pd_practice_registry_find_by_merchant_id (PdPracticeRegistry *self, const char *merchant_id);
PdPracticeMerchant *pd_practice_registry_find_by_access_key_id (PdPracticeRegistry *self, const char *access_key_id);

/* The one registered value that was most likely meant, or NULL where there is none or more than one. */
char               *pd_practice_registry_guess_key_id     (PdPracticeRegistry *self, const char *sent);
char               *pd_practice_registry_guess_store_id   (PdPracticeRegistry *self, const char *sent, const char *return_url);
const char         *pd_practice_guess                     (const char *sent, const char *const *registered);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeRegistry, pd_practice_registry_free)

G_END_DECLS
