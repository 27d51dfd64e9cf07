/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-fields-view.h"

#include <glib/gi18n.h>

#include "pd-beside.h"
#include "pd-boxed-list.h"
#include "pd-catalogue.h"
#include "pd-field-factory.h"
#include "pd-field-widget.h"
#include "pd-in-sight.h"
#include "pd-legend.h"
#include "pd-marks-button.h"
#include "pd-soon.h"
#include "pd-wrap.h"

/**
 * PdFieldsView:
 *
 * One of the window's views as the catalogue has it: its groups, and in them a row for each field that the shop's mode
 * and generation use. A change of either changes at once what is shown.
 */
struct _PdFieldsView
{
  AdwBin             parent_instance;
  PdShop            *shop;
  PdView             view;
  GPtrArray         *fields;  /* what is shown, of PdField */
  GPtrArray         *widgets; /* unowned PdFieldWidget, in the same order */
  GtkScrolledWindow *scroller;
  GtkBox            *box;
  GtkWidget         *content;
  GtkWidget         *head; /* what a view has besides fields; owned */
  GtkWidget         *tail;
  GtkWidget         *middle;
  const PdField     *middle_field; /* whose group the middle stands behind */
  guint              rebuild_source;
};

G_DEFINE_FINAL_TYPE (PdFieldsView, pd_fields_view, ADW_TYPE_BIN)

static GtkWidget *
make_paste_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Paste Keys"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.paste-keys");
  gtk_widget_set_tooltip_text (button, _("Fill the Fields from Copied Keys"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Paste Keys"), -1);
  pd_wrap_labels (button);
  return button;
}

static GtkWidget *
make_domain_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Change _Domain…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shop.move-domain");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "", "");
  gtk_widget_set_tooltip_text (button, _("Rewrite Every Address of the Old Domain"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Change Domain"), -1);
  pd_wrap_labels (button);
  return button;
}

/* What can be done with the group from @first to before @end as a whole. */
static void
add_head (PdFieldsView         *self,
          AdwPreferencesGroup  *group,
          guint                 first,
          guint                 end)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GPtrArray) entered = g_ptr_array_new ();

  gtk_widget_set_layout_manager (box, pd_beside_new (6));
  for (guint i = first; i < end; i++) {
    const PdField *field = g_ptr_array_index (self->fields, i);

    if (field->direction != PD_DIRECTION_NONE)
      g_ptr_array_add (entered, (gpointer) field);
  }
  if (entered->len > 0)
    gtk_box_append (GTK_BOX (box), pd_marks_button_new (self->shop, entered));
  if (self->view == PD_VIEW_API_INFORMATION && first == 0)
    gtk_box_append (GTK_BOX (box), make_paste_button ());
  if (self->view == PD_VIEW_SELLER_CENTRAL && first == 0)
    gtk_box_append (GTK_BOX (box), make_domain_button ());
  adw_preferences_group_set_header_suffix (group, box);
}

/* The fields from @first on that share its group. */
static guint
add_group (PdFieldsView *self,
           guint         first)
{
  const PdField *head = g_ptr_array_index (self->fields, first);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = pd_boxed_list_new ();
  GtkWidget *parent = list;
  guint i;

  if (head->sandbox_of != NULL) {
    /* S037: the sandbox is not needed; it stays folded. */
    parent = adw_expander_row_new ();
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (parent), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (parent), _(head->group));
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, _(head->group), -1);
    pd_wrap_labels (parent);
    gtk_list_box_append (GTK_LIST_BOX (list), parent);
  } else {
    g_autofree char *title = g_markup_escape_text (_(head->group), -1);

    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
    pd_wrap_labels (group);
  }
  for (i = first; i < self->fields->len; i++) {
    const PdField *field = g_ptr_array_index (self->fields, i);

    if (g_strcmp0 (field->group, head->group) != 0)
      break;
    g_ptr_array_add (self->widgets, pd_field_factory_add (parent, self->shop, field));
  }
  if (parent == list)
    add_head (self, ADW_PREFERENCES_GROUP (group), first, i);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (GTK_BOX (self->content), group);
  return i;
}

static GPtrArray *
list_fields (PdFieldsView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);

  return pd_catalogue_get_view (self->view, pd_profile_get_mode (profile), pd_profile_get_generation (profile));
}

static const char *
find_focused (PdFieldsView *self)
{
  for (guint i = 0; i < self->widgets->len; i++) {
    GtkWidget *widget = g_ptr_array_index (self->widgets, i);

    if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN)
      return pd_field_widget_get_field (PD_FIELD_WIDGET (widget))->id;
  }
  return NULL;
}

static void
take_out (PdFieldsView *self,
          GtkWidget    *extra)
{
  if (extra != NULL && gtk_widget_get_parent (extra) != NULL)
    gtk_box_remove (GTK_BOX (self->content), extra);
}

static void
rebuild (PdFieldsView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double value = gtk_adjustment_get_value (adjustment);
  const char *focused = find_focused (self);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = list_fields (self);
  g_ptr_array_set_size (self->widgets, 0);
  take_out (self, self->head);
  take_out (self, self->tail);
  take_out (self, self->middle);
  if (self->content != NULL)
    gtk_box_remove (self->box, self->content);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (self->box, self->content);

  if (self->head != NULL)
    gtk_box_append (GTK_BOX (self->content), self->head);
  for (guint i = 0; i < self->fields->len;) {
    const PdField *first = g_ptr_array_index (self->fields, i);

    i = add_group (self, i);
    if (self->middle != NULL && g_strcmp0 (first->group, self->middle_field->group) == 0)
      gtk_box_append (GTK_BOX (self->content), self->middle);
  }
  if (self->tail != NULL)
    gtk_box_append (GTK_BOX (self->content), self->tail);
  gtk_box_append (GTK_BOX (self->content), pd_legend_new (pd_profile_get_mode (pd_shop_get_profile (self->shop))));

  if (focused != NULL)
    pd_fields_view_focus_field (self, focused);
  gtk_adjustment_set_value (adjustment, value);
}

static void
on_kind_changed (PdFieldsView *self)
{
  pd_soon (&self->rebuild_source, (PdSoonFunc) rebuild, self);
}

static void
pd_fields_view_dispose (GObject *object)
{
  PdFieldsView *self = PD_FIELDS_VIEW (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  g_clear_object (&self->head);
  g_clear_object (&self->tail);
  g_clear_object (&self->middle);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_fields_view_parent_class)->dispose (object);
}

static void
pd_fields_view_finalize (GObject *object)
{
  PdFieldsView *self = PD_FIELDS_VIEW (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_ptr_array_unref (self->widgets);
  G_OBJECT_CLASS (pd_fields_view_parent_class)->finalize (object);
}

static void
pd_fields_view_class_init (PdFieldsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_fields_view_dispose;
  object_class->finalize = pd_fields_view_finalize;
}

static void
pd_fields_view_init (PdFieldsView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->widgets = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "pd-view");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, clamp);
  pd_keep_in_sight (self->scroller);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
}

/**
 * pd_fields_view_new:
 * @shop: an open shop
 * @view: which of its views
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
pd_fields_view_new (PdShop *shop,
                    PdView  view)
{
  PdFieldsView *self = g_object_new (PD_TYPE_FIELDS_VIEW, NULL);

  self->shop = g_object_ref (shop);
  self->view = view;
  rebuild (self);
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::mode", G_CALLBACK (on_kind_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), "notify::generation", G_CALLBACK (on_kind_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * pd_fields_view_find:
 * @self: a view
 * @field_id: a field's id
 *
 * Returns: (nullable) (transfer none) (type PdFieldWidget): the field's row, where the view shows it
 */
GtkWidget *
pd_fields_view_find (PdFieldsView *self,
                     const char   *field_id)
{
  for (guint i = 0; i < self->fields->len; i++) {
    if (g_str_equal (((const PdField *) g_ptr_array_index (self->fields, i))->id, field_id))
      return g_ptr_array_index (self->widgets, i);
  }
  return NULL;
}

/**
 * pd_fields_view_set_around:
 * @self: a view
 * @head: (nullable) (transfer floating): what stands before the first group
 * @tail: (nullable) (transfer floating): what stands behind the last one
 *
 * Both stay the same when the shop's mode changes and the fields with it.
 */
void
pd_fields_view_set_around (PdFieldsView *self,
                           GtkWidget    *head,
                           GtkWidget    *tail)
{
  g_return_if_fail (self->head == NULL && self->tail == NULL);

  /* What is there stays: to build it again would cost as much once more. */
  self->head = head != NULL ? g_object_ref_sink (head) : NULL;
  self->tail = tail != NULL ? g_object_ref_sink (tail) : NULL;
  if (head != NULL)
    gtk_box_prepend (GTK_BOX (self->content), head);
  if (tail != NULL)
    gtk_box_insert_child_after (GTK_BOX (self->content), tail, gtk_widget_get_prev_sibling (gtk_widget_get_last_child (self->content)));
}

/**
 * pd_fields_view_set_between:
 * @self: a view
 * @field: one of its fields
 * @part: (transfer floating): what stands behind the group of @field
 *
 * It stays the same when the shop's mode changes and the fields with it.
 */
void
pd_fields_view_set_between (PdFieldsView  *self,
                            const PdField *field,
                            GtkWidget     *part)
{
  GtkWidget *row;

  g_return_if_fail (self->middle == NULL);

  self->middle = g_object_ref_sink (part);
  self->middle_field = field;
  if ((row = pd_fields_view_find (self, field->id)) != NULL)
    gtk_box_insert_child_after (GTK_BOX (self->content), part, gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP));
}

/**
 * pd_fields_view_focus_field:
 * @self: a view
 * @field_id: a field's id
 *
 * Puts the caret into the field, unfolding and scrolling to it.
 *
 * Returns: whether the view shows the field
 */
gboolean
pd_fields_view_focus_field (PdFieldsView *self,
                            const char   *field_id)
{
  GtkWidget *row = pd_fields_view_find (self, field_id);
  GtkWidget *expander = row != NULL ? gtk_widget_get_ancestor (gtk_widget_get_parent (row), ADW_TYPE_EXPANDER_ROW) : NULL;

  if (row == NULL)
    return FALSE;
  if (expander != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  pd_field_widget_focus (PD_FIELD_WIDGET (row));
  return TRUE;
}

/**
 * pd_fields_view_focus_first:
 * @self: a view
 *
 * Puts the caret into the first field, past the buttons of its group's head: whoever comes by a key comes to read or to type. What
 * stands there is not selected, or the next key would take its place. A view that begins with something other than fields begins there.
 *
 * Returns: whether something took the focus
 */
gboolean
pd_fields_view_focus_first (PdFieldsView *self)
{
  if (self->head != NULL && gtk_widget_child_focus (self->head, GTK_DIR_TAB_FORWARD))
    return TRUE;
  for (guint i = 0; i < self->widgets->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->widgets, i);

    if (gtk_widget_is_visible (row) && gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD)) {
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (row));

      if (GTK_IS_EDITABLE (focus))
        gtk_editable_select_region (GTK_EDITABLE (focus), 0, 0);
      return TRUE;
    }
  }
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
