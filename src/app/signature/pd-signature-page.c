/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-signature-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-mws-signer.h"
#include "pd-signature-block.h"
#include "pd-statement-row.h"
#include "pd-text-card.h"

#define DELAY    150         /* ms after the last key */
#define MAX_TEXT (64 * 1024) /* a payload has a few hundred bytes */
#define MAX_REST 24          /* characters of a difference that are told in words */

/**
 * PdSignaturePage:
 *
 * The signature bench: what a program signs, what comes of it step by step, and where that parts from what the other side quoted.
 * A key is taken from the shop's keyring only when asked for, and only for that moment.
 */
struct _PdSignaturePage
{
  AdwBin        parent_instance;
  PdShop       *shop;
  GCancellable *cancellable; /* of the key that is being fetched */
  guint         timeout;
  AdwComboRow  *kind;
  AdwComboRow  *algorithm;
  GtkLabel     *text_heading;
  PdTextCard   *text;
  PdTextCard   *theirs;
  GtkLabel     *trouble;
  GtkWidget    *results;
  GtkLabel     *verdict;
  GtkListBox   *mistakes;
  GtkBox       *blocks;
  GtkWidget    *key_list;
  GtkEditable  *signature;
  AdwActionRow *key_row;
  GtkLabel     *signed_note;
  GtkBox       *signed_block;
};

/* In the order of the choices. */
static const struct
{
  const char *heading;
  const char *placeholder;
} kinds[] = {
  [PD_SIGNATURE_REQUEST] = { N_("Request"), N_("POST /v2/checkoutSessions HTTP/1.1, the headers, an empty line, the body") },
  [PD_SIGNATURE_BUTTON] = { N_("Payload"), N_("payloadJSON, byte for byte as it stands in the page") },
  [PD_SIGNATURE_MWS] = { N_("Request"), N_("POST https://mws.amazonservices.jp/OffAmazonPayments/2013-01-01, an empty line, the form") },
};

G_DEFINE_FINAL_TYPE (PdSignaturePage, pd_signature_page, ADW_TYPE_BIN)

static PdSignatureKind
get_kind (PdSignaturePage *self)
{
  return (PdSignatureKind) adw_combo_row_get_selected (self->kind);
}

/* (transfer full) (nullable): what stands here, or NULL with a reason, or with none where nothing does. */
static PdSignatureCase *
make_case (PdSignaturePage  *self,
           GError          **error)
{
  g_autofree char *text = pd_text_card_dup_text (self->text);
  g_autofree char *theirs = pd_text_card_dup_text (self->theirs);
  g_autofree char *signature = g_strstrip (g_strdup (gtk_editable_get_text (self->signature)));
  PdSignatureCase *a_case;

  if (*text == '\0')
    return NULL;
  if (strlen (text) > MAX_TEXT || strlen (theirs) > MAX_TEXT) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("This is too long: at most 64 KiB are looked at."));
    return NULL;
  }
  a_case = pd_signature_case_new_from_text (get_kind (self), (PdAlgorithm) adw_combo_row_get_selected (self->algorithm), text, error);
  if (a_case == NULL)
    return NULL;
  if (*theirs != '\0')
    pd_signature_case_take_theirs (a_case, theirs);
  if (*signature != '\0') {
    g_free (a_case->signature);
    a_case->signature = g_strdup (signature);
  }
  return a_case;
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
set_note (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* A list, as a box that was empty keeps a height that does not depend on its width (GTK 4.8). */
static void
show_mistakes (PdSignaturePage *self,
               GPtrArray       *mistakes)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->mistakes))) != NULL)
    gtk_list_box_remove (self->mistakes, row);
  for (guint i = 0; i < mistakes->len; i++) {
    PdStatementRow *statement = pd_statement_row_new (g_ptr_array_index (mistakes, i), NULL);

    pd_statement_row_set_verdict (statement, PD_VERDICT_WARNING);
    gtk_list_box_append (self->mistakes, GTK_WIDGET (statement));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->mistakes), mistakes->len > 0);
}

/* What follows the difference in its line, in words. */
static char *
describe_rest (const char *rest)
{
  g_autofree char *line = g_strndup (rest, strcspn (rest, "\n"));
  g_autofree char *cut = NULL;

  if (*rest == '\0')
    return g_strdup (_("the end"));
  if (*rest == '\n')
    return g_strdup (_("a line end"));
  if (g_utf8_strlen (line, -1) <= MAX_REST)
    return g_strdup_printf ("“%s”", line);
  cut = g_utf8_substring (line, 0, MAX_REST);
  return g_strdup_printf ("“%s…”", cut);
}

static void
add_block (GtkBox     *box,
           const char *title,
           const char *text,
           gssize      mark)
{
  gtk_box_append (box, pd_signature_block_new (title, text, mark));
}

/* Returns: (transfer full) (nullable): ours that was compared, where it differs at *@mark. */
static char *
show_comparison (PdSignaturePage *self,
                 PdSignatureCase *a_case,
                 gsize           *mark)
{
  g_autofree char *ours = NULL;
  g_autofree char *our_rest = NULL;
  g_autofree char *their_rest = NULL;
  g_autofree char *text = NULL;
  guint line, column;

  if (a_case->theirs == NULL) {
    gtk_widget_set_visible (GTK_WIDGET (self->verdict), FALSE);
    return NULL;
  }
  ours = pd_signature_case_get_ours (a_case);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
  if (pd_signature_compare (ours, a_case->theirs, mark, &line, &column)) {
    gtk_label_set_label (self->verdict, _("Both sides have the same"));
    return NULL;
  }
  our_rest = describe_rest (ours + *mark);
  their_rest = describe_rest (a_case->theirs + *mark);
  /* Translators: where two texts part, and what each has there */
  text = g_strdup_printf (_("First difference: line %u, column %u: here %s, there %s"), line, column, our_rest, their_rest);
  gtk_label_set_label (self->verdict, text);
  return g_steal_pointer (&ours);
}

static void
show_blocks (PdSignaturePage *self,
             PdSignatureCase *a_case,
             const char      *differing,
             gsize            mark)
{
  g_autofree char *canonical = NULL;
  g_autofree char *string_to_sign = pd_signature_case_work (a_case, &canonical, NULL);

  if (differing != NULL && g_str_equal (differing, a_case->payload))
    add_block (self->blocks, _("Payload Here"), differing, (gssize) mark);
  if (canonical != NULL)
    add_block (self->blocks, _("Canonical Request"), canonical, g_strcmp0 (canonical, differing) == 0 ? (gssize) mark : -1);
  add_block (self->blocks, _("String to Sign"), string_to_sign, g_strcmp0 (string_to_sign, differing) == 0 ? (gssize) mark : -1);
  if (differing != NULL)
    add_block (self->blocks, _("The Other Side’s"), a_case->theirs, (gssize) mark);
}

static void
forget_signature (PdSignaturePage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_note (self->signed_note, NULL);
  empty (self->signed_block);
}

static void
work (PdSignaturePage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdSignatureCase) a_case = make_case (self, &error);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autofree char *differing = NULL;
  gsize mark = 0;

  g_clear_handle_id (&self->timeout, g_source_remove);
  forget_signature (self);
  empty (self->blocks);
  set_note (self->trouble, error != NULL ? error->message : NULL);
  gtk_widget_set_visible (self->results, a_case != NULL);
  if (a_case == NULL)
    return;
  differing = show_comparison (self, a_case, &mark);
  mistakes = pd_signature_case_find_mistakes (a_case);
  show_mistakes (self, mistakes);
  show_blocks (self, a_case, differing, mark);
}

static gboolean
on_timeout (gpointer user_data)
{
  PdSignaturePage *self = user_data;

  self->timeout = 0;
  work (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (PdSignaturePage *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DELAY, on_timeout, self);
}

static void
on_kind_changed (PdSignaturePage *self)
{
  PdSignatureKind kind = get_kind (self);
  const char *heading = _(kinds[kind].heading);

  gtk_label_set_label (self->text_heading, heading);
  pd_text_card_set_name (self->text, heading, _(kinds[kind].placeholder));
  gtk_widget_set_visible (GTK_WIDGET (self->algorithm), kind != PD_SIGNATURE_MWS);
  gtk_widget_set_visible (GTK_WIDGET (self->signature), kind != PD_SIGNATURE_MWS);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), kind == PD_SIGNATURE_MWS ? _("SecretAccessKey of the Shop")
                                                                                                : _("Private Key of the Shop"));
  work (self);
}

/* What the shop's key makes of it; the key itself is gone again after that. */
static void
show_signature (PdSignaturePage *self,
                PdSignatureCase *a_case,
                PdSecretText    *secret)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *string_to_sign = pd_signature_case_work (a_case, NULL, NULL);
  g_autofree char *signature = NULL;
  g_autoptr (PdKey) key = NULL;
  const char *mistake = NULL;

  if (a_case->kind == PD_SIGNATURE_MWS) {
    signature = pd_mws_signer_sign (secret, string_to_sign);
  } else {
    key = pd_key_new_private (pd_secret_text_peek (secret), pd_secret_text_get_length (secret), &error);
    signature = key != NULL ? pd_signer_sign (key, a_case->algorithm, string_to_sign, &error) : NULL;
  }
  if (signature == NULL) {
    set_note (self->signed_note, error->message);
    return;
  }
  if (key != NULL && a_case->signature != NULL)
    set_note (self->signed_note, pd_signature_case_verify (a_case, key, &mistake) ? _("The signature to verify is right: it was made with this key.")
                                                                                   : mistake);
  add_block (self->signed_block, _("Signature"), signature, -1);
}

static void
on_secret (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdSignaturePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdSecretText) secret = pd_secrets_lookup_finish (PD_SECRETS (source), result, &error);
  g_autoptr (PdSignatureCase) a_case = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (secret == NULL) {
    set_note (self->signed_note, error != NULL ? error->message : _("The shop has no such key stored."));
    return;
  }
  a_case = make_case (self, NULL);
  if (a_case != NULL)
    show_signature (self, a_case, secret);
}

static void
sign_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdSignaturePage *self = PD_SIGNATURE_PAGE (widget);
  const char *field = get_kind (self) == PD_SIGNATURE_MWS ? "secret-access-key" : "private-key";

  work (self);
  if (self->shop == NULL || !gtk_widget_get_visible (self->results))
    return;
  self->cancellable = g_cancellable_new ();
  pd_secrets_lookup_async (pd_desk_get_secrets (pd_shop_get_desk (self->shop)), pd_profile_get_id (pd_shop_get_profile (self->shop)), field,
                           self->cancellable, on_secret, g_object_ref (self));
}

static void
pd_signature_page_dispose (GObject *object)
{
  PdSignaturePage *self = PD_SIGNATURE_PAGE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_signature_page_parent_class)->dispose (object);
}

static void
pd_signature_page_class_init (PdSignaturePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_signature_page_dispose;

  g_type_ensure (PD_TYPE_TEXT_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-signature-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, kind);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, algorithm);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, text_heading);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, text);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, theirs);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, results);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, verdict);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, mistakes);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, blocks);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, key_list);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, signature);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, key_row);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, signed_note);
  gtk_widget_class_bind_template_child (widget_class, PdSignaturePage, signed_block);
  gtk_widget_class_install_action (widget_class, "signature.sign", NULL, sign_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
pd_signature_page_init (PdSignaturePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_selected (self->kind, PD_SIGNATURE_BUTTON);
  adw_combo_row_set_selected (self->algorithm, PD_ALGORITHM_PSS_V2);
  pd_text_card_set_name (self->theirs, _("What the Other Side Quoted"),
                         _("The string to sign, the canonical request, the payload, or the message that quotes one; may be left empty"));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (on_kind_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->algorithm, "notify::selected", G_CALLBACK (work), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->theirs, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->signature, "changed", G_CALLBACK (forget_signature), self, G_CONNECT_SWAPPED);
  on_kind_changed (self);
}

/**
 * pd_signature_page_set_shop:
 * @self: the page
 * @shop: (nullable): the shop whose key may be asked for
 */
void
pd_signature_page_set_shop (PdSignaturePage *self,
                            PdShop          *shop)
{
  forget_signature (self);
  g_set_object (&self->shop, shop);
  gtk_widget_set_visible (self->key_list, shop != NULL);
}

/**
 * pd_signature_page_set_texts:
 * @self: the page
 * @kind: what is signed
 * @text: the payload or request
 * @theirs: what the other side quoted, or ""
 *
 * Works it out.
 */
void
pd_signature_page_set_texts (PdSignaturePage *self,
                             PdSignatureKind  kind,
                             const char      *text,
                             const char      *theirs)
{
  adw_combo_row_set_selected (self->kind, kind);
  pd_text_card_set_text (self->text, text);
  pd_text_card_set_text (self->theirs, theirs);
  work (self);
}

/* Puts the caret where the text goes. */
void
pd_signature_page_focus (PdSignaturePage *self)
{
  pd_text_card_focus (self->text);
}
