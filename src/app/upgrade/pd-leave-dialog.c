/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-leave-dialog.h"

#include <glib/gi18n.h>

#include "pd-announce.h"
#include "pd-catalogue.h"
#include "pd-fit.h"
#include "pd-leaving.h"
#include "pd-statement-row.h"
#include "pd-wiper.h"

/**
 * PdLeaveDialog:
 *
 * Disconnects a shop: what to revoke at futureshop and at Amazon, each with its path, and the secrets here, which are deleted for good
 * and of which the keyring says then that they are gone. The rest of the shop's values stays.
 */
struct _PdLeaveDialog
{
  AdwWindow        parent_instance;
  PdShop          *shop;
  AdwToastOverlay *toasts;
  GtkBox          *box;
  GtkWidget       *here; /* the last group */
  PdWiper         *wiper;
};

G_DEFINE_FINAL_TYPE (PdLeaveDialog, pd_leave_dialog, ADW_TYPE_WINDOW)

static void
add_side (PdLeaveDialog *self,
          PdLeavingSide  side)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GPtrArray) steps = pd_leaving_list_steps (profile, side);
  GtkListBox *list;

  gtk_box_append (self->box, pd_statement_list_new (pd_leaving_get_heading (side), NULL, &list));
  for (guint i = 0; i < steps->len; i++) {
    const PdLeavingStep *step = g_ptr_array_index (steps, i);
    PdStatementRow *row = pd_statement_row_new (_(step->title), step->detail != NULL ? _(step->detail) : NULL);

    pd_statement_row_add_places (row, step->places, profile);
    gtk_list_box_append (list, GTK_WIDGET (row));
  }
}

/* The names of the secrets that are here, as far as the keyring has said. */
static char *
list_secrets (PdLeaveDialog *self)
{
  GString *names = g_string_new (NULL);
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    PdSecretState state = pd_field_is_secret (fields[i]) ? pd_shop_get_secret_state (self->shop, fields[i]->id) : PD_SECRET_NO;

    g_autoptr (GDateTime) noted = pd_profile_get_secret_stored (pd_shop_get_profile (self->shop), fields[i]->id);

    if (state == PD_SECRET_YES || state == PD_SECRET_PENDING || (state == PD_SECRET_UNKNOWN && noted != NULL))
      g_string_append_printf (names, "%s%s", names->len > 0 ? _(", ") : "", pd_field_get_label (fields[i]));
  }
  return g_string_free (names, FALSE);
}

static void
add_wipe_row (PdLeaveDialog *self,
              GtkListBox    *list)
{
  g_autofree char *names = list_secrets (self);
  g_autofree char *title = *names != '\0' ? g_strdup_printf (_("Delete this shop’s secrets for good: %s"), names)
                                          : g_strdup (_("Delete this shop’s secrets for good"));
  PdStatementRow *row = pd_statement_row_new (title, _("Undo does not bring them back. The IDs, URLs and the logo stay, until the shop itself is "
                                                       "deleted."));
  GtkWidget *button = pd_statement_row_add_button (row, _("Delete"));

  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_set_sensitive (button, !pd_wiper_is_busy (self->wiper));
  gtk_widget_set_tooltip_text (button, _("Delete the Secrets"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete the Secrets"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pd_leave_dialog_wipe), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (list, GTK_WIDGET (row));
}

/* What is on this computer, before and after. */
static void
refresh_here (PdLeaveDialog *self)
{
  const PdWipeProof *proof = pd_wiper_get_proof (self->wiper);
  GtkListBox *list;
  gboolean had_focus = self->here != NULL && (gtk_widget_get_state_flags (self->here) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (self->here != NULL)
    gtk_box_remove (self->box, self->here);
  self->here = pd_statement_list_new (_("On This Computer"), NULL, &list);
  if (proof == NULL || proof->left->len > 0)
    add_wipe_row (self, list);
  pd_wiper_add_rows (self->wiper, list, _("The keyring was asked again on %s: it holds no secret of this shop"));
  gtk_box_append (self->box, self->here);
  if (had_focus && !gtk_widget_child_focus (self->here, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_states_changed (PdLeaveDialog *self)
{
  if (!pd_wiper_is_busy (self->wiper) && pd_wiper_get_proof (self->wiper) == NULL)
    refresh_here (self);
}

/* What the window's own widgets say is said here, too. */
static void
say_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (PD_LEAVE_DIALOG (widget)->toasts, adw_toast_new (title));
  pd_announce (widget, text);
}

static void
pd_leave_dialog_dispose (GObject *object)
{
  PdLeaveDialog *self = PD_LEAVE_DIALOG (object);

  if (self->wiper != NULL)
    g_signal_handlers_disconnect_by_data (self->wiper, self);
  g_clear_object (&self->wiper);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_leave_dialog_parent_class)->dispose (object);
}

static void
pd_leave_dialog_class_init (PdLeaveDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_leave_dialog_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.say", "s", say_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
pd_leave_dialog_init (PdLeaveDialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "pd-view");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (all), bar);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, scroller);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Disconnect This Shop"));
}

/**
 * pd_leave_dialog_new:
 * @shop: an open shop
 * @parent: the window
 *
 * Returns: (transfer none): the dialog, owned by the toolkit
 */
PdLeaveDialog *
pd_leave_dialog_new (PdShop    *shop,
                     GtkWindow *parent)
{
  PdLeaveDialog *self = g_object_new (PD_TYPE_LEAVE_DIALOG, "transient-for", parent, NULL);
  g_autofree char *text = g_strdup_printf (_("So that “%s” can stop with Amazon Pay, or be connected to another account. Go from top to bottom: once the "
                                             "access is revoked, payments no longer work."),
                                           pd_profile_get_name (pd_shop_get_profile (shop)));
  GtkWidget *head = gtk_label_new (text);

  self->shop = g_object_ref (shop);
  self->wiper = pd_wiper_new (shop);
  pd_fit_size (GTK_WINDOW (self), parent, 640, 720);
  gtk_label_set_wrap (GTK_LABEL (head), TRUE);
  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_box_append (self->box, head);
  for (guint i = 0; i < PD_N_LEAVING_SIDES; i++)
    add_side (self, i);
  g_signal_connect_object (self->wiper, "changed", G_CALLBACK (refresh_here), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "secrets-changed", G_CALLBACK (on_states_changed), self, G_CONNECT_SWAPPED);
  refresh_here (self);
  return self;
}

/**
 * pd_leave_dialog_wipe:
 * @self: the dialog
 *
 * Deletes every secret of the shop for good, as the button does; then the keyring is asked again.
 */
void
pd_leave_dialog_wipe (PdLeaveDialog *self)
{
  pd_wiper_wipe (self->wiper, NULL);
}
