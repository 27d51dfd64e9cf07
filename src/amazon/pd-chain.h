/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PdCertificate:
 * @subject: whose it is, harmless to show
 * @issuer: who signed it, harmless to show
 * @names: the hosts that it is for
 * @not_before: (nullable): from when on it is valid
 * @not_after: (nullable): until when it is valid
 * @is_own: whether it has signed itself
 * @sent: whether the server sent it; %FALSE: this computer trusts it, and had it already
 *
 * One certificate of a chain, as it may be shown.
 */
typedef struct {
  char       *subject;
  char       *issuer;
  char      **names;
  GDateTime  *not_before;
  GDateTime  *not_after;
  gboolean    is_own;
  gboolean    sent;
} PdCertificate;

#define PD_TYPE_CHAIN (pd_chain_get_type ())

/**
 * PdChain:
 * @certificates: (element-type PdCertificate): the server's own first, then who signed each
 * @missing_issuer: (nullable): who signed the last one that was sent, where the server left that certificate out and this computer
 *   does not have it either
 *
 * What a server shows of itself, whether it can be trusted or not.
 */
typedef struct {
  GPtrArray *certificates;
  char      *missing_issuer;
} PdChain;

GType      pd_chain_get_type      (void);
PdChain   *pd_chain_new           (GTlsCertificate *certificate, GTlsDatabase *database);
PdChain   *pd_chain_ref           (PdChain *self);
void       pd_chain_unref         (PdChain *self);
GDateTime *pd_chain_get_not_after (PdChain *self);
char      *pd_chain_dup_common_name (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdChain, pd_chain_unref)

G_END_DECLS
