/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-shop.h"
#include "pd-wipe.h"

G_BEGIN_DECLS

#define PD_TYPE_WIPER (pd_wiper_get_type ())

G_DECLARE_FINAL_TYPE (PdWiper, pd_wiper, PD, WIPER, GObject)

/* Signals: "changed": what can be said of the deletion is something else now. */

PdWiper           *pd_wiper_new       (PdShop *shop);
void               pd_wiper_wipe      (PdWiper *self, const char *const *field_ids);
gboolean           pd_wiper_is_busy   (PdWiper *self);
const PdWipeProof *pd_wiper_get_proof (PdWiper *self);
gboolean           pd_wiper_has_rows  (PdWiper *self);
void               pd_wiper_add_rows  (PdWiper *self, GtkListBox *list, const char *gone);
void               pd_wiper_forget    (PdWiper *self);

G_END_DECLS
