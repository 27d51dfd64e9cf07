/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"
#include "pd-problem.h"

G_BEGIN_DECLS

/* What an address has to be beyond being one. */
typedef enum {
  PD_URL_NONE   = 0,
  PD_URL_WHOLE  = 1 << 0, /* https:// and a host at least */
  PD_URL_ORIGIN = 1 << 1, /* scheme, host and port, and nothing more */
  PD_URL_NO_TOP = 1 << 2, /* not a site's top page */
  PD_URL_SITE   = 1 << 3, /* a site: no query */
  PD_URL_LOCAL  = 1 << 4, /* http://localhost is good in the sandbox */
} PdUrlRules;

/**
 * PdShape:
 * @id: the form's id
 * @prefixes: (nullable): what values of this kind begin with, and values of no other kind do
 * @prefix_needed: whether a value without one of the prefixes is certainly wrong
 * @alphabet: (nullable): the characters of which the rest consists
 * @min: the least length of the rest, in characters
 * @max: the greatest length of the rest; 0: no limit
 * @pattern: (nullable): a regular expression where alphabet and length do not say it all
 * @url: rules of an address
 * @expected: translatable: what a good value looks like, completing "… should be"
 *
 * The form that a field's value should have. A mismatch is said and never forbids: only Amazon knows.
 */
struct _PdShape {
  const char *id;
  const char *prefixes[3];
  gboolean    prefix_needed;
  const char *alphabet;
  guint       min;
  guint       max;
  const char *pattern;
  PdUrlRules  url;
  const char *expected;
};

extern const PdShape pd_shape_merchant_id;
extern const PdShape pd_shape_client_id;
extern const PdShape pd_shape_mws_auth_token;
extern const PdShape pd_shape_client_secret;
extern const PdShape pd_shape_access_key_id;
extern const PdShape pd_shape_secret_access_key;
extern const PdShape pd_shape_public_key_id;
extern const PdShape pd_shape_private_key;
extern const PdShape pd_shape_site_url;
extern const PdShape pd_shape_page_url;
extern const PdShape pd_shape_origin;
extern const PdShape pd_shape_return_url;
extern const PdShape pd_shape_notification_url;
extern const PdShape pd_shape_email;
extern const PdShape pd_shape_phone;
extern const PdShape pd_shape_description;
extern const PdShape pd_shape_date;

/* The literal that stands for a token which Amazon set up itself (S054); it is no secret. */
#define PD_PRESET_TOKEN "Pre-Set_with_information_from_Amazon"

GPtrArray     *pd_shape_judge_value (const PdField *field, const char *value);
const PdField *pd_shape_recognise   (const char *value, const PdField *standing_in);
gboolean       pd_shape_matches     (const PdShape *shape, const char *value);

G_END_DECLS
