/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-wiper.h"

#include <glib/gi18n.h>

#include "pd-statement-row.h"
#include "pd-time.h"

/**
 * PdWiper:
 *
 * A deletion of a shop's values that a view offers, what the keyring said when it was asked again, and why it failed.
 */
struct _PdWiper
{
  GObject       parent_instance;
  PdShop       *shop;
  PdWipeProof  *proof;   /* of the last deletion */
  char         *trouble; /* why it failed */
  GCancellable *wiping;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdWiper, pd_wiper, G_TYPE_OBJECT)

/* Stored again since, by an undo or elsewhere: the proof is of the past. */
static void
on_secret_changed (PdWiper    *self,
                   const char *profile_id)
{
  if (profile_id == NULL || g_str_equal (profile_id, pd_profile_get_id (pd_shop_get_profile (self->shop))))
    pd_wiper_forget (self);
}

static void
on_wiped (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdWiper) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->wiping);
  g_clear_pointer (&self->proof, pd_wipe_proof_free);
  g_clear_pointer (&self->trouble, g_free);
  self->proof = pd_wipe_finish (result, &error);
  if (error != NULL)
    self->trouble = g_strdup (error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_proof (PdWiper    *self,
           GtkListBox *list,
           const char *gone)
{
  g_autofree char *time = pd_time_describe (self->proof->asked);
  gboolean is_gone = self->proof->left->len == 0;
  g_autoptr (GString) title = g_string_new (is_gone ? gone : _("The keyring was asked again on %s, and some are still there"));
  PdStatementRow *row;

  g_string_replace (title, "%s", time, 1);
  row = pd_statement_row_new (title->str, is_gone ? NULL : _("Delete them again. If that changes nothing, delete them in the desktop’s "
                                                              "application for passwords and keys."));

  pd_statement_row_set_verdict (row, is_gone ? PD_VERDICT_PASSED : PD_VERDICT_FAILED);
  gtk_list_box_append (list, GTK_WIDGET (row));
}

static void
add_trouble (PdWiper    *self,
             GtkListBox *list)
{
  PdStatementRow *row = pd_statement_row_new (_("Nothing more was deleted"), self->trouble);

  pd_statement_row_set_verdict (row, PD_VERDICT_UNDETERMINED);
  gtk_list_box_append (list, GTK_WIDGET (row));
}

static void
pd_wiper_finalize (GObject *object)
{
  PdWiper *self = PD_WIPER (object);

  g_clear_object (&self->shop);
  g_clear_object (&self->wiping);
  g_clear_pointer (&self->proof, pd_wipe_proof_free);
  g_free (self->trouble);
  G_OBJECT_CLASS (pd_wiper_parent_class)->finalize (object);
}

static void
pd_wiper_class_init (PdWiperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_wiper_finalize;
  signals[CHANGED] = g_signal_new ("changed", PD_TYPE_WIPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_wiper_init (PdWiper *self)
{
}

/**
 * pd_wiper_new:
 * @shop: an open shop
 *
 * Returns: (transfer full): nothing has been deleted yet
 */
PdWiper *
pd_wiper_new (PdShop *shop)
{
  PdWiper *self = g_object_new (PD_TYPE_WIPER, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (pd_desk_get_secrets (pd_shop_get_desk (shop)), "changed", G_CALLBACK (on_secret_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * pd_wiper_wipe:
 * @self: the wiper
 * @field_ids: (nullable) (array zero-terminated=1): as pd_wipe_fields_async() has them; %NULL: every secret, as pd_wipe_all_async()
 *
 * Deletes them, unless a deletion is under way; then the keyring is asked again.
 */
void
pd_wiper_wipe (PdWiper           *self,
               const char *const *field_ids)
{
  PdDesk *desk = pd_shop_get_desk (self->shop);
  PdProfile *profile = pd_shop_get_profile (self->shop);

  if (self->wiping != NULL)
    return;
  self->wiping = g_cancellable_new ();
  if (field_ids != NULL)
    pd_wipe_fields_async (desk, profile, field_ids, self->wiping, on_wiped, g_object_ref (self));
  else
    pd_wipe_all_async (desk, profile, self->wiping, on_wiped, g_object_ref (self));
}

gboolean
pd_wiper_is_busy (PdWiper *self)
{
  return self->wiping != NULL;
}

/* (nullable) (transfer none): what the keyring said last. */
const PdWipeProof *
pd_wiper_get_proof (PdWiper *self)
{
  return self->proof;
}

gboolean
pd_wiper_has_rows (PdWiper *self)
{
  return self->proof != NULL || self->trouble != NULL;
}

/**
 * pd_wiper_add_rows:
 * @self: the wiper
 * @list: where the rows go
 * @gone: what is said of values that are gone; %s, where it stands, is when the keyring said so
 *
 * Adds what came of the last deletion, if there was one.
 */
void
pd_wiper_add_rows (PdWiper    *self,
                   GtkListBox *list,
                   const char *gone)
{
  if (self->trouble != NULL)
    add_trouble (self, list);
  if (self->proof != NULL)
    add_proof (self, list, gone);
}

/* What was deleted may be there again. */
void
pd_wiper_forget (PdWiper *self)
{
  if (self->wiping != NULL || self->proof == NULL)
    return;
  g_clear_pointer (&self->proof, pd_wipe_proof_free);
  g_signal_emit (self, signals[CHANGED], 0);
}
