/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a page that should be the privacy policy turns out to be. */
typedef enum {
  PD_PRIVACY_PAGE_FOUND,    /* its title or a heading has one of the usual names, or it speaks of little else */
  PD_PRIVACY_PAGE_MENTIONS, /* the text has such a name, though no heading does */
  PD_PRIVACY_PAGE_OTHER,    /* a page about something else */
  PD_PRIVACY_PAGE_ABSENT,   /* a page that says that there is none */
  PD_PRIVACY_PAGE_SIGN_IN,  /* a page that wants somebody to sign in first */
  PD_PRIVACY_PAGE_SCRIPTED, /* next to no text: scripts would make it */
  PD_PRIVACY_PAGE_NO_HTML,
} PdPrivacyPageKind;

/**
 * PdPrivacyPage:
 * @kind: what it is
 * @title: its title, or the first heading; may be empty; as a stranger wrote it
 */
typedef struct {
  PdPrivacyPageKind  kind;
  char              *title;
} PdPrivacyPage;

PdPrivacyPage *pd_privacy_page_new  (const char *bytes, gsize length, const char *content_type);
void           pd_privacy_page_free (PdPrivacyPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPrivacyPage, pd_privacy_page_free)

G_END_DECLS
