/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <string.h>

#include "pd-chain.h"
#include "pd-response-private.h"

/* Of what a server sends: no more is looked at. */
#define MAX_CERTIFICATES 10
#define MAX_NAMES        100
#define MAX_TEXT         300

G_DEFINE_BOXED_TYPE (PdChain, pd_chain, pd_chain_ref, pd_chain_unref)

static void
certificate_free (gpointer data)
{
  PdCertificate *self = data;

  g_free (self->subject);
  g_free (self->issuer);
  g_strfreev (self->names);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self);
}

static char *
make_shown (char *text) /* (transfer full) (nullable) */
{
  g_autofree char *given = text;

  return given != NULL ? pd_response_make_harmless (given, strlen (given), MAX_TEXT) : g_strdup ("");
}

static char **
list_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray)    names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray)    addresses = g_tls_certificate_get_ip_addresses (certificate);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; names != NULL && i < MIN (names->len, MAX_NAMES); i++) {
    gsize            length;
    const char      *bytes = g_bytes_get_data (g_ptr_array_index (names, i), &length);
    g_autofree char *name = pd_response_make_harmless (bytes, length, MAX_TEXT);

    g_strv_builder_add (builder, name);
  }
  for (guint i = 0; addresses != NULL && i < MIN (addresses->len, MAX_NAMES); i++) {
    g_autofree char *address = g_inet_address_to_string (g_ptr_array_index (addresses, i));

    g_strv_builder_add (builder, address);
  }
  return g_strv_builder_end (builder);
}

static PdCertificate *
read_certificate (GTlsCertificate *certificate,
                  gboolean         sent)
{
  PdCertificate *self = g_new0 (PdCertificate, 1);

  self->subject = make_shown (g_tls_certificate_get_subject_name (certificate));
  self->issuer = make_shown (g_tls_certificate_get_issuer_name (certificate));
  self->names = list_names (certificate);
  self->not_before = g_tls_certificate_get_not_valid_before (certificate);
  self->not_after = g_tls_certificate_get_not_valid_after (certificate);
  self->is_own = g_str_equal (self->subject, self->issuer);
  self->sent = sent;
  return self;
}

/**
 * pd_chain_new:
 * @certificate: the server's own, with what it sent of its issuers
 * @database: (nullable): what this computer trusts
 *
 * Nothing is fetched from anywhere: what the server leaves out, and what is not here, is missing.
 *
 * Returns: (transfer full): the chain
 */
PdChain *
pd_chain_new (GTlsCertificate *certificate,
              GTlsDatabase    *database)
{
  PdChain         *self = g_rc_box_new0 (PdChain);
  GTlsCertificate *last = certificate;
  PdCertificate   *end = NULL;

  self->certificates = g_ptr_array_new_with_free_func (certificate_free);
  for (GTlsCertificate *c = certificate; c != NULL && self->certificates->len < MAX_CERTIFICATES; c = g_tls_certificate_get_issuer (c)) {
    g_autoptr (GTlsCertificate) issuer = NULL;

    end = read_certificate (c, TRUE);
    g_ptr_array_add (self->certificates, end);
    last = c;
    if (end->is_own)
      return self;
    if (database != NULL)
      issuer = g_tls_database_lookup_certificate_issuer (database, c, NULL, G_TLS_DATABASE_LOOKUP_NONE, NULL, NULL);
    /* What the server sends beyond that is not needed: an old path of a cross-signed authority often is. */
    if (issuer != NULL) {
      g_ptr_array_add (self->certificates, read_certificate (issuer, FALSE));
      return self;
    }
  }
  if (g_tls_certificate_get_issuer (last) == NULL)
    self->missing_issuer = g_strdup (end->issuer);
  return self;
}

PdChain *
pd_chain_ref (PdChain *self)
{
  return g_rc_box_acquire (self);
}

static void
chain_clear (gpointer data)
{
  PdChain *self = data;

  g_ptr_array_unref (self->certificates);
  g_free (self->missing_issuer);
}

void
pd_chain_unref (PdChain *self)
{
  g_rc_box_release_full (self, chain_clear);
}

/**
 * pd_chain_get_not_after:
 * @self: a chain
 *
 * Returns: (transfer none) (nullable): until when it is valid as it was sent: the earliest end of what the server has to renew
 */
GDateTime *
pd_chain_get_not_after (PdChain *self)
{
  GDateTime *earliest = NULL;

  for (guint i = 0; i < self->certificates->len; i++) {
    PdCertificate *certificate = g_ptr_array_index (self->certificates, i);

    if (certificate->not_after == NULL || (i > 0 && (!certificate->sent || certificate->is_own)))
      continue;
    if (earliest == NULL || g_date_time_compare (certificate->not_after, earliest) < 0)
      earliest = certificate->not_after;
  }
  return earliest;
}

/**
 * pd_chain_dup_common_name:
 * @name: a subject or an issuer, such as `CN=R3,O=Somebody,C=US`
 *
 * Returns: (transfer full): the part by which people know it; all of it where there is none
 */
char *
pd_chain_dup_common_name (const char *name)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex)     regex = g_regex_new ("(?:^|,)\\s*CN=((?:[^,\\\\]|\\\\.)+)", G_REGEX_CASELESS, 0, NULL);
  g_autofree char       *found = NULL;

  if (!g_regex_match (regex, name, 0, &match))
    return g_strdup (name);
  found = g_match_info_fetch (match, 1);
  return g_strcompress (found);
}
