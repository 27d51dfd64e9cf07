/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-notification-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-error.h"
#include "pd-file-picker.h"
#include "pd-file-read.h"
#include "pd-member-row.h"
#include "pd-notification-certificate.h"
#include "pd-placeholder.h"
#include "pd-verdict-row.h"
#include "pd-wrap.h"

/* Beyond what SNS delivers, so that too much is seen to be too much. */
#define MAX_FILE       (600 * 1024)
#define JUDGE_DELAY_MS 150

/**
 * PdNotificationInspector:
 *
 * Takes a notification in as text, and says whether it is genuine, whom it is for, and what it says. A certificate comes from
 * a file, or from Amazon when that is asked for; that of the practice endpoint counts for practice only.
 */
struct _PdNotificationInspector
{
  AdwBin               parent_instance;
  PdShop              *shop;
  PdNotification      *notification; /* NULL while there is no text */
  GBytes              *certificate;  /* that of a file, or NULL */
  GHashTable          *fetched;      /* URL → GBytes */
  GCancellable        *fetching;
  char                *trouble;      /* of the last fetch or file */
  guint                judge_source;
  GtkTextView         *text;
  GtkWidget           *placeholder;
  AdwPreferencesGroup *verdict;
  GtkListBox          *questions;
  PdVerdictRow        *form;
  PdVerdictRow        *signature;
  PdVerdictRow        *merchant;
  AdwActionRow        *certificate_row;
  GtkWidget           *fetch_button;
  GtkWidget           *cancel_button;
  GtkSpinner          *spinner;
  GtkWidget           *message;
  GtkListBox          *members;
  GtkWidget           *envelope;
  GtkListBox          *envelope_members;
};

G_DEFINE_FINAL_TYPE (PdNotificationInspector, pd_notification_inspector, ADW_TYPE_BIN)

static void
fill (GtkListBox *list,
      GPtrArray  *members)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  for (guint i = 0; members != NULL && i < members->len; i++)
    gtk_list_box_append (list, pd_member_row_new (g_ptr_array_index (members, i)));
}

static gboolean
is_practice (PdNotificationInspector *self)
{
  return pd_profile_get_environment (pd_shop_get_profile (self->shop)) == PD_ENVIRONMENT_PRACTICE;
}

/* (nullable) (transfer none) */
static GBytes *
find_certificate (PdNotificationInspector *self)
{
  const char *url = pd_notification_get_member (self->notification, "SigningCertURL");

  if (self->certificate != NULL)
    return self->certificate;
  return url != NULL ? g_hash_table_lookup (self->fetched, url) : NULL;
}

static void
tell_fault (PdNotificationInspector *self,
            PdVerdictRow            *row)
{
  PdNotificationFault fault = pd_notification_get_fault (self->notification);
  g_autofree char *why = pd_notification_dup_why (self->notification);
  const char *detail = why + strlen (pd_notification_fault_to_id (fault));
  g_autofree char *text = g_str_has_prefix (detail, ": ")
    ? g_strdup_printf ("%s (%s)\n%s", pd_notification_fault_get_meaning (fault), detail + 2, pd_notification_fault_get_next_step (fault))
    : g_strdup_printf ("%s\n%s", pd_notification_fault_get_meaning (fault), pd_notification_fault_get_next_step (fault));

  pd_verdict_row_set (row, PD_VERDICT_FAILED, text);
}

static gboolean
judge_form (PdNotificationInspector *self)
{
  const char *kind = pd_notification_get_kind (self->notification);
  const char *generation = pd_notification_get_generation (self->notification);
  g_autofree char *text = NULL;

  if (pd_notification_get_fault (self->notification) != PD_NOTIFICATION_FINE) {
    tell_fault (self, self->form);
    return FALSE;
  }
  if (generation == NULL)
    text = g_strdup_printf (_("It is whole, and of the kind “%s”."), kind);
  else
    text = g_strdup (g_str_equal (generation, "v2") ? _("It is whole, and of Amazon Pay API v2.") : _("It is whole, and of the legacy API (before the upgrade)."));
  pd_verdict_row_set (self->form, PD_VERDICT_PASSED, text);
  return TRUE;
}

static void
judge_signature (PdNotificationInspector *self,
                 gboolean                 has_form)
{
  GBytes *certificate = find_certificate (self);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (!has_form) {
    pd_verdict_row_set (self->signature, PD_VERDICT_SKIPPED, _("Not judged, as its form is not right."));
    return;
  }
  if (certificate == NULL) {
    pd_verdict_row_set (self->signature, PD_VERDICT_UNDETERMINED,
                        _("The certificate that the message names is needed: fetch it from Amazon, or open it from a file."));
    return;
  }
  if (pd_notification_certificate_is_practice (certificate) && !is_practice (self)) {
    pd_verdict_row_set (self->signature, PD_VERDICT_FAILED,
                        _("It is signed by the practice endpoint. That counts only while the shop’s test calls go there."));
    return;
  }
  if (pd_notification_verify (self->notification, g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate)) != PD_NOTIFICATION_FINE) {
    tell_fault (self, self->signature);
    return;
  }
  name = pd_notification_certificate_dup_name (certificate);
  text = g_strdup_printf (_("Signed with the certificate of %s, by version %s."), name,
                          pd_notification_get_member (self->notification, "SignatureVersion"));
  pd_verdict_row_set (self->signature, PD_VERDICT_PASSED, text);
}

static void
judge_merchant (PdNotificationInspector *self)
{
  const char *seller_id = pd_profile_get_text (pd_shop_get_profile (self->shop), "seller-id");
  const char *merchant_id = pd_notification_get_merchant_id (self->notification);
  g_autofree char *text = NULL;

  if (merchant_id == NULL) {
    pd_verdict_row_set (self->merchant, PD_VERDICT_SKIPPED, _("The message names no shop."));
  } else if (*seller_id == '\0') {
    text = g_strdup_printf (_("It is for the Seller ID %s. That of this shop is not entered here yet."), merchant_id);
    pd_verdict_row_set (self->merchant, PD_VERDICT_UNDETERMINED, text);
  } else if (g_str_equal (merchant_id, seller_id)) {
    text = g_strdup_printf (_("It is for this shop’s Seller ID, %s."), merchant_id);
    pd_verdict_row_set (self->merchant, PD_VERDICT_PASSED, text);
  } else {
    text = g_strdup_printf (_("It is for the Seller ID %s; this shop’s is %s. If that is another shop’s, its notification URL in Seller Central leads here."),
                            merchant_id, seller_id);
    pd_verdict_row_set (self->merchant, PD_VERDICT_FAILED, text);
  }
}

static void
refresh_certificate (PdNotificationInspector *self)
{
  const char *url = pd_notification_get_member (self->notification, "SigningCertURL");
  GBytes *certificate = find_certificate (self);
  gboolean can_fetch = url != NULL && pd_notification_url_is_trusted (url) && certificate == NULL;
  g_autofree char *name = certificate != NULL ? pd_notification_certificate_dup_name (certificate) : NULL;
  g_autofree char *text = NULL;

  if (self->fetching != NULL)
    text = g_strdup (_("Being fetched from Amazon…"));
  else if (self->trouble != NULL)
    text = g_strdup (self->trouble);
  else if (self->certificate != NULL)
    text = g_strdup_printf (_("From a file: %s"), name != NULL ? name : _("no certificate"));
  else if (certificate != NULL)
    text = g_strdup_printf (_("From the address that the message names: %s"), name);
  else
    text = g_strdup (_("None yet"));
  adw_action_row_set_subtitle (self->certificate_row, text);
  gtk_widget_set_visible (self->fetch_button, can_fetch && self->fetching == NULL);
  gtk_widget_set_visible (self->cancel_button, self->fetching != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->fetching != NULL);
  gtk_spinner_set_spinning (self->spinner, self->fetching != NULL);
}

static void
refresh_heading (PdNotificationInspector *self)
{
  PdVerdict worst = MAX (pd_verdict_row_get (self->form), MAX (pd_verdict_row_get (self->signature), pd_verdict_row_get (self->merchant)));
  const char *sense = pd_notification_get_sense (self->notification);
  const char *heading = worst == PD_VERDICT_FAILED ? _("Not to Be Trusted") : worst == PD_VERDICT_UNDETERMINED ? _("Not Proven Yet") : _("Genuine");
  /* Translators: what a message says that is not, or not yet, known to be genuine */
  g_autofree char *claim = sense != NULL && worst != PD_VERDICT_PASSED ? g_strdup_printf (_("It claims: %s"), sense) : g_strdup (sense);
  g_autofree char *description = claim != NULL ? g_markup_escape_text (claim, -1) : NULL;

  adw_preferences_group_set_title (self->verdict, heading);
  adw_preferences_group_set_description (self->verdict, description);
}

static void
judge (PdNotificationInspector *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  gboolean has_form;

  g_clear_handle_id (&self->judge_source, g_source_remove);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_clear_object (&self->notification);
  if (strspn (text, " \t\r\n") == strlen (text)) {
    fill (self->members, NULL);
    fill (self->envelope_members, NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->verdict), FALSE);
    gtk_widget_set_visible (self->message, FALSE);
    gtk_widget_set_visible (self->envelope, FALSE);
    return;
  }
  self->notification = pd_notification_new (text, strlen (text));
  has_form = judge_form (self);
  judge_signature (self, has_form);
  judge_merchant (self);
  refresh_certificate (self);
  refresh_heading (self);
  fill (self->members, pd_notification_get_members (self->notification));
  fill (self->envelope_members, pd_notification_get_envelope (self->notification));
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
  gtk_widget_set_visible (self->message, pd_notification_get_members (self->notification) != NULL);
  gtk_widget_set_visible (self->envelope, pd_notification_get_envelope (self->notification)->len > 0);
}

static gboolean
judge_now (gpointer user_data)
{
  PdNotificationInspector *self = user_data;

  self->judge_source = 0;
  judge (self);
  return G_SOURCE_REMOVE;
}

static void
judge_soon (PdNotificationInspector *self)
{

  g_clear_handle_id (&self->judge_source, g_source_remove);
  self->judge_source = g_timeout_add (JUDGE_DELAY_MS, judge_now, self);
}

static void
say (PdNotificationInspector *self,
     const char              *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", text);
}

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PdNotificationInspector) self = user_data;
  PdNotification *notification = PD_NOTIFICATION (source);
  g_autoptr (GError) error = NULL;
  GBytes *certificate = pd_notification_certificate_fetch_finish (notification, result, &error);

  g_clear_object (&self->fetching);
  g_clear_pointer (&self->trouble, g_free);
  if (certificate != NULL)
    g_hash_table_insert (self->fetched, g_strdup (pd_notification_get_member (notification, "SigningCertURL")), certificate);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->trouble = g_strdup (error->message);
  if (self->shop != NULL)
    judge (self);
}

static void
fetch (PdNotificationInspector *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdEndpoints) endpoints = NULL;
  g_autoptr (PdClient) client = NULL;

  if (self->notification == NULL || self->fetching != NULL)
    return;
  endpoints = pd_endpoints_new (&error);
  if (endpoints == NULL) {
    say (self, error->message);
    return;
  }
  client = pd_client_new (endpoints);
  self->fetching = g_cancellable_new ();
  pd_notification_certificate_fetch_async (self->notification, client, self->fetching, on_fetched, g_object_ref (self));
  refresh_certificate (self);
  gtk_widget_grab_focus (self->cancel_button);
}

static void
cancel (PdNotificationInspector *self)
{
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
}

static void
on_message_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PdNotificationInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = pd_file_read_finish (G_FILE (source), result, &error);
  gsize length = 0;
  const char *data = content != NULL ? g_bytes_get_data (content, &length) : NULL;

  if (self->shop == NULL)
    return;
  if (g_error_matches (error, PD_ERROR, PD_ERROR_TOO_LARGE)) {
    say (self, _("This file is too large for a notification. Amazon’s have up to 256 KB."));
  } else if (content == NULL) {
    say (self, error->message);
  } else if (!g_utf8_validate_len (data != NULL ? data : "", length, NULL)) {
    say (self, _("This file is not a text in UTF-8, and so not a notification of Amazon’s."));
  } else {
    g_autofree char *text = g_strndup (data, length);

    pd_notification_inspector_set_text (self, text);
  }
}

static void
on_certificate_read (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (PdNotificationInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pem = pd_file_read_finish (G_FILE (source), result, &error);
  g_autofree char *name = pem != NULL ? pd_notification_certificate_dup_name (pem) : NULL;

  if (self->shop == NULL)
    return;
  if (name != NULL)
    pd_notification_inspector_set_certificate (self, pem);
  else if (pem != NULL)
    say (self, _("This file is not a certificate in PEM form. It begins with “-----BEGIN CERTIFICATE-----”."));
  else
    say (self, error->message);
}

static void
open_message (PdNotificationInspector *self,
              GFile                   *file)
{
  pd_file_read_async (file, MAX_FILE, FALSE, NULL, on_message_read, g_object_ref (self));
}

static void
on_message_picked (GFile    *file,
                   gpointer  user_data)
{
  open_message (user_data, file);
}

static void
on_certificate_picked (GFile    *file,
                       gpointer  user_data)
{
  pd_file_read_async (file, MAX_FILE, FALSE, NULL, on_certificate_read, g_object_ref (user_data));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  pd_file_picker_open (widget, _("Open a Notification"), NULL, on_message_picked, widget);
}

static void
open_certificate_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  static const char *const types[] = { "application/x-x509-ca-cert", "application/pem-certificate-chain", "application/x-pem-file", NULL };

  pd_file_picker_open (widget, _("Open the Certificate"), types, on_certificate_picked, widget);
}

/* The view would take any length by itself, and be busy with it for ever. */
static gboolean
is_short (PdNotificationInspector *self,
          const char              *text)
{
  if (strlen (text) <= MAX_FILE)
    return TRUE;
  say (self, _("This text is too long for a notification. Amazon’s have up to 256 KB."));
  return FALSE;
}

static void
on_pasted (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdNotificationInspector) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (self->shop == NULL)
    return;
  if (text == NULL || *text == '\0')
    say (self, _("There is no text on the clipboard"));
  else if (is_short (self, text))
    pd_notification_inspector_set_text (self, text);
}

/* Where the caret is, as in any text. */
static void
on_pasted_there (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PdNotificationInspector) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  GtkTextBuffer *buffer;

  if (self->shop == NULL || text == NULL || !is_short (self, text))
    return;
  buffer = gtk_text_view_get_buffer (self->text);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_view_scroll_mark_onscreen (self->text, gtk_text_buffer_get_insert (buffer));
}

static void
on_view_paste (GtkTextView             *view,
               PdNotificationInspector *self)
{
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (view)), NULL, on_pasted_there, g_object_ref (self));
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_pasted, g_object_ref (widget));
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  pd_notification_inspector_set_certificate (PD_NOTIFICATION_INSPECTOR (widget), NULL);
  pd_notification_inspector_set_text (PD_NOTIFICATION_INSPECTOR (widget), "");
  gtk_widget_grab_focus (GTK_WIDGET (PD_NOTIFICATION_INSPECTOR (widget)->text));
}

static gboolean
on_drop (PdNotificationInspector *self,
         const GValue            *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    GSList *files = g_value_get_boxed (value);

    if (files != NULL)
      open_message (self, files->data);
  } else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL && is_short (self, g_value_get_string (value))) {
    pd_notification_inspector_set_text (self, g_value_get_string (value));
  }
  return TRUE;
}

static GtkWidget *
add_button (PdNotificationInspector *self,
            const char              *label,
            GCallback                clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->certificate_row, button);
  return button;
}

static void
make_questions (PdNotificationInspector *self)
{
  GtkWidget *open = NULL;

  self->form = PD_VERDICT_ROW (pd_verdict_row_new (_("Form")));
  self->signature = PD_VERDICT_ROW (pd_verdict_row_new (_("Signature")));
  self->merchant = PD_VERDICT_ROW (pd_verdict_row_new (_("Shop")));
  self->certificate_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->certificate_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->certificate_row), _("Certificate"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->certificate_row), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->certificate_row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->certificate_row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Certificate"), -1);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Being fetched from Amazon…"), -1);
  adw_action_row_add_suffix (self->certificate_row, GTK_WIDGET (self->spinner));
  self->cancel_button = add_button (self, _("Cancel"), G_CALLBACK (cancel));
  self->fetch_button = add_button (self, _("Fetch"), G_CALLBACK (fetch));
  gtk_widget_set_tooltip_text (self->fetch_button, _("Fetch from Amazon"));
  open = gtk_button_new_from_icon_name ("document-open-symbolic");
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (open, "flat");
  gtk_widget_set_tooltip_text (open, _("Open the Certificate from a File"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Open the Certificate from a File"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "inspector.open-certificate");
  adw_action_row_add_suffix (self->certificate_row, open);
  gtk_list_box_append (self->questions, GTK_WIDGET (self->form));
  gtk_list_box_append (self->questions, GTK_WIDGET (self->signature));
  gtk_list_box_append (self->questions, GTK_WIDGET (self->certificate_row));
  gtk_list_box_append (self->questions, GTK_WIDGET (self->merchant));
}

static gboolean
pd_notification_inspector_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PD_NOTIFICATION_INSPECTOR (widget)->text));
}

static void
pd_notification_inspector_dispose (GObject *object)
{
  PdNotificationInspector *self = PD_NOTIFICATION_INSPECTOR (object);

  g_clear_handle_id (&self->judge_source, g_source_remove);
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_notification_inspector_parent_class)->dispose (object);
}

static void
pd_notification_inspector_finalize (GObject *object)
{
  PdNotificationInspector *self = PD_NOTIFICATION_INSPECTOR (object);

  g_clear_object (&self->notification);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_hash_table_unref (self->fetched);
  g_free (self->trouble);
  G_OBJECT_CLASS (pd_notification_inspector_parent_class)->finalize (object);
}

static void
pd_notification_inspector_class_init (PdNotificationInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_notification_inspector_dispose;
  object_class->finalize = pd_notification_inspector_finalize;
  widget_class->grab_focus = pd_notification_inspector_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-notification-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, text);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, placeholder);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, verdict);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, questions);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, message);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, members);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, envelope);
  gtk_widget_class_bind_template_child (widget_class, PdNotificationInspector, envelope_members);
  gtk_widget_class_install_action (widget_class, "inspector.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "inspector.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "inspector.open-certificate", NULL, open_certificate_action);
  gtk_widget_class_install_action (widget_class, "inspector.clear", NULL, clear_action);
}

static void
pd_notification_inspector_init (PdNotificationInspector *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->fetched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  make_questions (self);
  pd_wrap_text (self->text);
  pd_placeholder_bind (self->placeholder, self->text);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (judge_soon), self, G_CONNECT_SWAPPED);
  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_signal_connect_object (self->text, "paste-clipboard", G_CALLBACK (on_view_paste), self, 0);
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * pd_notification_inspector_new:
 * @shop: an open shop
 *
 * Returns: (transfer floating): the inspector, empty
 */
GtkWidget *
pd_notification_inspector_new (PdShop *shop)
{
  PdNotificationInspector *self = g_object_new (PD_TYPE_NOTIFICATION_INSPECTOR, NULL);

  self->shop = g_object_ref (shop);
  g_signal_connect_object (pd_shop_get_profile (shop), "changed::seller-id", G_CALLBACK (judge_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::environment", G_CALLBACK (judge_soon), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * pd_notification_inspector_set_text:
 * @self: the inspector
 * @text: a notification's body, or a whole request; UTF-8
 *
 * Judges it at once.
 */
void
pd_notification_inspector_set_text (PdNotificationInspector *self,
                                    const char              *text)
{
  g_clear_pointer (&self->trouble, g_free);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  judge (self);
}

/**
 * pd_notification_inspector_set_certificate:
 * @self: the inspector
 * @pem: (nullable): a certificate that whoever opened it vouches for
 */
void
pd_notification_inspector_set_certificate (PdNotificationInspector *self,
                                           GBytes                  *pem)
{
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  self->certificate = pem != NULL ? g_bytes_ref (pem) : NULL;
  judge (self);
}

/**
 * pd_notification_inspector_set_practice:
 * @self: the inspector
 * @url: the address that the practice endpoint's messages name
 * @pem: its certificate
 */
void
pd_notification_inspector_set_practice (PdNotificationInspector *self,
                                        const char              *url,
                                        GBytes                  *pem)
{
  g_hash_table_insert (self->fetched, g_strdup (url), g_bytes_ref (pem));
}
