/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a certificate of the practice endpoint is like. */
typedef enum {
  PD_PRACTICE_LEAF_GOOD,
  PD_PRACTICE_LEAF_EXPIRED,
  PD_PRACTICE_LEAF_WRONG_HOST,
  PD_PRACTICE_LEAF_EXPIRES_SOON,
  PD_PRACTICE_LEAF_SELF_SIGNED,
  PD_PRACTICE_LEAF_ALONE,      /* sent without the intermediate certificate that signed it */
} PdPracticeLeaf;

#define PD_PRACTICE_N_LEAVES (PD_PRACTICE_LEAF_ALONE + 1)

/**
 * PdPracticeCertificates:
 *
 * The certificates of one run: a CA, an intermediate one, and the leaves that it signed. The CA's key is forgotten at once. The
 * intermediate's stays in memory, to vouch for the pages of practice shops; it can do so for this computer, `example.jp` and
 * `example` alone, which are nobody's, so that a client trusting the CA believes nothing else.
 */
typedef struct _PdPracticeCertificates PdPracticeCertificates;

PdPracticeCertificates *pd_practice_certificates_new      (GError **error);
void                    pd_practice_certificates_free     (PdPracticeCertificates *self);
const char             *pd_practice_certificates_get_ca   (PdPracticeCertificates *self);
gboolean                pd_practice_certificates_add_hosts (PdPracticeCertificates *self, const char *const *hosts, GError **error);
GTlsCertificate        *pd_practice_certificates_get_leaf (PdPracticeCertificates *self, PdPracticeLeaf leaf);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeCertificates, pd_practice_certificates_free)

G_END_DECLS
