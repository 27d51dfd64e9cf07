/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-old-values.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-statement-row.h"
#include "pd-upgrade.h"
#include "pd-wiper.h"

/**
 * PdOldValues:
 *
 * The values that only a shop before the upgrade uses, when the shop is past it: which of them are still here, a button that deletes
 * them, and then what the keyring says when it is asked again. Not there for a shop that still uses them, or never had them.
 */
struct _PdOldValues
{
  AdwBin   parent_instance;
  PdShop  *shop;
  PdWiper *wiper;
};

G_DEFINE_FINAL_TYPE (PdOldValues, pd_old_values, ADW_TYPE_BIN)

static const char *
describe_state (PdSecretState state)
{
  switch (state) {
  case PD_SECRET_YES:
    return _("Stored in the keyring");
  case PD_SECRET_PENDING:
    return _("In memory only");
  case PD_SECRET_LOST:
    return _("Not in the keyring any more");
  case PD_SECRET_UNKNOWN:
    return _("The keyring could not be asked");
  case PD_SECRET_NO:
  default:
    return NULL;
  }
}

/* (nullable): where the value is kept; NULL: nowhere. */
static const char *
describe (PdOldValues   *self,
          const PdField *field)
{
  const PdWipeProof *proof = pd_wiper_get_proof (self->wiper);

  /* The proof is newer than what the shop remembers. */
  if (proof != NULL && !g_ptr_array_find_with_equal_func (proof->left, field->id, g_str_equal, NULL))
    return NULL;
  if (!pd_field_is_secret (field))
    return pd_profile_is_empty (pd_shop_get_profile (self->shop), field->id) ? NULL : _("In this shop’s file");
  return describe_state (pd_shop_get_secret_state (self->shop, field->id));
}

static guint
add_values (PdOldValues *self,
            GtkListBox  *list)
{
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();
  guint n = 0;

  for (guint i = 0; i < old->len; i++) {
    const PdField *field = g_ptr_array_index (old, i);
    const char *state = describe (self, field);

    if (state == NULL)
      continue;
    gtk_list_box_append (list, GTK_WIDGET (pd_statement_row_new (pd_field_get_label (field), state)));
    n++;
  }
  return n;
}

static void
add_button (PdOldValues *self,
            GtkListBox  *list)
{
  PdStatementRow *row = pd_statement_row_new (_("Delete them when the upgraded shop has taken a payment"),
                                              _("Until the shop is left, Undo brings them back. After that they can only be had from Seller "
                                                "Central again."));
  GtkWidget *button = pd_statement_row_add_button (row, _("Delete"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete the Old Values"), -1);
  gtk_widget_set_tooltip_text (button, _("Delete the Old Values"));
  gtk_widget_set_sensitive (button, !pd_wiper_is_busy (self->wiper));
  g_signal_connect_object (button, "clicked", G_CALLBACK (pd_old_values_delete), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (list, GTK_WIDGET (row));
}

static void
refresh (PdOldValues *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  GtkListBox *list;
  GtkWidget *group;
  guint n;
  gboolean had_focus = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  group = pd_statement_list_new (_("Old Values"),
                                 _("The upgraded shop does not use them any more. Nothing is deleted by itself; until it is deleted here, going back to "
                                   "“before the upgrade” finds it as it was."), &list);
  g_object_ref_sink (group);
  n = add_values (self, list);
  if (n > 0)
    add_button (self, list);
  pd_wiper_add_rows (self->wiper, list, _("The keyring was asked again on %s: none of them is there"));
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), pd_profile_get_generation (profile) != PD_GENERATION_BEFORE_UPGRADE &&
                                             (n > 0 || pd_wiper_has_rows (self->wiper)));
  g_object_unref (group);
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_text_changed (PdOldValues *self)
{
  pd_wiper_forget (self->wiper);
  refresh (self);
}

static void
pd_old_values_dispose (GObject *object)
{
  PdOldValues *self = PD_OLD_VALUES (object);

  if (self->wiper != NULL)
    g_signal_handlers_disconnect_by_data (self->wiper, self);
  g_clear_object (&self->wiper);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_old_values_parent_class)->dispose (object);
}

static void
pd_old_values_class_init (PdOldValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_old_values_dispose;
}

static void
pd_old_values_init (PdOldValues *self)
{
}

/**
 * pd_old_values_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): the section
 */
GtkWidget *
pd_old_values_new (PdShop *shop)
{
  PdOldValues *self = g_object_new (PD_TYPE_OLD_VALUES, NULL);
  PdProfile *profile = pd_shop_get_profile (shop);

  self->shop = g_object_ref (shop);
  self->wiper = pd_wiper_new (shop);
  g_signal_connect_object (self->wiper, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::generation", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "changed::access-key-id", G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "secrets-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * pd_old_values_delete:
 * @self: the section
 *
 * Deletes the old values, as the button does; then the keyring is asked again.
 */
void
pd_old_values_delete (PdOldValues *self)
{
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < old->len; i++)
    g_ptr_array_add (ids, (gpointer) ((const PdField *) g_ptr_array_index (old, i))->id);
  g_ptr_array_add (ids, NULL);
  pd_wiper_wipe (self->wiper, (const char *const *) ids->pdata);
}
