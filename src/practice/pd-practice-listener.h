/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * PdPracticeListener:
 *
 * The connections of the practice endpoint: opened on loopback only, bounded in number and in idle time,
 * each with the certificate that is wanted at the moment it is opened.
 */
typedef struct _PdPracticeListener PdPracticeListener;

/* Called in the listener's thread: (transfer full), the certificate for the next connection. NULL in its place: no TLS. */
typedef GTlsCertificate *(* PdPracticeCertificateFunc) (gpointer user_data);

PdPracticeListener *pd_practice_listener_new      (guint16 port, PdPracticeCertificateFunc get_certificate, gpointer user_data, GError **error);
guint16             pd_practice_listener_get_port (PdPracticeListener *self);
void                pd_practice_listener_set_lifetime (PdPracticeListener *self, guint milliseconds);
void                pd_practice_listener_start    (PdPracticeListener *self, SoupServer *soup);
void                pd_practice_listener_stop     (PdPracticeListener *self);
void                pd_practice_listener_free     (PdPracticeListener *self);
void                pd_practice_listener_cut      (SoupServerMessage *message, const char *last_words);
void                pd_practice_listener_close    (SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeListener, pd_practice_listener_free)

G_END_DECLS
