/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-secret-text.h"

G_BEGIN_DECLS

#define PD_TEST_CANARY_LENGTH 40

/* A value found nowhere else. It is kept in a form that is not itself, so that looking for it does not find the search. */
typedef struct {
  guint8 masked[PD_TEST_CANARY_LENGTH];
} PdTestCanary;

void          pd_test_canary_init  (PdTestCanary *self);
/* Writes it, NUL-terminated, to where there is room for PD_TEST_CANARY_LENGTH + 1 bytes. */
void          pd_test_canary_write (const PdTestCanary *self, char *text);
PdSecretText *pd_test_canary_text  (const PdTestCanary *self);
/* How often it stands in this process's memory. */
guint         pd_test_canary_count (const PdTestCanary *self);

G_END_DECLS
