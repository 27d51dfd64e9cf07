/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Certificates made for one test. `names` is a subjectAltName such as "DNS:localhost,IP:127.0.0.1"; days count from now. */
typedef struct _PdTestCa PdTestCa;

PdTestCa        *pd_test_ca_new       (const char *name);
void             pd_test_ca_free      (PdTestCa *self);
const char      *pd_test_ca_get_pem   (PdTestCa *self);
/* A file in the test's own folder; removed with the CA. */
const char      *pd_test_ca_get_path  (PdTestCa *self);
/* `self` NULL: signed by itself. */
GTlsCertificate *pd_test_ca_issue     (PdTestCa *self, const char *names, int from_days, int to_days);

#define PD_TEST_HERE "DNS:localhost,IP:127.0.0.1,IP:::1"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdTestCa, pd_test_ca_free)

G_END_DECLS
