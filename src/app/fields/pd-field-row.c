/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-field-row.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-clean.h"
#include "pd-domain.h"
#include "pd-field-tools.h"
#include "pd-field-widget.h"
#include "pd-legend.h"
#include "pd-mend.h"
#include "pd-note-row.h"
#include "pd-shape.h"

/**
 * PdFieldRow:
 *
 * A field with one line of text. What is typed is in the profile at once. A pasted value is cleaned as it comes in, a
 * typed one when the caret leaves; what was cleaned away is said, and given back when asked for. A secret that strays in
 * here is taken out at once and never gets into the profile.
 */
struct _PdFieldRow
{
  AdwEntryRow    parent_instance;
  PdShop        *shop;
  const PdField *field;
  PdNoteRow     *note;
  gboolean       updating;  /* the text is being set by the row itself */
  gboolean       setting;   /* the value is */
  gboolean       pasting;
  char          *settled;   /* the value before somebody began to type */
  char          *uncleaned; /* what cleaning made the present value from */
  PdCleaned      cleaned;
  char          *kept;      /* a text that the person wants as it is */
  PdSecretText  *astray;
  guint          judge_source;
};

#define JUDGE_DELAY_MS 500

static const PdField *
pd_field_row_get_field (PdFieldWidget *widget)
{
  return PD_FIELD_ROW (widget)->field;
}

static GtkWidget *
pd_field_row_get_note (PdFieldWidget *widget)
{
  return GTK_WIDGET (PD_FIELD_ROW (widget)->note);
}

static void
pd_field_row_focus (PdFieldWidget *widget)
{
  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget))));
}

static void
pd_field_row_iface_init (PdFieldWidgetInterface *iface)
{
  iface->get_field = pd_field_row_get_field;
  iface->get_note = pd_field_row_get_note;
  iface->focus = pd_field_row_focus;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdFieldRow, pd_field_row, ADW_TYPE_ENTRY_ROW,
                               G_IMPLEMENT_INTERFACE (PD_TYPE_FIELD_WIDGET, pd_field_row_iface_init))

static const char *
get_value (PdFieldRow *self)
{
  return pd_profile_get_text (pd_shop_get_profile (self->shop), self->field->id);
}

static gboolean
set_value (PdFieldRow *self,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  self->setting = TRUE;
  done = pd_profile_set_text (pd_shop_get_profile (self->shop), self->field->id, text, &error);
  self->setting = FALSE;
  if (done)
    return TRUE;
  pd_note_row_begin (self->note);
  pd_note_row_add (self->note, PD_SEVERITY_ERROR, error->message, NULL, NULL, NULL);
  pd_note_row_end (self->note);
  return FALSE;
}

/* Shows what the profile holds, and leaves the caret where it was. */
static void
show_value (PdFieldRow *self)
{
  const char *value = get_value (self);
  int position = gtk_editable_get_position (GTK_EDITABLE (self));

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), value))
    return;
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), value);
  gtk_editable_set_position (GTK_EDITABLE (self), MIN (position, g_utf8_strlen (value, -1)));
  self->updating = FALSE;
}

static void
settle (PdFieldRow *self)
{
  g_free (self->settled);
  self->settled = g_strdup (get_value (self));
}

static void
on_moved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PdFieldRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!pd_shop_put_finish (PD_SHOP (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", error->message);
}

/* The value belongs to the field @other_id. Where that one has a value already, the two change places. */
static void
move_value (GtkWidget  *widget,
            const char *other_id)
{
  PdFieldRow *self = PD_FIELD_ROW (widget);
  PdProfile *profile = pd_shop_get_profile (self->shop);
  const PdField *other = pd_catalogue_lookup (other_id);
  g_autofree char *value = g_strdup (get_value (self));

  if (self->astray != NULL || pd_field_is_secret (other)) {
    g_autoptr (PdSecretText) secret = self->astray != NULL ? g_steal_pointer (&self->astray) : pd_secret_text_new (value);

    pd_shop_put_async (self->shop, other, secret, NULL, on_moved, g_object_ref (self));
    pd_profile_set_text (profile, self->field->id, "", NULL);
  } else {
    g_autofree char *theirs = g_strdup (pd_profile_get_text (profile, other_id));

    pd_profile_begin_step (profile);
    pd_profile_set_text (profile, other_id, value, NULL);
    pd_profile_set_text (profile, self->field->id, g_str_equal (theirs, value) ? "" : theirs, NULL);
    pd_profile_end_step (profile);
  }
  gtk_widget_activate_action (widget, "shop.go-to-field", "s", other_id);
}

static void
drop_astray (GtkWidget  *widget,
             const char *detail)
{
  g_clear_pointer (&PD_FIELD_ROW (widget)->astray, pd_secret_text_unref);
}

static void
restore_uncleaned (GtkWidget  *widget,
                   const char *detail)
{
  PdFieldRow *self = PD_FIELD_ROW (widget);

  g_free (self->kept);
  self->kept = g_steal_pointer (&self->uncleaned);
  set_value (self, self->kept);
}

static void
take_registered (GtkWidget  *widget,
                 const char *value)
{
  set_value (PD_FIELD_ROW (widget), value);
}

static void
mend_value (GtkWidget  *widget,
            const char *rule)
{
  PdFieldRow *self = PD_FIELD_ROW (widget);
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autofree char *mended = pd_mend_value (self->field, rule, get_value (self), NULL);

  if (mended == NULL)
    return;
  pd_profile_begin_step (profile);
  set_value (self, mended);
  pd_profile_end_step (profile);
  pd_field_widget_focus (PD_FIELD_WIDGET (self));
}

static void
note_problem (PdFieldRow      *self,
              const PdProblem *problem)
{
  const char *label = NULL;
  g_autofree char *mended = pd_mend_value (self->field, problem->rule, get_value (self), &label);

  pd_note_row_add (self->note, problem->severity, problem->message, mended != NULL ? label : NULL,
                   mended != NULL ? G_CALLBACK (mend_value) : NULL, problem->rule);
}

static void
move_domain (GtkWidget  *widget,
             const char *from)
{
  g_autofree char *to = pd_domain_get (get_value (PD_FIELD_ROW (widget)));

  if (to != NULL)
    gtk_widget_activate_action (widget, "shop.move-domain", "(ss)", from, to);
}

/* D31: the site's address was changed, and the others still have the old domain. */
static void
note_domain (PdFieldRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autofree char *from = self->field->shape == &pd_shape_site_url ? pd_domain_find_old (profile, self->field->id) : NULL;
  g_autofree char *to = pd_domain_get (get_value (self));
  g_autoptr (GPtrArray) plan = from != NULL && to != NULL ? pd_domain_plan (profile, from, to) : NULL;
  g_autofree char *text = NULL;

  if (plan == NULL || plan->len == 0)
    return;
  text = g_strdup_printf (ngettext ("No JavaScript origin is of this site. If its domain was “%s” before, %'u address is to be rewritten.",
                                    "No JavaScript origin is of this site. If its domain was “%s” before, %'u addresses are to be rewritten.",
                                    plan->len), from, plan->len);
  pd_note_row_add (self->note, PD_SEVERITY_WARNING, text, _("Rewrite…"), G_CALLBACK (move_domain), from);
}

static void
note_mixup (PdFieldRow *self,
            const char *message,
            const char *other_id)
{
  const PdField *other = pd_catalogue_lookup (other_id);
  PdProfile *profile = pd_shop_get_profile (self->shop);
  gboolean swap = self->astray == NULL && !pd_field_is_secret (other) && *pd_profile_get_text (profile, other_id) != '\0';
  g_autofree char *label = g_strdup_printf (swap ? _("Swap with %s") : _("Move to %s"), pd_field_get_label (other));

  pd_note_row_add (self->note, PD_SEVERITY_WARNING, message, label, G_CALLBACK (move_value), other_id);
}

static void
refresh_note (PdFieldRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GPtrArray) problems = pd_profile_judge_field (profile, self->field, NULL);
  g_autoptr (GPtrArray) related = pd_profile_judge_urls (profile, self->field, pd_profile_get_environment (profile));
  const char *registered = pd_shop_get_registered (self->shop, self->field->id);

  pd_note_row_begin (self->note);
  if (self->astray != NULL) {
    const PdField *other = pd_shape_recognise (pd_secret_text_peek (self->astray), self->field);
    g_autofree char *message =
      g_strdup_printf (_("What was pasted looks like the %s, a secret. It is not kept here."), pd_field_get_label (other));

    note_mixup (self, message, other->id);
    pd_note_row_add (self->note, PD_SEVERITY_HINT, _("Until it is moved, it is nowhere but in memory."), _("Discard"),
                     G_CALLBACK (drop_astray), NULL);
  }
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    if (g_str_equal (problem->rule, "missing"))
      pd_note_row_add (self->note, PD_SEVERITY_HINT, problem->message, NULL, NULL, NULL);
    else if (problem->field != NULL && pd_catalogue_lookup (problem->field) != NULL)
      note_mixup (self, problem->message, problem->field);
    else
      note_problem (self, problem);
  }
  for (guint i = 0; i < related->len; i++)
    note_problem (self, g_ptr_array_index (related, i));
  note_domain (self);
  if (self->uncleaned != NULL) {
    g_autofree char *what = pd_clean_describe (self->cleaned);

    pd_note_row_add (self->note, PD_SEVERITY_HINT, what, _("Undo Cleaning"), G_CALLBACK (restore_uncleaned), NULL);
  }
  pd_field_widget_note_mark (PD_FIELD_WIDGET (self), self->shop, self->note);
  if (registered != NULL && !g_str_equal (registered, get_value (self))) {
    g_autofree char *text = g_strdup_printf (_("The practice endpoint has registered: %s"), registered);

    pd_note_row_add (self->note, PD_SEVERITY_HINT, text, _("Use This"), G_CALLBACK (take_registered), registered);
  }
  pd_note_row_end (self->note);
}

static gboolean
judge_now (gpointer user_data)
{
  PdFieldRow *self = user_data;

  self->judge_source = 0;
  settle (self);
  refresh_note (self);
  return G_SOURCE_REMOVE;
}

static void
cancel_judging (PdFieldRow *self)
{
  g_clear_handle_id (&self->judge_source, g_source_remove);
}

/* While somebody types, an unfinished value is no mistake yet. */
static void
judge_soon (PdFieldRow *self)
{
  cancel_judging (self);
  if (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    self->judge_source = g_timeout_add (JUDGE_DELAY_MS, judge_now, self);
  else {
    /* A text that is set whole is empty in between. */
    if (*get_value (self) != '\0')
      settle (self);
    refresh_note (self);
  }
}

static void
clean (PdFieldRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autofree char *raw = g_strdup (text);
  g_autofree char *cleaned = NULL;
  PdCleaned what = PD_CLEAN_NOTHING;

  if (*raw == '\0' || g_strcmp0 (raw, self->kept) == 0)
    return;
  cleaned = pd_clean_value (self->field, raw, &what);
  if (what == PD_CLEAN_NOTHING || g_str_equal (cleaned, raw))
    return;
  pd_profile_begin_step (profile);
  set_value (self, cleaned);
  pd_profile_end_step (profile);
  g_free (self->uncleaned);
  self->uncleaned = g_steal_pointer (&raw);
  self->cleaned = what;
  cancel_judging (self);
  refresh_note (self);
}

/* A secret in a field that is none would end up in a file. */
static gboolean
catch_secret (PdFieldRow *self,
              const char *text)
{
  const PdField *other = pd_shape_recognise (text, self->field);

  if (other == NULL || !pd_field_is_secret (other))
    return FALSE;
  g_clear_pointer (&self->astray, pd_secret_text_unref);
  self->astray = pd_secret_text_new (text);
  set_value (self, self->settled);
  show_value (self);
  refresh_note (self);
  return TRUE;
}

static void
on_text_changed (PdFieldRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  gboolean pasting = self->pasting;

  if (self->updating)
    return;
  if (pasting) {
    g_autofree char *cleaned = pd_clean_value (self->field, text, NULL);

    self->pasting = FALSE;
    if (catch_secret (self, cleaned)) {
      pd_secret_wipe (cleaned, strlen (cleaned));
      return;
    }
  } else if (catch_secret (self, text)) {
    return;
  }
  g_clear_pointer (&self->uncleaned, g_free);
  g_clear_pointer (&self->astray, pd_secret_text_unref);
  if (!set_value (self, text))
    return;
  if (pasting)
    clean (self);
  judge_soon (self);
}

static void
on_paste (PdFieldRow *self)
{
  self->pasting = TRUE;
}

static void
on_left (PdFieldRow *self)
{
  self->pasting = FALSE;
  clean (self);
  settle (self);
  cancel_judging (self);
  refresh_note (self);
}

/* Of an address that does not fit, the beginning tells more than the end. */
static void
on_focus_left (PdFieldRow *self)
{
  on_left (self);
  gtk_editable_set_position (GTK_EDITABLE (self), 0);
}

static void
on_value_changed (PdFieldRow *self)
{
  const char *value = get_value (self);

  show_value (self);
  if (!self->setting)
    settle (self);
  /* An undo or an edit from outside: what was said of cleaning is history. */
  if (self->uncleaned != NULL) {
    g_autofree char *cleaned = pd_clean_value (self->field, self->uncleaned, NULL);

    if (!g_str_equal (cleaned, value)) {
      if (g_str_equal (self->uncleaned, value)) {
        g_free (self->kept);
        self->kept = g_strdup (value);
      }
      g_clear_pointer (&self->uncleaned, g_free);
    }
  }
  judge_soon (self);
}

static void
pd_field_row_dispose (GObject *object)
{
  PdFieldRow *self = PD_FIELD_ROW (object);

  cancel_judging (self);
  g_clear_pointer (&self->astray, pd_secret_text_unref);
  g_clear_object (&self->note);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_field_row_parent_class)->dispose (object);
}

static void
pd_field_row_finalize (GObject *object)
{
  PdFieldRow *self = PD_FIELD_ROW (object);

  g_free (self->uncleaned);
  g_free (self->kept);
  g_free (self->settled);
  G_OBJECT_CLASS (pd_field_row_parent_class)->finalize (object);
}

static void
pd_field_row_class_init (PdFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_field_row_dispose;
  object_class->finalize = pd_field_row_finalize;
}

static void
pd_field_row_init (PdFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->note = pd_note_row_new (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  /* One Ctrl+Z is one step of the profile. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self), FALSE);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * pd_field_row_new:
 * @shop: an open shop
 * @field: a field of one line of text
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_field_row_new (PdShop        *shop,
                  const PdField *field)
{
  g_autofree char *title = pd_field_widget_make_title (field);
  g_autofree char *detail = g_strconcat ("changed::", field->id, NULL);
  PdFieldRow *self = g_object_new (PD_TYPE_FIELD_ROW, "title", title, NULL);

  self->shop = g_object_ref (shop);
  self->field = field;
  pd_field_widget_show_whole_title (ADW_PREFERENCES_ROW (self));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), pd_field_tools_new (shop, field));
  if (pd_legend_get_site (field) != PD_SITE_COMMON)
    gtk_widget_add_css_class (GTK_WIDGET (self), pd_legend_get_edge (pd_legend_get_site (field)));
  show_value (self);
  settle (self);
  refresh_note (self);

  g_signal_connect_object (self->note, "acted", G_CALLBACK (refresh_note), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "changed", G_CALLBACK (on_text_changed), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (on_left), NULL);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self)), "paste-clipboard", G_CALLBACK (on_paste), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  if (field->shape == &pd_shape_site_url)
    g_signal_connect_object (pd_shop_get_profile (shop), "changed::javascript-origins", G_CALLBACK (judge_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "registered-changed", G_CALLBACK (refresh_note), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
