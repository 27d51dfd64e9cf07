/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-shape.h"

/* Patterns: amazon-pay API's identifiers as documented or seen; none is promised by Amazon. */
const PdShape pd_shape_merchant_id = {
  .id = "merchant-id", .pattern = "^A[0-9A-Z]{9,20}$",
  .expected = N_("A followed by 9 to 20 capital letters and digits"),
};
const PdShape pd_shape_client_id = {
  .id = "client-id", .pattern = "^amzn1\\.application-oa2-client\\.[0-9a-f]{32}$",
  .prefix = "amzn1.application-oa2-client.", .strong = TRUE,
  .expected = N_("“amzn1.application-oa2-client.” followed by 32 digits and letters a–f"),
};
const PdShape pd_shape_mws_auth_token = {
  .id = "mws-auth-token",
  .pattern = "^amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
  .prefix = "amzn.mws.", .strong = TRUE,
  .expected = N_("“amzn.mws.” followed by five groups of digits and letters a–f"),
};
const PdShape pd_shape_client_secret = {
  .id = "client-secret", .pattern = "^(amzn1\\.oa2-cs\\.v1\\.)?[0-9a-f]{64}$",
  .prefix = "amzn1.oa2-cs.", .strong = TRUE,
  .expected = N_("64 digits and letters a–f, with or without “amzn1.oa2-cs.v1.” before them"),
};
const PdShape pd_shape_access_key_id = {
  .id = "access-key-id", .pattern = "^[A-Z0-9]{20}$",
  .prefix = "AKIA",
  .expected = N_("20 capital letters and digits, mostly beginning with AKIA"),
};
const PdShape pd_shape_secret_access_key = {
  .id = "secret-access-key", .pattern = "^[A-Za-z0-9/+=]{40}$",
  .expected = N_("40 letters, digits and the signs / + ="),
};
const PdShape pd_shape_public_key_id = {
  .id = "public-key-id", .pattern = "^(SANDBOX-|LIVE-)?[A-Z0-9]{24}$",
  .prefix = "SANDBOX-",
  .expected = N_("24 capital letters and digits, mostly with SANDBOX- or LIVE- before them"),
};
const PdShape pd_shape_private_key = {
  .id = "private-key", .prefix = "-----BEGIN", .strong = TRUE,
  .expected = N_("an RSA private key of at least 2048 bits, not encrypted"),
};
const PdShape pd_shape_site_url = {
  .id = "site-url", .expected = N_("the address of the shop’s site, such as https://www.example.jp/"),
};
const PdShape pd_shape_page_url = {
  .id = "page-url", .expected = N_("the address of a page, beginning with https://"),
};
const PdShape pd_shape_origin = {
  .id = "origin", .expected = N_("https:// and the host, without a path"),
};
const PdShape pd_shape_return_url = {
  .id = "return-url", .expected = N_("a whole address, beginning with https://"),
};
const PdShape pd_shape_notification_url = {
  .id = "notification-url", .expected = N_("a whole address, beginning with https://, of at most 150 characters"),
};
const PdShape pd_shape_email = {
  .id = "email", .pattern = "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", .expected = N_("an e-mail address"),
};
const PdShape pd_shape_phone = {
  .id = "phone", .pattern = "^\\+?[0-9][0-9() -]{5,20}$", .expected = N_("a telephone number"),
};
const PdShape pd_shape_description = {
  .id = "description", .pattern = "^Amazon Pay$", .expected = N_("exactly “Amazon Pay”"),
};
const PdShape pd_shape_date = {
  .id = "date", .pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", .expected = N_("a date such as 2020-11-18"),
};
