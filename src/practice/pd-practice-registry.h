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

/* What stands at an address of one of the shops' hosts. */
typedef enum {
  PD_PRACTICE_PAGE_NO_HOST, /* no shop has such a host */
  PD_PRACTICE_PAGE_ABSENT,
  PD_PRACTICE_PAGE_TOP,
  PD_PRACTICE_PAGE_RETURN,
  PD_PRACTICE_PAGE_PRIVACY,
  PD_PRACTICE_PAGE_NOTIFICATION,
} PdPracticePage;

char              **pd_practice_registry_list_hosts       (PdPracticeRegistry *self);
PdPracticePage      pd_practice_registry_find_page        (PdPracticeRegistry *self, const char *host, const char *path, const char *query);

/* The one registered value that was most likely meant, or NULL where there is none or more than one. */
char               *pd_practice_registry_guess_key_id     (PdPracticeRegistry *self, const char *sent);
char               *pd_practice_registry_guess_store_id   (PdPracticeRegistry *self, const char *sent, const char *return_url);
const char         *pd_practice_guess                     (const char *sent, const char *const *registered);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeRegistry, pd_practice_registry_free)

G_END_DECLS
