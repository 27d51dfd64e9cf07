/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-kind-chooser.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-composing.h"
#include "pd-fit.h"
#include "pd-guide.h"
#include "pd-open.h"
#include "pd-places.h"
#include "pd-wrap.h"

/**
 * PdKindChooser:
 *
 * Name, mode and generation of a shop, each choice with its definition (S002–S011, S022). What is chosen is in the profile
 * at once, and can be undone; a new shop is asked once, and any shop may be asked again.
 */
struct _PdKindChooser
{
  AdwWindow     parent_instance;
  PdProfile    *profile;
  AdwEntryRow  *name;
  gboolean      refused; /* what is typed is no name */
  GtkWidget    *begin;
  GtkBox       *box;
};

enum {
  BEGIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* The fields that are chosen here, and the guide's step that is done by that. */
static const struct
{
  const char *field_id;
  const char *step_id;
  const char *about;
} choices[] = {
  { "mode", "begin-mode", N_("If it is not known, choose “enabled” for now. It can be chosen again at any time, and nothing is lost.") },
  { "generation", "begin-version", N_("What decides is the date of futureshop’s notice “設定作業完了”.") },
};

#define DEFAULT_WIDTH  480
#define DEFAULT_HEIGHT 720

G_DEFINE_FINAL_TYPE (PdKindChooser, pd_kind_chooser, ADW_TYPE_WINDOW)

static void
on_name_edited (PdKindChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));

  self->refused = *text == '\0' || !pd_profile_set_text (self->profile, "name", text, NULL);
}

static void
on_name_composed (gpointer data,
                  gboolean composing)
{
  PdKindChooser *self = data;

  if (self->refused && !composing)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
}

static void
on_chosen (PdKindChooser  *self,
           GParamSpec     *pspec,
           GtkCheckButton *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "field"));
  const char *choice = g_object_get_data (G_OBJECT (button), "choice");

  if (gtk_check_button_get_active (button))
    pd_profile_set_text (self->profile, choices[index].field_id, choice, NULL);
}

/* (transfer none): what a choice means. */
static const char *
define (const PdField *field,
        guint          choice)
{
  PdMode mode;
  PdGeneration generation;

  if (pd_mode_from_id (field->choices[choice], &mode))
    return pd_mode_get_definition (mode);
  if (pd_generation_from_id (field->choices[choice], &generation))
    return pd_generation_get_definition (generation);
  return "";
}

static void
add_choice (PdKindChooser *self,
            guint          index)
{
  const PdField *field = pd_catalogue_lookup (choices[index].field_id);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (pd_field_get_label (field), -1);
  g_autofree char *about = g_markup_escape_text (_(choices[index].about), -1);
  GtkCheckButton *first = NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), about);
  pd_wrap_labels (group);
  for (guint i = 0; field->choices[i] != NULL; i++) {
    GtkWidget *row = adw_action_row_new ();
    GtkCheckButton *button = GTK_CHECK_BUTTON (gtk_check_button_new ());

    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), pd_choice_get_label (field, field->choices[i]));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), define (field, i));
    adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
    gtk_check_button_set_group (button, first);
    first = button;
    g_object_set_data (G_OBJECT (button), "field", GUINT_TO_POINTER (index));
    g_object_set_data (G_OBJECT (button), "choice", (gpointer) field->choices[i]);
    gtk_widget_set_valign (GTK_WIDGET (button), GTK_ALIGN_CENTER);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, pd_choice_get_label (field, field->choices[i]),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, define (field, i), -1);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (button));
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (button));
    gtk_check_button_set_active (button, g_str_equal (field->choices[i], pd_profile_get_text (self->profile, field->id)));
    g_signal_connect_object (button, "notify::active", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  }
  gtk_box_append (self->box, group);
}

static void
on_help (GtkButton *button)
{
  pd_open_uri (GTK_WIDGET (button), PD_URL_MANUAL);
}

/* What was seen here need not be asked again. */
static void
tick (PdKindChooser *self)
{
  pd_profile_begin_step (self->profile);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    pd_guide_step_set_done (pd_guide_lookup (choices[i].step_id), self->profile, TRUE);
  pd_profile_end_step (self->profile);
}

static void
on_begin (PdKindChooser *self)
{
  tick (self);
  g_signal_emit (self, signals[BEGIN], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
pd_kind_chooser_dispose (GObject *object)
{
  g_clear_object (&PD_KIND_CHOOSER (object)->profile);
  G_OBJECT_CLASS (pd_kind_chooser_parent_class)->dispose (object);
}

static void
pd_kind_chooser_class_init (PdKindChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_kind_chooser_dispose;
  signals[BEGIN] = g_signal_new ("begin", PD_TYPE_KIND_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-kind-chooser.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, PdKindChooser, name);
  gtk_widget_class_bind_template_child (widget_class, PdKindChooser, box);
  gtk_widget_class_bind_template_child (widget_class, PdKindChooser, begin);
  gtk_widget_class_bind_template_callback (widget_class, on_name_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_help);
  gtk_widget_class_bind_template_callback (widget_class, on_begin);
}

static void
pd_kind_chooser_init (PdKindChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->name), FALSE);
  pd_composing_watch (GTK_EDITABLE (self->name), on_name_composed, self);
}

/**
 * pd_kind_chooser_new:
 * @parent: the window
 * @profile: the shop
 * @is_new: whether the shop has just been added, and wants a name
 *
 * Returns: (transfer none): the chooser, to be presented
 */
PdKindChooser *
pd_kind_chooser_new (GtkWindow *parent,
                     PdProfile *profile,
                     gboolean   is_new)
{
  PdKindChooser *self = g_object_new (PD_TYPE_KIND_CHOOSER, "transient-for", parent, NULL);
  const char *name = pd_profile_get_name (profile);

  pd_fit_size (GTK_WINDOW (self), parent, DEFAULT_WIDTH, DEFAULT_HEIGHT);
  gtk_window_set_title (GTK_WINDOW (self), is_new ? _("New Shop") : _("Kind of Shop"));
  gtk_button_set_label (GTK_BUTTON (self->begin), is_new ? _("Open _Guide") : _("_Done"));
  gtk_button_set_use_underline (GTK_BUTTON (self->begin), TRUE);
  g_set_object (&self->profile, profile);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    add_choice (self, i);
  if (is_new) {
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
    gtk_editable_select_region (GTK_EDITABLE (self->name), 0, -1);
  }
  return self;
}
