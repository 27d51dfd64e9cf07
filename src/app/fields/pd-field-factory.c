/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-field-factory.h"

#include "pd-choice-row.h"
#include "pd-field-row.h"
#include "pd-image-row.h"
#include "pd-list-row.h"
#include "pd-secret-row.h"

typedef GtkWidget *(* MakeRow) (PdShop *shop, const PdField *field);

static const MakeRow makers[] = {
  [PD_FIELD_TEXT] = pd_field_row_new,
  [PD_FIELD_LIST] = pd_list_row_new,
  [PD_FIELD_SECRET] = pd_secret_row_new,
  [PD_FIELD_CHOICE] = pd_choice_row_new,
  [PD_FIELD_DATE] = pd_field_row_new,
  [PD_FIELD_IMAGE] = pd_image_row_new,
};

/**
 * pd_field_factory_make:
 * @shop: an open shop
 * @field: one of its fields
 *
 * Returns: (transfer floating) (type PdFieldWidget): the row that a field of this kind has
 */
GtkWidget *
pd_field_factory_make (PdShop        *shop,
                       const PdField *field)
{
  return makers[field->kind](shop, field);
}
