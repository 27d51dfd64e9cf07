/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One language of the messages, whatever the process itself speaks: a report may be for somebody of another one. */
typedef struct _PdLanguage PdLanguage;

extern const char *const pd_language_ids[]; /* "en" and those there are translations for, NULL-terminated */

PdLanguage *pd_language_new       (const char *id);
void        pd_language_free      (PdLanguage *self);
const char *pd_language_get_id    (const PdLanguage *self);
const char *pd_language_get_own_id (void);

const char *pd_language_say       (PdLanguage *self, const char *msgid) G_GNUC_FORMAT (2);
char       *pd_language_translate (PdLanguage *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdLanguage, pd_language_free)

G_END_DECLS
