/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-field.h"

G_BEGIN_DECLS

/* What a list shows of a shop. */
typedef struct {
  const char    *name;        /* in the file's content, without a 0 behind it */
  gsize          name_length;
  PdMode         mode;
  PdGeneration   generation;
  PdEnvironment  environment;
} PdSkim;

gboolean pd_skim (GBytes *content, const char *id, PdSkim *skim, GString *texts);

G_END_DECLS
