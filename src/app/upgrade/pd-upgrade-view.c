/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-upgrade-view.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-old-values.h"
#include "pd-places.h"
#include "pd-screens-view.h"
#include "pd-soon.h"
#include "pd-statement-row.h"
#include "pd-upgrade.h"

/**
 * PdUpgradeView:
 *
 * What follows from where the shop stands: how to make sure of it, the way through the upgrade and the step that ends it, what is
 * missing before and what changes for shoppers, and afterwards what is left over.
 */
struct _PdUpgradeView
{
  AdwBin     parent_instance;
  PdShop    *shop;
  GtkBox    *box;
  GtkWidget *screens;    /* owned; kept, as its pictures take time */
  GtkWidget *old_values; /* owned; kept, with what the keyring said */
  guint      rebuild_source;
};

/* Beside what the upgraded shop cannot do without: what shoppers see on its new screen, or what lets them through it. */
static const char *const shown_fields[] = { "store-name", "privacy-policy-url", "javascript-origins", "return-urls" };

/* What the view says depends on these. */
static const char *const watched_fields[] = {
  "setup-notice-date", "seller-id", "client-id", "mws-auth-token", "access-key-id",
  "store-name", "privacy-policy-url", "javascript-origins", "return-urls",
};

G_DEFINE_FINAL_TYPE (PdUpgradeView, pd_upgrade_view, ADW_TYPE_BIN)

static GtkListBox *
add_list (PdUpgradeView *self,
          const char    *title,
          const char    *description)
{
  GtkListBox *list;

  gtk_box_append (self->box, pd_statement_list_new (title, description, &list));
  return list;
}

static PdStatementRow *
add_row (GtkListBox *list,
         const char *title,
         const char *detail)
{
  PdStatementRow *row = pd_statement_row_new (title, detail);

  gtk_list_box_append (list, GTK_WIDGET (row));
  return row;
}

static void
add_contradictions (GtkListBox *list,
                    GPtrArray  *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const PdContradiction *contradiction = g_ptr_array_index (rows, i);
    PdStatementRow *row = add_row (list, _(contradiction->message), _(contradiction->next_step));

    pd_statement_row_set_verdict (row, contradiction->severity == PD_SEVERITY_ERROR ? PD_VERDICT_FAILED : PD_VERDICT_WARNING);
    pd_statement_row_add_field_button (row, pd_catalogue_lookup (contradiction->fields[0]));
  }
}

static void
add_standing (PdUpgradeView        *self,
              const PdUpgradeFacts *facts)
{
  GtkListBox *list = add_list (self, _("State of the Upgrade"), NULL);
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GPtrArray) contradictions = pd_upgrade_list_contradictions (facts);
  PdStatementRow *row;

  /* A state that the fields speak against is not said to be fine. */
  if (facts->generation == PD_GENERATION_BEFORE_UPGRADE || contradictions->len == 0) {
    row = add_row (list, pd_upgrade_describe_standing (facts), pd_upgrade_describe_deadline (facts));
    pd_statement_row_set_verdict (row, facts->generation == PD_GENERATION_BEFORE_UPGRADE ? PD_VERDICT_WARNING : PD_VERDICT_PASSED);
  }
  add_contradictions (list, contradictions);
  row = add_row (list, _("Not sure? The shop’s admin shows it"),
                 _("If “Amazon Payバージョンアップ設定” is shown at the bottom of the page, the upgrade is still to be done. Whether the shop is a new one "
                   "is decided by the day of futureshop’s notice “設定作業完了”, not by its first sale."));
  pd_statement_row_add_places (row, pd_places_upgrade, profile);
}

static void
on_done_clicked (PdUpgradeView *self)
{
  pd_profile_set_text (pd_shop_get_profile (self->shop), "generation", "after-upgrade", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Entered as upgraded. Undo takes it back."));
}

static void
add_done_button (PdUpgradeView  *self,
                 PdStatementRow *row)
{
  GtkWidget *button = pd_statement_row_add_button (row, _("Done"));

  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_tooltip_text (button, _("The Shop Is Upgraded"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The Shop Is Upgraded"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_done_clicked), self, G_CONNECT_SWAPPED);
}

/* The pattern of FAQ 8214, and its steps. */
static void
add_way (PdUpgradeView        *self,
         const PdUpgradeFacts *facts)
{
  const PdUpgradePattern *pattern = pd_upgrade_get_pattern (facts);
  g_autofree char *description = g_strdup_printf ("%s: %s", _(pattern->title), _(pattern->summary));
  GtkListBox *list = add_list (self, _("The Way Through the Upgrade"), description);
  g_autoptr (GPtrArray) steps = pd_upgrade_list_steps (facts);

  for (guint i = 0; i < steps->len; i++) {
    const PdUpgradeStep *step = g_ptr_array_index (steps, i);
    g_autofree char *title = g_strdup_printf ("%u. %s", i + 1, _(step->title));
    PdStatementRow *row = add_row (list, title, _(step->detail));

    pd_statement_row_add_places (row, step->places, pd_shop_get_profile (self->shop));
    pd_statement_row_add_places (row, step->more_places, pd_shop_get_profile (self->shop));
    if (step->ends)
      add_done_button (self, row);
  }
}

static void
add_preflight_row (PdUpgradeView *self,
                   GtkListBox    *list,
                   const PdField *field,
                   GHashTable    *stored,
                   PdVerdict      missing)
{
  PdPresence presence = pd_upgrade_get_presence (pd_shop_get_profile (self->shop), field->id, stored);
  g_autofree char *title = g_strdup_printf (presence == PD_PRESENCE_YES ? _("%s is there") :
                                            presence == PD_PRESENCE_NO ? _("%s is missing") : _("%s: the keyring could not be asked"),
                                            pd_field_get_label (field));
  PdStatementRow *row = add_row (list, title, NULL);

  pd_statement_row_set_verdict (row, presence == PD_PRESENCE_YES ? PD_VERDICT_PASSED :
                                     presence == PD_PRESENCE_NO ? missing : PD_VERDICT_UNDETERMINED);
  if (presence == PD_PRESENCE_NO)
    pd_statement_row_add_field_button (row, field);
}

static void
add_unused_row (GtkListBox *list)
{
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *title = NULL;

  for (guint i = 0; i < old->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _(", ") : "", pd_field_get_label (g_ptr_array_index (old, i)));
  title = g_strdup_printf (_("Not used any more afterwards: %s"), names->str);
  add_row (list, title, _("They stay here until they are deleted on purpose. Until then, going back finds everything as it was."));
}

static void
add_preflight (PdUpgradeView *self,
               GHashTable    *stored)
{
  GtkListBox *list = add_list (self, _("Before It Is Run"), NULL);
  g_autoptr (GPtrArray) needed = pd_upgrade_list_needed_fields ();

  for (guint i = 0; i < needed->len; i++)
    add_preflight_row (self, list, g_ptr_array_index (needed, i), stored, PD_VERDICT_FAILED);
  for (guint i = 0; i < G_N_ELEMENTS (shown_fields); i++)
    add_preflight_row (self, list, pd_catalogue_lookup (shown_fields[i]), stored, PD_VERDICT_WARNING);
  add_unused_row (list);
}

static void
add_changes (PdUpgradeView *self)
{
  GtkListBox *list = add_list (self, _("What Changes for Shoppers"), NULL);
  guint n_changes;
  const PdUpgradeChange *changes = pd_upgrade_get_changes (&n_changes);

  for (guint i = 0; i < n_changes; i++) {
    g_autofree char *before = g_strdup_printf (_("Until now: %s"), _(changes[i].before));

    add_row (list, _(changes[i].after), before);
  }
}

/* Until the keyring has answered, the profile's notes count; where it cannot be asked, nothing is known. */
static GHashTable *
list_stored (PdUpgradeView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  GHashTable *stored;
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  if (pd_shop_get_keyring_error (self->shop) != NULL)
    return NULL;
  stored = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_fields; i++) {
    PdSecretState state = pd_field_is_secret (fields[i]) ? pd_shop_get_secret_state (self->shop, fields[i]->id) : PD_SECRET_NO;
    g_autoptr (GDateTime) noted = pd_profile_get_secret_stored (profile, fields[i]->id);

    if (state == PD_SECRET_YES || state == PD_SECRET_PENDING || (state == PD_SECRET_UNKNOWN && noted != NULL))
      g_hash_table_add (stored, (gpointer) fields[i]->id);
  }
  return stored;
}

static void
rebuild (PdUpgradeView *self)
{
  GtkWidget *child;
  g_autoptr (GHashTable) stored = list_stored (self);
  gboolean had_focus = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  PdUpgradeFacts facts;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  pd_upgrade_gather (pd_shop_get_profile (self->shop), stored, &facts);
  add_standing (self, &facts);
  if (facts.generation == PD_GENERATION_BEFORE_UPGRADE) {
    add_way (self, &facts);
    add_preflight (self, stored);
    add_changes (self);
    gtk_box_append (self->box, self->screens);
  }
  gtk_box_append (self->box, self->old_values);
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_changed (PdUpgradeView *self)
{
  pd_soon (&self->rebuild_source, (PdSoonFunc) rebuild, self);
}

static void
pd_upgrade_view_dispose (GObject *object)
{
  PdUpgradeView *self = PD_UPGRADE_VIEW (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  g_clear_object (&self->screens);
  g_clear_object (&self->old_values);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_upgrade_view_parent_class)->dispose (object);
}

static void
pd_upgrade_view_class_init (PdUpgradeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_upgrade_view_dispose;
}

static void
pd_upgrade_view_init (PdUpgradeView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * pd_upgrade_view_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): what stands below the fields of the Upgrade view
 */
GtkWidget *
pd_upgrade_view_new (PdShop *shop)
{
  PdUpgradeView *self = g_object_new (PD_TYPE_UPGRADE_VIEW, NULL);
  PdProfile *profile = pd_shop_get_profile (shop);

  self->shop = g_object_ref (shop);
  self->screens = g_object_ref_sink (pd_screens_view_new (shop, TRUE));
  self->old_values = g_object_ref_sink (pd_old_values_new (shop));
  for (guint i = 0; i < G_N_ELEMENTS (watched_fields); i++) {
    g_autofree char *detail = g_strconcat ("changed::", watched_fields[i], NULL);

    g_signal_connect_object (profile, detail, G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  }
  g_signal_connect_object (profile, "notify::mode", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::generation", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "secrets-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
