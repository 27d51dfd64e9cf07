/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "pd-error.h"
#include "pd-response-private.h"
#include "pd-trouble.h"

#define MAX_NAMES 3

/* Most telling first. */
static const struct {
  GTlsCertificateFlags flag;
  const char          *meaning;
} meanings[] = {
  { G_TLS_CERTIFICATE_REVOKED, N_("the certificate was revoked") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("nobody this computer trusts has signed the certificate") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("the certificate is for another host") },
  { G_TLS_CERTIFICATE_EXPIRED, N_("the certificate has expired") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("the certificate is not valid yet") },
  { G_TLS_CERTIFICATE_INSECURE, N_("the certificate uses an insecure algorithm") },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, N_("the certificate’s signature or form is wrong") },
};

static const struct {
  GQuark     (*domain) (void);
  int          code;    /* -1: any */
  gboolean     connected; /* only once the connection stood */
  PdError      result;
  const char  *meaning;
} transports[] = {
  { g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, FALSE, PD_ERROR_OFFLINE,
    N_("The server’s name was not found. Check this computer’s connection to the internet.") },
  { g_resolver_error_quark, -1, FALSE, PD_ERROR_OFFLINE,
    N_("The server’s name could not be looked up. Check this computer’s connection to the internet.") },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, FALSE, PD_ERROR_TIMEOUT, N_("The server did not answer in time. Try again later.") },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, FALSE, PD_ERROR_OFFLINE,
    N_("Nothing answers at that address. Try again later.") },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, FALSE, PD_ERROR_OFFLINE,
    N_("There is no way to the server. Check this computer’s connection to the internet.") },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, FALSE, PD_ERROR_OFFLINE,
    N_("There is no way to the server. Check this computer’s connection to the internet.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_FAILED, FALSE, PD_ERROR_OFFLINE,
    N_("The proxy in between refuses. Check this computer’s network settings.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_AUTH_FAILED, FALSE, PD_ERROR_OFFLINE,
    N_("The proxy in between wants a password. Check this computer’s network settings.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, FALSE, PD_ERROR_OFFLINE,
    N_("The proxy in between wants a password. Check this computer’s network settings.") },
  { g_io_error_quark, G_IO_ERROR_PROXY_NOT_ALLOWED, FALSE, PD_ERROR_OFFLINE,
    N_("The proxy in between refuses. Check this computer’s network settings.") },
  { g_tls_error_quark, -1, TRUE, PD_ERROR_GARBAGE, N_("The answer broke off. Try again later.") },
  { g_tls_error_quark, -1, FALSE, PD_ERROR_TLS,
    N_("No encrypted connection could be made: the server offers none that is safe. Something else may answer in its place, such as a proxy; Paydesk needs TLS 1.2 or later.") },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, FALSE, PD_ERROR_GARBAGE,
    N_("The answer broke off, or its head is far too long. Try again later.") },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, FALSE, PD_ERROR_GARBAGE, N_("The answer broke off. Try again later.") },
  { soup_session_error_quark, -1, FALSE, PD_ERROR_GARBAGE,
    N_("What came back is not an answer of a web server. Is a proxy in between? Try again later.") },
};

static void
append_names (GString         *text,
              GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GString)   list = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    gsize            length;
    const char      *bytes = g_bytes_get_data (g_ptr_array_index (names, i), &length);
    g_autofree char *name = i < MAX_NAMES ? pd_response_make_harmless (bytes, length, 100) : g_strdup ("…");

    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", name);
    if (i == MAX_NAMES)
      break;
  }
  if (list->len > 0)
    g_string_append_printf (text, _(" (it is for %s)"), list->str);
}

static void
append_date (GString    *text,
             GDateTime  *date)
{
  g_autofree char *shown = date != NULL ? g_date_time_format (date, "%Y-%m-%d") : NULL;

  if (shown != NULL)
    g_string_append_printf (text, " (%s)", shown);
}

/**
 * pd_trouble_from_certificate:
 * @host: the server that should have answered
 * @certificate: what was shown instead of a certificate that can be trusted
 * @flags: what is wrong with it
 *
 * Names each fault and the issuer, by which an operator recognises a proxy or virus scanner of their own that opens encrypted
 * connections. There is no way round it: nothing was sent.
 *
 * Returns: (transfer full): an error of the code %PD_ERROR_TLS
 */
GError *
pd_trouble_from_certificate (const char           *host,
                             GTlsCertificate      *certificate,
                             GTlsCertificateFlags  flags)
{
  g_autoptr (GString)   why = g_string_new (NULL);
  g_autoptr (GDateTime) not_before = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) not_after = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char      *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char      *raw_issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autofree char      *issuer = raw_issuer != NULL ? pd_response_make_harmless (raw_issuer, strlen (raw_issuer), 200) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++) {
    gboolean own = meanings[i].flag == G_TLS_CERTIFICATE_UNKNOWN_CA && g_strcmp0 (subject, raw_issuer) == 0;

    if (!(flags & meanings[i].flag))
      continue;
    if (meanings[i].flag == G_TLS_CERTIFICATE_GENERIC_ERROR && why->len > 0)
      continue;
    g_string_append_printf (why, "%s%s", why->len > 0 ? "; " : "",
                            own ? _("the server has signed its certificate itself, and nobody vouches for it") : _(meanings[i].meaning));
    if (meanings[i].flag == G_TLS_CERTIFICATE_BAD_IDENTITY)
      append_names (why, certificate);
    else if (meanings[i].flag == G_TLS_CERTIFICATE_EXPIRED)
      append_date (why, not_after);
    else if (meanings[i].flag == G_TLS_CERTIFICATE_NOT_ACTIVATED)
      append_date (why, not_before);
  }
  if (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    return g_error_new (PD_ERROR, PD_ERROR_TLS,
                        _("No trustworthy connection to %s: %s. Issued by: %s. First check this computer’s date and time. A proxy or virus scanner that opens encrypted connections can be the cause too. Nothing was sent."),
                        host, why->str, issuer != NULL ? issuer : "–");
  return g_error_new (PD_ERROR, PD_ERROR_TLS,
                      _("No trustworthy connection to %s: %s. Issued by: %s. A proxy or virus scanner that opens encrypted connections, or certificates of this computer that are out of date, can be the cause. Nothing was sent."),
                      host, why->str, issuer != NULL ? issuer : "–");
}

/**
 * pd_trouble_from_transport:
 * @error: what GIO or libsoup says
 * @connected: whether the encrypted connection stood already
 *
 * Its own message is left out where it may quote what a server or a proxy's address holds.
 *
 * Returns: (transfer full): an error of %PD_ERROR, or a copy of @error where that is one already or a cancellation
 */
GError *
pd_trouble_from_transport (const GError *error,
                           gboolean      connected)
{
  if (error->domain == PD_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++) {
    if (error->domain == transports[i].domain () && (transports[i].code == -1 || transports[i].code == error->code) &&
        (connected || !transports[i].connected))
      return g_error_new_literal (PD_ERROR, transports[i].result, _(transports[i].meaning));
  }
  if (connected)
    return g_error_new_literal (PD_ERROR, PD_ERROR_GARBAGE, _("The answer broke off. Try again later."));
  return g_error_new_literal (PD_ERROR, PD_ERROR_OFFLINE,
                              _("The server cannot be reached. Check this computer’s connection to the internet."));
}
