/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-confirm.h"
#include "pd-set-aside.h"

/* The verbs of what is on the disk and in the keyring: saved, damaged, changed elsewhere, locked. */

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (pd_store_save_all_finish (PD_STORE (source), result, &error))
    pd_window_say (self, _("Saved"));
  else
    pd_window_say (self, error->message);
}

void
pd_window_save (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_store_save_all_async (pd_desk_get_store (self->desk), NULL, on_saved, g_object_ref (self));
}

static void
on_retried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!pd_secrets_retry_finish (PD_SECRETS (source), result, &error))
    pd_window_say (self, error->message);
  if (self->shop != NULL)
    pd_shop_ask_keyring (self->shop);
}

void
pd_window_retry_keyring (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  PdWindow *self = user_data;

  pd_secrets_retry_async (pd_desk_get_secrets (self->desk), NULL, on_retried, g_object_ref (self));
}

void
pd_window_show_damaged (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  PdWindow *self = user_data;
  GListModel *model = pd_store_get_set_aside (pd_desk_get_store (self->desk));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (PdSetAside) aside = g_list_model_get_item (model, i);

    g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n\n" : "", pd_set_aside_get_reason (aside),
                            pd_set_aside_get_path (aside));
  }
  pd_confirm_show (GTK_WIDGET (self), _("Files That Could Not Be Read"), text->str);
  g_string_free (text, TRUE);
}

static PdProfile *
find_conflict (PdWindow *self)
{
  GHashTableIter iter;
  gpointer profile;

  g_hash_table_iter_init (&iter, self->conflicts);
  return g_hash_table_iter_next (&iter, &profile, NULL) ? profile : NULL;
}

/* Says whose the next one is, the one that would be asked about, or nothing. */
void
pd_window_tell_conflicts (PdWindow *self)
{
  PdProfile *profile = find_conflict (self);
  g_autofree char *text = NULL;

  if (profile == NULL) {
    pd_banner_hide (self->conflict);
    return;
  }
  text = g_strdup_printf (_("“%s” was changed elsewhere at the same time"), pd_profile_get_name (profile));
  pd_banner_show (self->conflict, text);
}

/* Others may have come up while the person was reading: the answer is for the one that was asked about. */
static void
resolve (PdWindow *self,
         gboolean  keep_mine)
{
  g_autoptr (PdProfile) profile = g_steal_pointer (&self->asked);

  if (profile == NULL || self->desk == NULL || !g_hash_table_contains (self->conflicts, profile))
    return;
  pd_store_resolve (pd_desk_get_store (self->desk), profile, keep_mine);
  g_hash_table_remove (self->conflicts, profile);
  pd_window_tell_conflicts (self);
}

static void
keep_mine (gpointer user_data)
{
  resolve (user_data, TRUE);
}

static void
take_theirs (gpointer user_data)
{
  resolve (user_data, FALSE);
}

void
pd_window_show_conflict (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  PdWindow *self = user_data;
  PdProfile *profile = find_conflict (self);
  char **field_ids = profile != NULL ? g_hash_table_lookup (self->conflicts, profile) : NULL;
  g_autofree char *heading = NULL;
  GString *body;

  if (profile == NULL)
    return;
  g_set_object (&self->asked, profile);
  heading = g_strdup_printf (_("Which Values of “%s” Shall Stay?"), pd_profile_get_name (profile));
  body = g_string_new (NULL);
  for (; *field_ids != NULL; field_ids++) {
    g_autofree char *theirs = pd_store_get_theirs (pd_desk_get_store (self->desk), profile, *field_ids);
    const char *mine = g_str_equal (*field_ids, "name") ? pd_profile_get_name (profile) : pd_profile_get_text (profile, *field_ids);
    g_autofree char *part = g_strdup_printf (_("%s\nHere: %s\nElsewhere: %s"), pd_window_name_setting (*field_ids),
                                             *mine != '\0' ? mine : "–", theirs != NULL && *theirs != '\0' ? theirs : "–");

    g_string_append_printf (body, "%s%s", body->len > 0 ? "\n\n" : "", part);
  }
  pd_confirm_choose (GTK_WIDGET (self), heading, body->str, _("_Keep This Version"), _("_Use Other Version"), keep_mine, take_theirs, self);
  g_string_free (body, TRUE);
}
