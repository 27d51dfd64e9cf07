/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-guide-step-row.h"

#include <glib/gi18n.h>

#include "pd-boxed-list.h"
#include "pd-field-factory.h"
#include "pd-field-widget.h"
#include "pd-open.h"
#include "pd-place-view.h"
#include "pd-wrap.h"

/**
 * PdGuideStepRow:
 *
 * A step of the guide: its tick, and unfolded what to do, where, with what, and the fields to fill right there. What is
 * unfolded is made when it is first looked at.
 */
struct _PdGuideStepRow
{
  AdwExpanderRow     parent_instance;
  PdShop            *shop;
  const PdGuideStep *step;
  PdGuideState       state;
  GtkCheckButton    *tick;
  GtkBox            *content;
  GtkWidget         *action_button; /* unowned; NULL where there is none, or nothing was unfolded yet */
  GtkWidget         *next_button;
  GPtrArray         *widgets; /* unowned PdFieldWidget */
  gboolean           updating;
};

enum {
  NEXT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdGuideStepRow, pd_guide_step_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
add_label (PdGuideStepRow *self,
           const char     *text,
           const char     *style)
{
  GtkWidget *label = pd_wrap_label_new (text, style);

  gtk_box_append (self->content, label);
  return label;
}

static void
add_places (PdGuideStepRow *self,
            const char     *heading,
            const PdPlace  *places)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GPtrArray) shown =
    pd_guide_list_places (places, pd_profile_get_mode (profile), pd_profile_get_generation (profile));

  if (shown->len == 0)
    return;
  add_label (self, heading, "caption-heading");
  for (guint i = 0; i < shown->len; i++)
    gtk_box_append (self->content, pd_place_view_new (g_ptr_array_index (shown, i)));
}

static void
on_copy_value (GtkButton          *button,
               const PdGuideValue *value)
{
  g_autofree char *said = g_strdup_printf (_("%s copied"), _(value->label));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), value->value);
  gtk_widget_activate_action (GTK_WIDGET (button), "win.say", "s", said);
}

static void
add_constant (PdGuideStepRow     *self,
              const PdGuideValue *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (_(value->label));
  GtkWidget *text = gtk_label_new (value->value);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *name = g_strdup_printf (_("Copy %s"), _(value->label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_CHAR);
  /* Whoever types it would type a hyphen, too. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (text), attributes);
  gtk_box_append (GTK_BOX (texts), label);
  gtk_box_append (GTK_BOX (texts), text);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_value), (gpointer) value);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), button);
  gtk_widget_add_css_class (row, "pd-constant");
  gtk_box_append (self->content, row);
}

static void
add_fields (PdGuideStepRow *self)
{
  g_autoptr (GPtrArray) fields = pd_guide_step_get_fields (self->step, pd_shop_get_profile (self->shop));
  GtkWidget *list;

  if (fields->len == 0)
    return;
  list = pd_boxed_list_new ();
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (self->widgets, pd_field_factory_add (list, self->shop, g_ptr_array_index (fields, i)));
  gtk_box_append (self->content, list);
}

static void
on_open (GtkButton          *button,
         const PdGuideValue *page)
{
  pd_open_uri (GTK_WIDGET (button), page->value);
}

static void
on_next (PdGuideStepRow *self)
{
  if (pd_guide_step_is_said (self->step) && !pd_guide_state_is_done (self->state))
    pd_guide_step_set_done (self->step, pd_shop_get_profile (self->shop), TRUE);
  g_signal_emit (self, signals[NEXT], 0);
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
set_suggested (GtkWidget *button,
               gboolean   suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* What only the window's own verb can get done is what is to be pressed, until it is done. */
static void
refresh_buttons (PdGuideStepRow *self)
{
  gboolean action_first = self->action_button != NULL && !pd_guide_step_is_said (self->step) && !pd_guide_state_is_done (self->state);

  if (self->next_button == NULL)
    return;
  set_suggested (self->next_button, !action_first);
  if (self->action_button != NULL)
    set_suggested (self->action_button, action_first);
}

static void
add_buttons (PdGuideStepRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (const PdGuideValue *page = self->step->pages; page->label != NULL; page++)
    g_signal_connect (add_button (box, _(page->label)), "clicked", G_CALLBACK (on_open), (gpointer) page);
  if (self->step->action != NULL) {
    self->action_button = add_button (box, _(self->step->action_label));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->action_button), self->step->action);
  }
  self->next_button = add_button (box, pd_guide_step_is_said (self->step) ? _("Done, Next Step") : _("Next Step"));
  refresh_buttons (self);
  g_signal_connect_object (self->next_button, "clicked", G_CALLBACK (on_next), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (self->content, box);
}

static void
on_expanded (PdGuideStepRow *self)
{
  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) || gtk_widget_get_first_child (GTK_WIDGET (self->content)) != NULL)
    return;
  add_label (self, _(self->step->text), NULL);
  add_places (self, _("Where"), self->step->there);
  add_places (self, _("Where It Is Found"), self->step->found);
  add_places (self, _("Where It Goes"), self->step->entered);
  add_places (self, _("To Read"), self->step->more);
  for (const PdGuideValue *value = self->step->constants; value->label != NULL; value++)
    add_constant (self, value);
  add_fields (self);
  add_buttons (self);
}

static void
on_ticked (PdGuideStepRow *self)
{
  if (!self->updating)
    pd_guide_step_set_done (self->step, pd_shop_get_profile (self->shop), gtk_check_button_get_active (self->tick));
}

static void
pd_guide_step_row_dispose (GObject *object)
{
  g_clear_object (&PD_GUIDE_STEP_ROW (object)->shop);
  G_OBJECT_CLASS (pd_guide_step_row_parent_class)->dispose (object);
}

static void
pd_guide_step_row_finalize (GObject *object)
{
  g_ptr_array_unref (PD_GUIDE_STEP_ROW (object)->widgets);
  G_OBJECT_CLASS (pd_guide_step_row_parent_class)->finalize (object);
}

static void
pd_guide_step_row_class_init (PdGuideStepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_guide_step_row_dispose;
  object_class->finalize = pd_guide_step_row_finalize;
  signals[NEXT] = g_signal_new ("next", PD_TYPE_GUIDE_STEP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_guide_step_row_init (PdGuideStepRow *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  self->widgets = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->tick = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->tick), GTK_ALIGN_CENTER);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->tick));
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->content), "pd-step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (self->content));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What to Do"), -1);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded), NULL);
  g_signal_connect_object (self->tick, "toggled", G_CALLBACK (on_ticked), self, G_CONNECT_SWAPPED);
}

/**
 * pd_guide_step_row_new:
 * @shop: an open shop
 * @step: a step for shops of its kind
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
pd_guide_step_row_new (PdShop            *shop,
                       const PdGuideStep *step)
{
  PdGuideStepRow *self = g_object_new (PD_TYPE_GUIDE_STEP_ROW, "title", _(step->title), NULL);
  g_autofree char *name = g_strdup_printf (_("Done: %s"), _(step->title));

  self->shop = g_object_ref (shop);
  self->step = step;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _(step->title), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tick), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const PdGuideStep *
pd_guide_step_row_get_step (PdGuideStepRow *self)
{
  return self->step;
}

/* As it was at the last refresh. */
PdGuideState
pd_guide_step_row_get_state (PdGuideStepRow *self)
{
  return self->state;
}

/**
 * pd_guide_step_row_refresh:
 * @self: a step's row
 * @last: (nullable): the last run of its checks
 *
 * Shows whether the step is done. What Paydesk sees by itself cannot be ticked or unticked.
 */
void
pd_guide_step_row_refresh (PdGuideStepRow  *self,
                           const PdGuideRun *last)
{
  gboolean can_tick;

  self->state = pd_guide_step_judge (self->step, pd_shop_get_profile (self->shop), last);
  can_tick = self->step->sight == PD_GUIDE_ENTERED ||
             ((self->step->sight == PD_GUIDE_BY_HAND || self->step->sight == PD_GUIDE_FILLED) && self->state != PD_GUIDE_SEEN);
  self->updating = TRUE;
  gtk_check_button_set_active (self->tick, pd_guide_state_is_done (self->state));
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->tick), can_tick && self->state != PD_GUIDE_NOT_NEEDED);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 self->state == PD_GUIDE_OPEN || self->state == PD_GUIDE_TICKED
                                 ? "" : pd_guide_state_get_label (self->state));
  if (self->state == PD_GUIDE_STALE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "pd-stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "pd-stale");
  refresh_buttons (self);
}

/* (nullable) (transfer none) (type PdFieldWidget): the field's row in the unfolded step. */
GtkWidget *
pd_guide_step_row_find_field (PdGuideStepRow *self,
                              const char     *field_id)
{
  for (guint i = 0; i < self->widgets->len; i++) {
    if (g_str_equal (pd_field_widget_get_field (g_ptr_array_index (self->widgets, i))->id, field_id))
      return g_ptr_array_index (self->widgets, i);
  }
  return NULL;
}
