/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "pd-practice-faults.h"

G_BEGIN_DECLS

/**
 * PdPracticeExchange:
 *
 * One request and the answer to it, apart from how the two travel.
 */
typedef struct {
  /* The request */
  char            *method;
  char            *path;     /* decoded */
  char            *query;    /* as sent, or NULL */
  GHashTable      *headers;  /* lower-case name → value; several of one name are joined by `,` */
  GBytes          *body;
  /* The server's side of it */
  char            *base;     /* https://127.0.0.1:PORT */
  GDateTime       *now;      /* by the server's clock */
  PdPracticeFault  fault;
  /* The answer */
  guint            status;
  const char      *content_type;
  GBytes          *answer;
  GHashTable      *answer_headers;
} PdPracticeExchange;

PdPracticeExchange *pd_practice_exchange_new        (const char *method, const char *path, const char *query, GBytes *body,
                                                     const char *base, const PdPracticeFault *fault);
void                pd_practice_exchange_free       (PdPracticeExchange *self);
void                pd_practice_exchange_add_header (PdPracticeExchange *self, const char *name, const char *value);
const char         *pd_practice_exchange_get_header (PdPracticeExchange *self, const char *name);
GHashTable         *pd_practice_exchange_read_query (PdPracticeExchange *self);
GHashTable         *pd_practice_exchange_read_form  (PdPracticeExchange *self);

void                pd_practice_exchange_answer     (PdPracticeExchange *self, guint status, JsonNode *json);
void                pd_practice_exchange_answer_text (PdPracticeExchange *self, guint status, const char *content_type, const char *text);
void                pd_practice_exchange_redirect   (PdPracticeExchange *self, const char *location);
gboolean            pd_practice_exchange_refuse     (PdPracticeExchange *self, const char *code, const char *format, ...) G_GNUC_PRINTF (3, 4);
void                pd_practice_exchange_say_registered (PdPracticeExchange *self, const char *field_id, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeExchange, pd_practice_exchange_free)

G_END_DECLS
