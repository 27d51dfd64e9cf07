/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-cause-private.h"

static GPtrArray *
get_all (void)
{
  static GPtrArray *all;

  if (g_once_init_enter (&all)) {
    const PdCause *parts[] = { pd_causes_manual, pd_causes_pay, pd_causes_legacy, pd_causes_other };
    GPtrArray     *causes = g_ptr_array_new ();

    for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
      for (const PdCause *cause = parts[i]; cause->id != NULL; cause++)
        g_ptr_array_add (causes, (gpointer) cause);
    }
    g_once_init_leave (&all, causes);
  }
  return all;
}

/**
 * pd_cause_get_all:
 * @n_causes: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_causes): the failure causes, in the order of their ids
 */
const PdCause *const *
pd_cause_get_all (guint *n_causes)
{
  GPtrArray *all = get_all ();

  *n_causes = all->len;
  return (const PdCause *const *) all->pdata;
}

/**
 * pd_cause_lookup:
 * @id: such as "F02"
 *
 * Returns: (nullable): the cause
 */
const PdCause *
pd_cause_lookup (const char *id)
{
  GPtrArray *all = get_all ();

  for (guint i = 0; i < all->len; i++) {
    const PdCause *cause = g_ptr_array_index (all, i);

    if (g_str_equal (cause->id, id))
      return cause;
  }
  return NULL;
}

/**
 * pd_cause_get_title:
 * @cause: a cause
 *
 * Returns: its title, translated
 */
const char *
pd_cause_get_title (const PdCause *cause)
{
  return _(cause->title);
}

/**
 * pd_cause_get_meaning:
 * @cause: a cause
 *
 * Returns: what it means, translated
 */
const char *
pd_cause_get_meaning (const PdCause *cause)
{
  return _(cause->meaning);
}

/**
 * pd_cause_get_next_step:
 * @cause: a cause
 *
 * Returns: what to do, translated
 */
const char *
pd_cause_get_next_step (const PdCause *cause)
{
  return _(cause->next_step);
}

/**
 * pd_cause_get_where_label:
 * @cause: a cause
 *
 * Returns: who shows the symptom, translated
 */
const char *
pd_cause_get_where_label (const PdCause *cause)
{
  static const char *const labels[] = {
    [PD_CAUSE_SELLER_CENTRAL] = N_("Seller Central"),
    [PD_CAUSE_SHOP_ADMIN] = N_("The shop’s admin"),
    [PD_CAUSE_SHOP_FRONT] = N_("What shoppers see"),
    [PD_CAUSE_CALL] = N_("The answer to a call"),
    [PD_CAUSE_COMPUTER] = N_("This computer"),
  };

  return _(labels[cause->where]);
}

/**
 * pd_cause_get_example:
 * @cause: a cause
 *
 * Returns: words by which it is known, as they are shown over there; not translated
 */
const char *
pd_cause_get_example (const PdCause *cause)
{
  for (const PdSign *sign = cause->signs; sign->text != NULL; sign++) {
    if ((sign->kind == PD_SIGN_PHRASE || sign->kind == PD_SIGN_CODE) && !sign->is_weak)
      return sign->text;
  }
  return cause->samples[0];
}
