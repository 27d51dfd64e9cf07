/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-finding.h"
#include "pd-logo-picture.h"

G_BEGIN_DECLS

/* What one rule says of a logo. */
typedef struct {
  const char *rule;    /* its id; final */
  PdVerdict   verdict; /* of a mere hint never more than a warning */
  char       *message; /* translated */
} PdLogoFinding;

/**
 * PdLogo:
 * @facts: what the headers say
 * @bytes: the file's whole size
 * @picture: (nullable): what shoppers see
 * @why: (nullable): why there is no picture, where it was asked for
 * @findings: (element-type PdLogoFinding): in the order of the rules; a rule that has nothing to judge has none
 * @verdict: the worst of them
 *
 * A logo, judged by S076 to S080. Immutable.
 */
typedef struct {
  PdLogoFacts    facts;
  guint64        bytes;
  PdLogoPicture *picture;
  GError        *why;
  GPtrArray     *findings;
  PdVerdict      verdict;
} PdLogo;

/* By the headers alone, at once; @picture and @why as they came, or NULL. */
PdLogo              *pd_logo_new            (const PdLogoFacts *facts, guint64 bytes, PdLogoPicture *picture, const GError *why);
PdLogo              *pd_logo_ref            (PdLogo *self);
void                 pd_logo_unref          (PdLogo *self);
const PdLogoFinding *pd_logo_find           (PdLogo *self, const char *rule);
char                *pd_logo_describe       (PdLogo *self);

/* Headers first, and the picture only where they allow it. @content: the file, or its first PD_LOGO_MAX_BYTES where @bytes, its whole
 * size, is more. Fails only with G_IO_ERROR_CANCELLED. */
void                 pd_logo_inspect_async  (GBytes *content, guint64 bytes, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
PdLogo              *pd_logo_inspect_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdLogo, pd_logo_unref)

G_END_DECLS
