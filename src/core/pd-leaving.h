/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-profile.h"

G_BEGIN_DECLS

/* Whose side a step is on; in the order in which they are taken. */
typedef enum {
  PD_LEAVING_SHOP,
  PD_LEAVING_AMAZON,
} PdLeavingSide;

#define PD_N_LEAVING_SIDES (PD_LEAVING_AMAZON + 1)

/**
 * PdLeavingStep:
 * @id: final
 * @side: at futureshop, or at Amazon
 * @needs: (nullable): id of the field without which there is nothing to do
 * @title: translatable, an imperative
 * @detail: (nullable): translatable
 * @places: (nullable): where
 *
 * One thing to revoke when a shop stops with Amazon Pay, or before another account is connected (FAQ 4419645569945).
 */
typedef struct {
  const char    *id;
  PdLeavingSide  side;
  const char    *needs;
  const char    *title;
  const char    *detail;
  const PdPlace *places;
} PdLeavingStep;

GPtrArray  *pd_leaving_list_steps   (PdProfile *profile, PdLeavingSide side);
const char *pd_leaving_get_heading  (PdLeavingSide side);

G_END_DECLS
