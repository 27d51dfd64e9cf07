/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One shop on its way into the store. */
typedef struct {
  char       *id;
  JsonNode   *document;
  GHashTable *files;  /* name → GBytes */
} PdIncoming;

PdIncoming *pd_incoming_new      (JsonNode *document);
void        pd_incoming_free     (PdIncoming *self);
void        pd_incoming_renew_id (PdIncoming *self);

/* Adds all shops to the data folder, or none, whenever the process may end. */
gboolean    pd_incoming_add      (const char *dir, GPtrArray *shops, GError **error);
void        pd_incoming_complete (const char *dir);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdIncoming, pd_incoming_free)

G_END_DECLS
