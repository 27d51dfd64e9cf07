/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shop.h"

#include "pd-shape.h"

/**
 * PdShop:
 *
 * The shop that the window shows: its profile, and what is known of its secrets without their values. The window is
 * there first and the keyring answers later: until it has, the state of a secret is what the profile notes of it.
 *
 * Signal "secrets-changed": the keyring answered, or a secret was stored or deleted.
 * Signal "registered-changed" (char *field_id): the practice endpoint told what is registered.
 */
struct _PdShop
{
  GObject       parent_instance;
  PdDesk       *desk;
  PdProfile    *profile;
  GHashTable   *states; /* field id → PdSecretState; NULL until the keyring has answered */
  GError       *why;
  GHashTable   *registered; /* field id → value, of a practice shop */
  GCancellable *asking;
  gboolean      ask_again;
  guint         n_storing;
};

enum {
  SECRETS_CHANGED,
  REGISTERED_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdShop, pd_shop, G_TYPE_OBJECT)

static void
on_states (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdShop) self = user_data;
  g_autoptr (GError) why = NULL;
  g_autoptr (GHashTable) states = pd_desk_get_states_finish (PD_DESK (source), result, &why);

  g_clear_object (&self->asking);
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (states != NULL) {
    g_clear_pointer (&self->states, g_hash_table_unref);
    self->states = g_steal_pointer (&states);
  }
  g_clear_error (&self->why);
  self->why = g_steal_pointer (&why);
  g_signal_emit (self, signals[SECRETS_CHANGED], 0);
  if (self->ask_again)
    pd_shop_ask_keyring (self);
}

static void
on_secret_changed (PdShop     *self,
                   const char *profile_id,
                   const char *field_id)
{
  if (profile_id == NULL || g_str_equal (profile_id, pd_profile_get_id (self->profile)))
    pd_shop_ask_keyring (self);
}

static void
on_secret_put (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  PdShop *self = g_task_get_source_object (task);

  self->n_storing--;
  pd_shop_ask_keyring (self);
  if (!pd_desk_set_secret_finish (PD_DESK (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
pd_shop_dispose (GObject *object)
{
  PdShop *self = PD_SHOP (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->profile);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (pd_shop_parent_class)->dispose (object);
}

static void
pd_shop_finalize (GObject *object)
{
  PdShop *self = PD_SHOP (object);

  g_clear_pointer (&self->states, g_hash_table_unref);
  g_clear_error (&self->why);
  g_hash_table_unref (self->registered);
  G_OBJECT_CLASS (pd_shop_parent_class)->finalize (object);
}

static void
pd_shop_class_init (PdShopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_shop_dispose;
  object_class->finalize = pd_shop_finalize;

  signals[SECRETS_CHANGED] =
    g_signal_new ("secrets-changed", PD_TYPE_SHOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REGISTERED_CHANGED] =
    g_signal_new ("registered-changed", PD_TYPE_SHOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pd_shop_init (PdShop *self)
{
  self->registered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * pd_shop_new:
 * @desk: the desk
 * @profile: one of its profiles
 *
 * Opens a shop; the keyring is asked at once, in the background.
 *
 * Returns: (transfer full): the open shop
 */
PdShop *
pd_shop_new (PdDesk    *desk,
             PdProfile *profile)
{
  PdShop *self = g_object_new (PD_TYPE_SHOP, NULL);

  self->desk = g_object_ref (desk);
  self->profile = g_object_ref (profile);
  g_signal_connect_object (pd_desk_get_secrets (desk), "changed", G_CALLBACK (on_secret_changed), self, G_CONNECT_SWAPPED);
  pd_shop_ask_keyring (self);
  return self;
}

PdDesk *
pd_shop_get_desk (PdShop *self)
{
  return self->desk;
}

PdProfile *
pd_shop_get_profile (PdShop *self)
{
  return self->profile;
}

/* Whether the keyring has never answered for this shop, and is being asked. */
gboolean
pd_shop_is_asking (PdShop *self)
{
  return self->states == NULL && self->asking != NULL;
}

/**
 * pd_shop_get_secret_state:
 * @self: a shop
 * @field_id: a secret field
 *
 * Returns: what the keyring said of it; %PD_SECRET_UNKNOWN before it has answered
 */
PdSecretState
pd_shop_get_secret_state (PdShop     *self,
                          const char *field_id)
{
  gpointer state;

  if (pd_secrets_is_pending (pd_desk_get_secrets (self->desk), pd_profile_get_id (self->profile), field_id))
    return PD_SECRET_PENDING;
  if (self->states != NULL && g_hash_table_lookup_extended (self->states, field_id, NULL, &state))
    return GPOINTER_TO_UINT (state);
  return PD_SECRET_UNKNOWN;
}

/* (nullable) (transfer none): why the keyring could not be asked. */
const GError *
pd_shop_get_keyring_error (PdShop *self)
{
  return self->why;
}

/**
 * pd_shop_ask_keyring:
 * @self: a shop
 *
 * Asks which secrets are stored; asked while an answer is on its way, it asks once more after it.
 */
void
pd_shop_ask_keyring (PdShop *self)
{
  g_return_if_fail (PD_IS_SHOP (self));
  if (self->asking != NULL) {
    self->ask_again = TRUE;
    return;
  }
  self->ask_again = FALSE;
  self->asking = g_cancellable_new ();
  pd_desk_get_states_async (self->desk, self->profile, self->asking, on_states, g_object_ref (self));
}

/**
 * pd_shop_put_async:
 * @self: a shop
 * @field: the field
 * @value: a cleaned value for it
 * @cancellable: (nullable): to give up
 * @callback: when it is done
 * @user_data: for @callback
 *
 * Puts a value where it belongs: a secret into the keyring, all else into the profile. The text that stands for a
 * pre-set token is no secret (S054). Either can be undone.
 */
void
pd_shop_put_async (PdShop              *self,
                   const PdField       *field,
                   PdSecretText        *value,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, pd_shop_put_async);
  if (pd_field_is_secret (field) && !g_str_equal (pd_secret_text_peek (value), PD_PRESET_TOKEN)) {
    self->n_storing++;
    pd_desk_set_secret_async (self->desk, self->profile, field->id, value, cancellable, on_secret_put, task);
    return;
  }
  if (!pd_profile_set_text (self->profile, field->id, pd_secret_text_peek (value), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Whether a secret is on its way to the keyring. */
gboolean
pd_shop_is_storing (PdShop *self)
{
  return self->n_storing > 0;
}

/* Whether it is there now; else @error, and a secret that the keyring would not take is held (PD_SECRET_PENDING). */
gboolean
pd_shop_put_finish (PdShop        *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pd_shop_set_registered:
 * @self: a shop
 * @field_id: a field
 * @value: (nullable): what the practice endpoint has registered for it
 */
void
pd_shop_set_registered (PdShop     *self,
                        const char *field_id,
                        const char *value)
{
  if (value != NULL)
    g_hash_table_replace (self->registered, g_strdup (field_id), g_strdup (value));
  else
    g_hash_table_remove (self->registered, field_id);
  g_signal_emit (self, signals[REGISTERED_CHANGED], 0, field_id);
}

/* (nullable) (transfer none) */
const char *
pd_shop_get_registered (PdShop     *self,
                        const char *field_id)
{
  return g_hash_table_lookup (self->registered, field_id);
}
