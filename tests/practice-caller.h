/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <libsoup/soup.h>

#include "pd-practice-server.h"
#include "pd-signer.h"

G_BEGIN_DECLS

/* A caller of API v2 that is independent of Paydesk's own client: every header can be set, spoiled or left out. */
typedef struct {
  SoupSession *session;
  char        *ca_path;
  char        *url;
  char        *store_id;
  char        *public_key_id;
  PdKey       *key;
} PracticeCaller;

/* What one call sends. */
typedef struct {
  PdAlgorithm  algorithm;
  const char  *method;
  const char  *path;          /* as it stands in the URL */
  const char  *query;         /* already encoded, or NULL */
  char        *body;
  const char  *public_key_id;
  PdKey       *key;
  GHashTable  *headers;
  char        *unsigned_name; /* a header that is sent and not signed */
  char        *authorization; /* in place of the right one; "" for none */
} PracticeCall;

typedef struct {
  guint       status;
  char       *body;
  char       *reason_code;
  char       *message;
  char       *string_to_sign;  /* the caller's own */
  GHashTable *headers;         /* lower case */
  GError     *error;
} PracticeReply;

void           practice_caller_init  (PracticeCaller *self, PdPracticeServer *server);
void           practice_caller_clear (PracticeCaller *self);
PracticeCall  *practice_call_new     (PracticeCaller *caller, const char *method, const char *path, const char *body);
PracticeCall  *practice_call_create  (PracticeCaller *caller);
PracticeCall  *practice_call_get     (PracticeCaller *caller, const char *path);
void           practice_call_set     (PracticeCall *call, const char *name, const char *value);
SoupMessage   *practice_call_message (PracticeCaller *caller, PracticeCall *call, char **string_to_sign);
PracticeReply *practice_call_send    (PracticeCaller *caller, PracticeCall *call);
PracticeReply *practice_plain_get    (PracticeCaller *caller, const char *path_and_query);
const char    *practice_reply_header (PracticeReply *self, const char *name);
void           practice_reply_free   (PracticeReply *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticeCaller, practice_caller_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeReply, practice_reply_free)

G_END_DECLS
