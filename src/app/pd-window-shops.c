/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-window-private.h"

#include <glib/gi18n.h>

#include "pd-announce.h"
#include "pd-guide-place.h"
#include "pd-leave-dialog.h"
#include "pd-practice-shop.h"

/* The verbs of shops as a whole: made, taken away, brought back. */

#define UNDO_DELETE_SECONDS 12

void
pd_window_new_shop (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  PdWindow *self = user_data;
  PdStore *store = pd_desk_get_store (self->desk);
  g_autofree char *name = pd_store_make_name (store, _("New Shop"));
  g_autoptr (PdProfile) profile = pd_profile_new (name);
  g_autoptr (GError) error = NULL;

  if (!pd_store_add (store, profile, &error)) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, profile);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_API_INFORMATION);
  pd_window_ask_kind (self, TRUE);
}

static void
on_practice_shop_made (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdProfile) profile = pd_practice_shop_new_finish (result, &error);

  self->making_practice_shop = FALSE;
  pd_window_update_actions (self);
  if (profile == NULL) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, profile);
  pd_shop_page_set_view (pd_window_get_page (self), PD_VIEW_TESTS);
}

void
pd_window_new_practice_shop (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autofree char *name = pd_store_make_name (pd_desk_get_store (self->desk), _("Lantern & Co."));

  self->making_practice_shop = TRUE;
  pd_window_update_actions (self);
  pd_practice_shop_new_async (self->desk, name, PD_MODE_ENABLED, PD_GENERATION_NEW, "client-id", NULL,
                              on_practice_shop_made, g_object_ref (self));
}

void
pd_window_duplicate_shop (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  PdWindow *self = user_data;
  PdStore *store = pd_desk_get_store (self->desk);
  PdProfile *profile = pd_window_get_profile (self);
  g_autofree char *copied = g_strdup_printf (_("%s (copy)"), pd_profile_get_name (profile));
  g_autofree char *name = pd_store_make_name (store, copied);
  g_autoptr (GError) error = NULL;
  PdProfile *copy = pd_store_duplicate (store, profile, name, &error);

  if (copy == NULL) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, copy);
  pd_window_say (self, _("Duplicated without its secrets"));
  pd_shop_page_rename (pd_window_get_page (self));
}

static void
on_deletion_completed (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (PdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!pd_desk_complete_deletions_finish (PD_DESK (source), result, &error))
    pd_window_say (self, error->message);
}

static char *
take_deletion (PdWindow   *self,
               const char *id)
{
  GList *link = g_queue_find_custom (self->deletions, id, (GCompareFunc) g_strcmp0);
  char *taken = link != NULL ? link->data : NULL;

  if (link != NULL)
    g_queue_delete_link (self->deletions, link);
  return taken;
}

static void
on_deletion_toast_gone (AdwToast *toast,
                        gpointer  user_data)
{
  PdWindow *self = user_data;
  g_autofree char *id = take_deletion (self, g_object_get_data (G_OBJECT (toast), "profile"));

  /* A window that is destroyed takes its toasts with it: the next start finishes the deletion. */
  if (id == NULL || self->desk == NULL)
    return;
  pd_guide_place_forget (id);
  pd_desk_complete_deletions_async (self->desk, id, NULL, on_deletion_completed, g_object_ref (self));
}

void
pd_window_delete_shop (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  PdWindow *self = user_data;
  g_autoptr (PdProfile) profile = g_object_ref (pd_window_get_profile (self));
  const char *id = pd_profile_get_id (profile);
  g_autofree char *name = g_markup_escape_text (pd_profile_get_name (profile), -1);
  g_autofree char *title = g_strdup_printf (_("Deleted “%s”"), name);
  g_autofree char *said = g_strdup_printf (_("Deleted “%s”"), pd_profile_get_name (profile));
  guint position = pd_window_is_in_list (self) ? pd_shop_list_get_position (self->list) : GTK_INVALID_LIST_POSITION;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  pd_tester_cancel (self->tester, profile);
  if (!pd_desk_delete_profile (self->desk, profile, &error)) {
    pd_window_say (self, error->message);
    return;
  }
  pd_window_open_shop (self, NULL);
  /* On the shop that came after it. */
  if (position != GTK_INVALID_LIST_POSITION)
    pd_shop_list_focus_at (self->list, position);
  g_queue_push_head (self->deletions, g_strdup (id));
  toast = adw_toast_new (title);
  adw_toast_set_timeout (toast, UNDO_DELETE_SECONDS);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-delete");
  adw_toast_set_action_target (toast, "s", id);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "profile", g_strdup (id), g_free);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_deletion_toast_gone), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  pd_announce (GTK_WIDGET (self), said);
  pd_window_update_actions (self);
}

void
pd_window_disconnect_shop (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  PdWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (pd_leave_dialog_new (self->shop, GTK_WINDOW (self))));
}

void
pd_window_bring_back (PdWindow   *self,
                      const char *wanted)
{
  g_autofree char *id = take_deletion (self, wanted);
  g_autoptr (GError) error = NULL;
  PdProfile *profile;

  if (id == NULL)
    return;
  if (!pd_desk_undo_delete (self->desk, id, &error)) {
    pd_window_say (self, error->message);
    return;
  }
  profile = pd_store_find (pd_desk_get_store (self->desk), id, NULL);
  if (profile != NULL)
    pd_window_open_shop (self, profile);
  pd_window_update_actions (self);
}

void
pd_window_undo_delete (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  pd_window_bring_back (user_data, g_variant_get_string (parameter, NULL));
}

void
pd_window_shop_properties (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  pd_shop_page_rename (pd_window_get_page (user_data));
}

/* Completes what could still be undone, all of it, for a window that closes. */
void
pd_window_finish_deletions (PdWindow            *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_queue_clear_full (self->deletions, g_free);
  pd_desk_complete_deletions_async (self->desk, NULL, NULL, callback, user_data);
}
