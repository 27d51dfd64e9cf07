/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pd-signer.h"

G_BEGIN_DECLS

typedef enum {
  PD_SIGNATURE_REQUEST, /* a call of API v2 */
  PD_SIGNATURE_BUTTON,  /* the payload of a button */
  PD_SIGNATURE_MWS,     /* a call of the legacy service */
} PdSignatureKind;

/**
 * PdSignatureCase:
 * @kind: what is signed
 * @algorithm: with which algorithm; not of the legacy service
 * @method: the method, as given
 * @host: (nullable): the host, of the legacy service
 * @path: the path, not encoded
 * @query: (element-type utf8 GPtrArray): name → values, not encoded
 * @headers: (element-type utf8 utf8): name → value
 * @signed_names: (nullable): the headers that are signed; %NULL for all
 * @parameters: (element-type utf8 utf8): name → value, of the legacy service
 * @payload: the payload, byte for byte; "" where there is none
 * @theirs: (nullable): the string that the other side quoted
 * @signature: (nullable): a signature to be verified
 *
 * A signature that somebody looks for the fault of: what goes in.
 */
typedef struct {
  PdSignatureKind  kind;
  PdAlgorithm      algorithm;
  char            *method;
  char            *host;
  char            *path;
  GHashTable      *query;
  GHashTable      *headers;
  char           **signed_names;
  GHashTable      *parameters;
  char            *payload;
  char            *theirs;
  char            *signature;
} PdSignatureCase;

PdSignatureCase *pd_signature_case_new           (PdSignatureKind kind);
PdSignatureCase *pd_signature_case_new_from_json (PdSignatureKind kind, JsonObject *object, GError **error);
PdSignatureCase *pd_signature_case_new_from_text (PdSignatureKind kind, PdAlgorithm algorithm, const char *text, GError **error);
PdSignatureCase *pd_signature_case_copy          (PdSignatureCase *self);
void             pd_signature_case_free          (PdSignatureCase *self);

char            *pd_signature_case_work          (PdSignatureCase *self, char **canonical_request, char **signed_headers);
char            *pd_signature_case_get_ours      (PdSignatureCase *self);
void             pd_signature_case_take_theirs   (PdSignatureCase *self, const char *text);

/* Where two texts part: the same bytes come before it in both. Line and column count from 1, in characters. */
gboolean         pd_signature_compare            (const char *ours, const char *theirs, gsize *offset, guint *line, guint *column);

/* The usual mistakes that show, translated: (transfer full) (element-type utf8). */
GPtrArray       *pd_signature_case_find_mistakes (PdSignatureCase *self);
gboolean         pd_signature_case_verify        (PdSignatureCase *self, PdKey *key, const char **mistake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdSignatureCase, pd_signature_case_free)

G_END_DECLS
