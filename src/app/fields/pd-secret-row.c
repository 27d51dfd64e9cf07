/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-secret-row.h"

#include <glib/gi18n.h>

#include "pd-announce.h"
#include "pd-catalogue.h"
#include "pd-clean.h"
#include "pd-column-layout.h"
#include "pd-confirm.h"
#include "pd-error.h"
#include "pd-field-tools.h"
#include "pd-field-widget.h"
#include "pd-key.h"
#include "pd-note-row.h"
#include "pd-secret-clipboard.h"
#include "pd-secret-reveal.h"
#include "pd-shape.h"
#include "pd-time.h"

/**
 * PdSecretRow:
 *
 * A field whose value is in the keyring. The row says whether it is there; the value itself is in no widget: Reveal and
 * Copy fetch it for the moment, and an entry exists only while a new value is typed.
 */
struct _PdSecretRow
{
  AdwActionRow   parent_instance;
  PdShop        *shop;
  const PdField *field;
  PdNoteRow     *note;
  GtkWidget     *enter;
  GtkWidget     *copy;
  GtkWidget     *menu;
  GtkWidget     *entry;  /* while something is typed */
  GtkWidget     *reveal; /* weak: while the value is shown */
  guint          entry_source;
  PdSecretText  *astray; /* typed or pasted here, and belonging elsewhere */
  char          *trouble;
  PdCleaned      cleaned;
  gboolean       busy;
  GCancellable  *cancellable;
};

static const PdField *
pd_secret_row_get_field (PdFieldWidget *widget)
{
  return PD_SECRET_ROW (widget)->field;
}

static GtkWidget *
pd_secret_row_get_note (PdFieldWidget *widget)
{
  return GTK_WIDGET (PD_SECRET_ROW (widget)->note);
}

static void
pd_secret_row_focus (PdFieldWidget *widget)
{
  PdSecretRow *self = PD_SECRET_ROW (widget);

  if (self->entry != NULL)
    gtk_widget_grab_focus (self->entry);
  else if (gtk_widget_get_visible (self->enter))
    gtk_widget_grab_focus (self->enter);
  else
    gtk_widget_grab_focus (self->menu);
}

static void
pd_secret_row_iface_init (PdFieldWidgetInterface *iface)
{
  iface->get_field = pd_secret_row_get_field;
  iface->get_note = pd_secret_row_get_note;
  iface->focus = pd_secret_row_focus;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdSecretRow, pd_secret_row, ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (PD_TYPE_FIELD_WIDGET, pd_secret_row_iface_init))

static gboolean
is_preset (PdSecretRow *self)
{
  return *pd_profile_get_text (pd_shop_get_profile (self->shop), self->field->id) != '\0';
}

/* Why nobody knows: what is to be done about it stands above the views. */
static const char *
describe_unknown (PdSecretRow *self)
{
  static const struct { int code; const char *text; } reasons[] = {
    { PD_ERROR_KEYRING_LOCKED, N_("Unknown: the keyring is locked") },
    { PD_ERROR_KEYRING_ABSENT, N_("Unknown: this desktop has no keyring") },
    { PD_ERROR_KEYRING_DENIED, N_("Unknown: the keyring was not opened") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if (g_error_matches (pd_shop_get_keyring_error (self->shop), PD_ERROR, reasons[i].code))
      return _(reasons[i].text);
  }
  return _("Unknown: the keyring does not answer");
}

static char *
describe (PdSecretRow   *self,
          PdSecretState  state)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GDateTime) stored = pd_profile_get_secret_stored (profile, self->field->id);
  g_autofree char *date = stored != NULL ? pd_time_describe_day (stored) : NULL;

  if (self->busy)
    return g_strdup (_("Storing…"));
  if (is_preset (self))
    return g_strdup_printf (_("Pre-set by Amazon: %s"), pd_profile_get_text (profile, self->field->id));
  if (pd_shop_is_asking (self->shop))
    return g_strdup (_("Asking the keyring…"));
  switch (state) {
  case PD_SECRET_YES:
    return date != NULL ? g_strdup_printf (_("Stored on %s"), date) : g_strdup (_("Stored"));
  case PD_SECRET_NO:
    return g_strdup (_("Not stored"));
  case PD_SECRET_LOST:
    return date != NULL ? g_strdup_printf (_("Lost: stored on %s, and no longer in the keyring"), date)
           : g_strdup (_("Lost: no longer in the keyring"));
  case PD_SECRET_PENDING:
    return g_strdup (_("Not stored yet: only in memory"));
  case PD_SECRET_UNKNOWN:
  default:
    return g_strdup (describe_unknown (self));
  }
}

static void
on_moved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdSecretRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!pd_shop_put_finish (PD_SHOP (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", error->message);
}

static void
move_astray (GtkWidget  *widget,
             const char *other_id)
{
  PdSecretRow *self = PD_SECRET_ROW (widget);
  g_autoptr (PdSecretText) value = g_steal_pointer (&self->astray);

  if (value == NULL)
    return;
  pd_shop_put_async (self->shop, pd_catalogue_lookup (other_id), value, NULL, on_moved, g_object_ref (self));
  gtk_widget_activate_action (widget, "shop.go-to-field", "s", other_id);
}

static void
drop_astray (GtkWidget  *widget,
             const char *detail)
{
  g_clear_pointer (&PD_SECRET_ROW (widget)->astray, pd_secret_text_unref);
}

static void
retry_keyring (GtkWidget  *widget,
               const char *detail)
{
  gtk_widget_activate_action (widget, "win.retry-keyring", NULL);
}

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* What comes before what goes, and nothing insensitive meanwhile: so the focus stays in the row. */
static void
show_controls (PdSecretRow *self,
               gboolean     enter,
               gboolean     copy,
               gboolean     menu)
{
  gboolean loses = (!enter && has_focus (self->enter)) || (!copy && has_focus (self->copy)) || (!menu && has_focus (self->menu));
  const struct { GtkWidget *widget; gboolean visible; } controls[] = { { self->enter, enter }, { self->copy, copy }, { self->menu, menu } };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++) {
    if (controls[i].visible)
      gtk_widget_set_visible (controls[i].widget, TRUE);
  }
  if (loses)
    gtk_widget_grab_focus (menu ? self->menu : self->enter);
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    gtk_widget_set_visible (controls[i].widget, controls[i].visible);
}

static void
refresh (PdSecretRow *self)
{
  PdSecretState state = pd_shop_get_secret_state (self->shop, self->field->id);
  g_autofree char *subtitle = describe (self, state);
  gboolean there = !is_preset (self) && (state == PD_SECRET_YES || state == PD_SECRET_PENDING);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  show_controls (self, !there && !is_preset (self), there, there || is_preset (self) || state == PD_SECRET_LOST);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "secret.reveal", there);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "secret.copy", there);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), gtk_widget_get_visible (self->enter) ? self->enter : self->menu);

  pd_note_row_begin (self->note);
  if (self->astray != NULL) {
    const PdField *other = pd_shape_recognise (pd_secret_text_peek (self->astray), self->field);
    g_autofree char *message = g_strdup_printf (_("This looks like the %s."), pd_field_get_label (other));
    g_autofree char *move = g_strdup_printf (_("Move to %s"), pd_field_get_label (other));

    pd_note_row_add (self->note, PD_SEVERITY_WARNING, message, move, G_CALLBACK (move_astray), other->id);
    pd_note_row_add (self->note, PD_SEVERITY_HINT, _("It is not stored here."), _("Discard"), G_CALLBACK (drop_astray), NULL);
  }
  if (self->trouble != NULL)
    pd_note_row_add (self->note, PD_SEVERITY_ERROR, self->trouble, NULL, NULL, NULL);
  if (state == PD_SECRET_PENDING)
    pd_note_row_add (self->note, PD_SEVERITY_WARNING,
                     _("The keyring has not taken this value yet. It is lost when Paydesk is closed."),
                     _("Try Again"), G_CALLBACK (retry_keyring), NULL);
  if (state == PD_SECRET_LOST && self->trouble == NULL)
    pd_note_row_add (self->note, PD_SEVERITY_WARNING, _("Enter it again, or bring the keyring back."), NULL, NULL, NULL);
  if (self->cleaned != PD_CLEAN_NOTHING) {
    g_autofree char *what = pd_clean_describe (self->cleaned);

    pd_note_row_add (self->note, PD_SEVERITY_HINT, what, NULL, NULL, NULL);
  }
  pd_field_widget_note_mark (PD_FIELD_WIDGET (self), self->shop, self->note);
  pd_note_row_end (self->note);
}

/* The focus may be in the row by now, or gone with the entry. */
static void
say_state (PdSecretRow *self,
           const char  *state)
{
  g_autofree char *text = g_strdup_printf (_("%s: %s"), pd_field_get_label (self->field), state);

  pd_announce (GTK_WIDGET (self), text);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdSecretRow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = pd_shop_put_finish (PD_SHOP (source), result, &error);

  self->busy = FALSE;
  if (self->shop == NULL)
    return;
  g_clear_pointer (&self->trouble, g_free);
  if (!done)
    self->trouble = g_strdup (error->message);
  refresh (self);
  say_state (self, done ? _("Stored") : self->trouble);
}

static void
store (PdSecretRow  *self,
       PdSecretText *value)
{
  self->busy = TRUE;
  g_clear_pointer (&self->trouble, g_free);
  pd_shop_put_async (self->shop, self->field, value, NULL, on_stored, g_object_ref (self));
  refresh (self);
}

static gboolean
remove_entry (gpointer user_data)
{
  PdSecretRow *self = user_data;
  GtkWidget *entry = g_steal_pointer (&self->entry);
  GtkWidget *list = entry != NULL ? gtk_widget_get_parent (entry) : NULL;
  gboolean focused = entry != NULL && (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  self->entry_source = 0;
  if (list != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), entry);
  if (focused)
    pd_secret_row_focus (PD_FIELD_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Empties the entry now, and takes it away when whoever called is done with it. */
static void
close_entry (PdSecretRow *self)
{
  if (self->entry == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (self->entry_source == 0)
    self->entry_source = g_idle_add (remove_entry, self);
}

static void
take_entered (PdSecretRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (PdSecretText) value = NULL;
  char *cleaned;

  if (*text == '\0') {
    close_entry (self);
    return;
  }
  cleaned = pd_clean_value (self->field, text, &self->cleaned);
  value = pd_secret_text_new (cleaned);
  pd_secret_wipe (cleaned, strlen (cleaned));
  g_free (cleaned);
  close_entry (self);

  g_clear_pointer (&self->astray, pd_secret_text_unref);
  if (pd_secret_text_get_length (value) == 0)
    refresh (self);
  else if (pd_shape_recognise (pd_secret_text_peek (value), self->field) != NULL) {
    self->astray = g_steal_pointer (&value);
    refresh (self);
  } else {
    store (self, value);
  }
}

static void
on_entry_left (PdSecretRow *self)
{
  if (self->entry != NULL && self->entry_source == 0)
    take_entered (self);
}

static gboolean
on_entry_key (PdSecretRow     *self,
              guint            keyval,
              guint            keycode,
              GdkModifierType  state)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_entry (self);
  return GDK_EVENT_STOP;
}

static void
open_entry (PdSecretRow *self)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkEventController *focus, *key;
  g_autofree char *title = NULL;

  if (self->busy || self->entry != NULL || !GTK_IS_LIST_BOX (list))
    return;
  self->cleaned = PD_CLEAN_NOTHING;
  self->entry = adw_password_entry_row_new ();
  title = g_strdup_printf (_("New %s"), pd_field_get_label (self->field));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->entry), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), title);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (take_entered), self, G_CONNECT_SWAPPED);

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_entry_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_entry_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, key);

  pd_note_row_set_entry (self->note, self->entry);
  gtk_list_box_insert (GTK_LIST_BOX (list), self->entry, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self)) + 1);
  gtk_widget_grab_focus (self->entry);
}

static void
on_replace_confirmed (gpointer user_data)
{
  open_entry (user_data);
}

static void
enter_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PdSecretRow *self = PD_SECRET_ROW (widget);

  if (!is_preset (self)) {
    open_entry (self);
    return;
  }
  pd_confirm_ask (widget, _("Replace the Pre-Set Token?"),
                  _("Amazon has set this token up itself. The manual says neither to delete nor to change it."),
                  _("_Replace"), TRUE, on_replace_confirmed, self);
}

typedef void (* WithSecret) (PdSecretRow *self, PdSecretText *secret);

typedef struct
{
  PdSecretRow *self;
  WithSecret   then;
} Fetching;

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fetching *fetching = user_data;
  g_autoptr (PdSecretRow) self = fetching->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdSecretText) secret = pd_secrets_lookup_finish (PD_SECRETS (source), result, &error);
  WithSecret then = fetching->then;

  g_free (fetching);
  if (self->shop == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->trouble, g_free);
  if (secret != NULL)
    then (self, secret);
  else if (error != NULL)
    self->trouble = g_strdup (error->message);
  pd_shop_ask_keyring (self->shop);
  refresh (self);
}

static void
fetch (PdSecretRow *self,
       WithSecret   then)
{
  PdSecrets *secrets = pd_desk_get_secrets (pd_shop_get_desk (self->shop));
  Fetching *fetching = g_new0 (Fetching, 1);

  fetching->self = g_object_ref (self);
  fetching->then = then;
  pd_secrets_lookup_async (secrets, pd_profile_get_id (pd_shop_get_profile (self->shop)), self->field->id,
                           self->cancellable, on_fetched, fetching);
}

/* A key is kept as one line of DER; outside the keyring people want PEM. */
static PdSecretText *
to_outside (PdSecretRow  *self,
            PdSecretText *secret)
{
  g_autoptr (PdKey) key = NULL;

  if (self->field->shape == &pd_shape_private_key)
    key = pd_key_new_private (pd_secret_text_peek (secret), pd_secret_text_get_length (secret), NULL);
  return key != NULL ? pd_key_to_pem (key) : pd_secret_text_ref (secret);
}

static void
copy_secret (PdSecretRow  *self,
             PdSecretText *secret)
{
  g_autoptr (PdSecretText) outside = to_outside (self, secret);
  g_autofree char *said = g_strdup_printf (_("%s copied; the clipboard is cleared after %d seconds"),
                                           pd_field_get_label (self->field), PD_SECRET_CLIPBOARD_SECONDS);

  pd_secret_clipboard_copy (gtk_widget_get_clipboard (GTK_WIDGET (self)), outside, PD_SECRET_CLIPBOARD_SECONDS);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", said);
}

static void
reveal_secret (PdSecretRow  *self,
               PdSecretText *secret)
{
  g_autoptr (PdSecretText) outside = to_outside (self, secret);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_set_weak_pointer (&self->reveal, pd_secret_reveal_show (GTK_WIDGET (self), outside, PD_SECRET_REVEAL_SECONDS));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  fetch (PD_SECRET_ROW (widget), copy_secret);
}

static void
reveal_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  fetch (PD_SECRET_ROW (widget), reveal_secret);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PdSecretRow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = pd_desk_unset_secret_finish (PD_DESK (source), result, &error);

  if (self->shop == NULL)
    return;
  g_clear_pointer (&self->trouble, g_free);
  if (!done)
    self->trouble = g_strdup (error->message);
  else {
    g_autofree char *said = g_strdup_printf (_("%s deleted; Undo brings it back"), pd_field_get_label (self->field));

    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", said);
  }
  pd_shop_ask_keyring (self->shop);
  refresh (self);
}

static void
delete_now (gpointer user_data)
{
  PdSecretRow *self = user_data;

  if (self->shop == NULL || self->busy)
    return;
  if (is_preset (self))
    pd_profile_set_text (pd_shop_get_profile (self->shop), self->field->id, "", NULL);
  else
    pd_desk_unset_secret_async (pd_shop_get_desk (self->shop), pd_shop_get_profile (self->shop), self->field->id, NULL,
                                on_deleted, g_object_ref (self));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PdSecretRow *self = PD_SECRET_ROW (widget);

  if (is_preset (self))
    pd_confirm_ask (widget, _("Delete the Pre-Set Token?"),
                    _("Amazon has set this token up itself. The manual says neither to delete nor to change it."),
                    _("_Delete"), TRUE, delete_now, self);
  else
    delete_now (self);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("_Reveal"), "secret.reveal");
  g_menu_append (menu, _("_Copy"), "secret.copy");
  g_menu_append (menu, _("Re_place…"), "secret.enter");
  g_menu_append (menu, _("_Delete"), "secret.delete");
  return G_MENU_MODEL (menu);
}

static void
pd_secret_row_dispose (GObject *object)
{
  PdSecretRow *self = PD_SECRET_ROW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->reveal != NULL && gtk_widget_get_parent (self->reveal) == GTK_WIDGET (self))
    gtk_widget_unparent (self->reveal);
  g_clear_weak_pointer (&self->reveal);
  g_clear_handle_id (&self->entry_source, g_source_remove);
  g_clear_pointer (&self->astray, pd_secret_text_unref);
  g_clear_object (&self->note);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_secret_row_parent_class)->dispose (object);
}

static void
pd_secret_row_finalize (GObject *object)
{
  PdSecretRow *self = PD_SECRET_ROW (object);

  g_free (self->trouble);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (pd_secret_row_parent_class)->finalize (object);
}

static void
pd_secret_row_class_init (PdSecretRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_secret_row_dispose;
  object_class->finalize = pd_secret_row_finalize;
  gtk_widget_class_install_action (widget_class, "secret.enter", NULL, enter_action);
  gtk_widget_class_install_action (widget_class, "secret.reveal", NULL, reveal_action);
  gtk_widget_class_install_action (widget_class, "secret.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "secret.delete", NULL, delete_action);
}

static void
pd_secret_row_init (PdSecretRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->note = pd_note_row_new (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * pd_secret_row_new:
 * @shop: an open shop
 * @field: a secret field
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_secret_row_new (PdShop        *shop,
                   const PdField *field)
{
  g_autofree char *title = pd_field_widget_make_title (field);
  g_autofree char *detail = g_strconcat ("changed::", field->id, NULL);
  g_autofree char *enter_label = g_strdup_printf (_("Enter %s"), pd_field_get_label (field));
  g_autofree char *copy_label = g_strdup_printf (_("Copy %s"), pd_field_get_label (field));
  g_autofree char *menu_label = g_strdup_printf (_("%s: More"), pd_field_get_label (field));
  g_autoptr (GMenuModel) menu = make_menu ();
  PdSecretRow *self = g_object_new (PD_TYPE_SECRET_ROW, "title", title, NULL);

  self->shop = g_object_ref (shop);
  self->field = field;

  self->enter = gtk_button_new_with_label (_("Enter…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->enter), "secret.enter");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enter), GTK_ACCESSIBLE_PROPERTY_LABEL, enter_label, -1);
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy), "secret.copy");
  gtk_widget_set_tooltip_text (self->copy, _("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copy_label, -1);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_widget_set_tooltip_text (self->menu, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, menu_label, -1);
  for (GtkWidget **widget = (GtkWidget *[]) { self->enter, self->copy, self->menu, NULL }; *widget != NULL; widget++) {
    gtk_widget_set_valign (*widget, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class (*widget, "flat");
    adw_action_row_add_suffix (ADW_ACTION_ROW (self), *widget);
  }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), pd_field_tools_new (shop, field));

  g_signal_connect_object (self->note, "acted", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "secrets-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  pd_column_layout_apply (GTK_WIDGET (self));
  refresh (self);
  return GTK_WIDGET (self);
}
