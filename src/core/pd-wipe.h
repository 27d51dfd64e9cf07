/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-desk.h"

G_BEGIN_DECLS

/**
 * PdWipeProof:
 * @asked: when the keyring was asked again, after the deletion
 * @left: (element-type utf8): ids of the fields, of those that were to go, whose values are still there; empty: all are gone
 *
 * What the keyring itself says of a deletion.
 */
typedef struct {
  GDateTime *asked;
  GPtrArray *left;
} PdWipeProof;

void         pd_wipe_proof_free (PdWipeProof *self);

/* Some values, with one step of undo; or every secret of a shop, for good. */
void         pd_wipe_fields_async (PdDesk *desk, PdProfile *profile, const char *const *field_ids,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void         pd_wipe_all_async    (PdDesk *desk, PdProfile *profile,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PdWipeProof *pd_wipe_finish       (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdWipeProof, pd_wipe_proof_free)

G_END_DECLS
