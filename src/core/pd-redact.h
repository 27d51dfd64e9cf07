/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one redaction point: masks every secret value and every encoding of it (Base64, percent, hex, JSON escapes), and
 * what stands behind names such as authorization, cookie, *secret*, *token*, in a text that will be shown, kept or sent.
 * `secrets`: field id → PdSecretText, or NULL. Returns (transfer full). */
char *pd_redact (GHashTable *secrets, const char *text);

G_END_DECLS
