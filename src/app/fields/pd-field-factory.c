/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-field-factory.h"

#include "pd-choice-row.h"
#include "pd-compare-row.h"
#include "pd-field-row.h"
#include "pd-field-widget.h"
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

/**
 * pd_field_factory_add:
 * @parent: a list box, or an expander row
 * @shop: an open shop
 * @field: one of its fields
 *
 * Adds the field's row, what is said of it, and what it is compared with.
 *
 * Returns: (transfer none) (type PdFieldWidget): the row
 */
GtkWidget *
pd_field_factory_add (GtkWidget     *parent,
                      PdShop        *shop,
                      const PdField *field)
{
  GtkWidget *row = pd_field_factory_make (shop, field);
  GtkWidget *rows[] = {
    row, pd_field_widget_get_note (PD_FIELD_WIDGET (row)), field->seen_of != NULL ? pd_compare_row_new (shop, field) : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i] == NULL)
      continue;
    if (ADW_IS_EXPANDER_ROW (parent))
      adw_expander_row_add_row (ADW_EXPANDER_ROW (parent), rows[i]);
    else
      gtk_list_box_append (GTK_LIST_BOX (parent), rows[i]);
  }
  return row;
}
