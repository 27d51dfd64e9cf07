/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-check.h"

G_BEGIN_DECLS

/* A shop, its secrets, and a runner whose client has no patience. */
typedef struct {
  PdProfile    *profile;
  GHashTable   *secrets;
  GError       *secrets_error;
  PdEndpoints  *endpoints;
  PdClient     *client;
  PdRunOptions  options;
  GCancellable *cancellable;
  PdRun        *run;
  GError       *error;       /* what the run ended with */
} CheckFixture;

/* Values of the right form that nobody has: for a shop of that generation, without a key of its own. */
#define GOOD_SELLER_ID  "A1B2C3D4E5F6G7"
#define GOOD_CLIENT_ID  "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
#define GOOD_TOKEN      "amzn.mws.01234567-89ab-cdef-0123-456789abcdef"
#define GOOD_RETURN_URL "https://www.example.jp/p/amazon/return"
#define GOOD_KEY_ID     "SANDBOX-ABCDEFGHIJKLMNOPQRSTUVWX"

void        check_fixture_init         (CheckFixture *self, PdGeneration generation);
void        check_fixture_clear        (CheckFixture *self);
void        check_fixture_set          (CheckFixture *self, const char *field_id, const char *value);
void        check_fixture_set_secret   (CheckFixture *self, const char *field_id, const char *value);
void        check_fixture_set_key      (CheckFixture *self, const char *field_id, PdKey *key);
PdKey      *check_fixture_get_test_key (void);
void        check_fixture_run          (CheckFixture *self, const char *only);

/* The first finding of a check, or the one for a field or value. */
PdFinding  *check_fixture_find         (CheckFixture *self, const char *check, const char *field_or_value);
guint       check_fixture_count        (CheckFixture *self, const char *check);
void        check_fixture_assert       (CheckFixture *self, const char *check, const char *field_or_value, const char *verdict,
                                        const char *fields, const char *confidence);

G_END_DECLS
