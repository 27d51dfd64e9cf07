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
} PdPracticeLeaf;

#define PD_PRACTICE_N_LEAVES (PD_PRACTICE_LEAF_WRONG_HOST + 1)

/**
 * PdPracticeCertificates:
 *
 * The certificates of one run: a CA, and the leaves it signed. The CA's key is forgotten at once, so
 * that nobody, not even this program, can sign anything more that a client trusting the CA would believe.
 */
typedef struct _PdPracticeCertificates PdPracticeCertificates;

PdPracticeCertificates *pd_practice_certificates_new      (GError **error);
void                    pd_practice_certificates_free     (PdPracticeCertificates *self);
const char             *pd_practice_certificates_get_ca   (PdPracticeCertificates *self);
GTlsCertificate        *pd_practice_certificates_get_leaf (PdPracticeCertificates *self, PdPracticeLeaf leaf);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeCertificates, pd_practice_certificates_free)

G_END_DECLS
