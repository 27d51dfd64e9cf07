/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many short contents that are much alike, each with a name, in little room. One thread at a time. */
typedef struct _PdPack PdPack;

PdPack     *pd_pack_new      (void);
PdPack     *pd_pack_ref      (PdPack *self);
void        pd_pack_unref    (PdPack *self);
guint       pd_pack_add      (PdPack *self, const char *name, gconstpointer content, guint length);
void        pd_pack_settle   (PdPack *self);
const char *pd_pack_get_name (PdPack *self, guint index);
GBytes     *pd_pack_get      (PdPack *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPack, pd_pack_unref)

G_END_DECLS
