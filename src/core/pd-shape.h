/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"
#include "pd-problem.h"

G_BEGIN_DECLS

/**
 * PdShapeFunc:
 * @shape: the rule
 * @value: one value of the field, already cleaned, not empty
 * @problems: (element-type PdProblem): where to add what is wrong
 *
 * For what a pattern cannot say. Never called with a value over 64 KiB.
 */
typedef void (* PdShapeFunc) (const PdShape *shape,
                              const char    *value,
                              GPtrArray     *problems);

/**
 * PdShape:
 * @id: the rule's final id, the `rule` of a problem
 * @pattern: (nullable): regular expression that a whole good value matches
 * @prefix: (nullable): what only values of this kind begin with, for recognising a mix-up
 * @strong: whether a match of @pattern alone is enough to recognise the kind, wherever it stands
 * @expected: translatable: what a good value looks like, completing "… should be"
 * @judge: (nullable): further rules
 *
 * The form that a field's value should have. A mismatch is a warning and never forbids: only Amazon knows.
 */
struct _PdShape {
  const char  *id;
  const char  *pattern;
  const char  *prefix;
  gboolean     strong;
  const char  *expected;
  PdShapeFunc  judge;
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

G_END_DECLS
