/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-ctl-output.h"
#include "pd-desk.h"

G_BEGIN_DECLS

/* What the verbs work with: the shops, their secrets, and the person's Ctrl+C. */
typedef struct {
  PdStore      *store;
  PdSecrets    *secrets;
  PdDesk       *desk;
  GCancellable *cancellable;
  guint         interrupts[3];
} PdCtlContext;

PdCtlStatus    pd_ctl_context_open            (PdCtlContext *self);
void           pd_ctl_context_clear           (PdCtlContext *self);
GCancellable  *pd_ctl_context_watch_interrupt (PdCtlContext *self);

/* Operands. On failure it has been said, and @status is the exit status. */
PdProfile     *pd_ctl_context_find_profile    (PdCtlContext *self, const char *id_or_name, PdCtlStatus *status);
const PdField *pd_ctl_find_field              (const char *id, PdCtlStatus *status);
char          *pd_ctl_clean_name              (const char *name, PdCtlStatus *status);
gboolean       pd_ctl_check_choice            (const char *field_id, const char *choice, PdCtlStatus *status);

/* Waiting for an asynchronous call: give it pd_ctl_keep and &result, then pd_ctl_wait (&result). */
void           pd_ctl_keep                    (GObject *source, GAsyncResult *result, gpointer slot);
void           pd_ctl_wait                    (GAsyncResult **slot);

/* The desk's calls, waited for. */
gboolean       pd_ctl_context_set_secret      (PdCtlContext *self, PdProfile *profile, const char *field_id, PdSecretText *value, GError **error);
gboolean       pd_ctl_context_unset_secret    (PdCtlContext *self, PdProfile *profile, const char *field_id, GError **error);
GHashTable    *pd_ctl_context_get_states      (PdCtlContext *self, PdProfile *profile, GError **why);
GHashTable    *pd_ctl_context_fetch_secrets   (PdCtlContext *self, PdProfile *profile, GError **error);

/* Whether it notes one: without, there is nothing of it in the keyring. */
gboolean       pd_ctl_has_secrets             (PdProfile *profile);

/* S054: what Amazon's set-up left for a token is neither deleted nor changed by accident. */
gboolean       pd_ctl_is_preset               (PdProfile *profile, const PdField *field);
PdCtlStatus    pd_ctl_refuse_preset           (void);

/* The five members that every document has of a profile, into an open object. */
void           pd_ctl_json_profile            (JsonBuilder *builder, PdProfile *profile);
/* "id" and "name" alone, as a document of its own. */
JsonNode      *pd_ctl_json_new_profile        (PdProfile *profile);

G_END_DECLS
