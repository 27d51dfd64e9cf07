/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-list-row.h"

#include <glib/gi18n.h>

#include "pd-clean.h"
#include "pd-field-tools.h"
#include "pd-field-widget.h"
#include "pd-list-item.h"
#include "pd-note-row.h"

/**
 * PdListRow:
 *
 * A field of any number of values, one entry each, and an empty entry at the end for one more, into which many lines
 * can be pasted at once. Values are moved by Alt and an arrow key, or by the menu of each.
 */
struct _PdListRow
{
  AdwExpanderRow  parent_instance;
  PdShop         *shop;
  const PdField  *field;
  PdNoteRow      *note;
  GPtrArray      *items; /* unowned PdListItem, in order; the last is the empty one */
  gboolean        updating;
  guint           rebuild_source;
};

static const PdField *
pd_list_row_get_field (PdFieldWidget *widget)
{
  return PD_LIST_ROW (widget)->field;
}

static GtkWidget *
pd_list_row_get_note (PdFieldWidget *widget)
{
  return GTK_WIDGET (PD_LIST_ROW (widget)->note);
}

static void
pd_list_row_focus (PdFieldWidget *widget)
{
  PdListRow *self = PD_LIST_ROW (widget);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (g_ptr_array_index (self->items, 0));
}

static void
pd_list_row_iface_init (PdFieldWidgetInterface *iface)
{
  iface->get_field = pd_list_row_get_field;
  iface->get_note = pd_list_row_get_note;
  iface->focus = pd_list_row_focus;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PdListRow, pd_list_row, ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (PD_TYPE_FIELD_WIDGET, pd_list_row_iface_init))

static const char *const *
get_values (PdListRow *self)
{
  return pd_profile_get_list (pd_shop_get_profile (self->shop), self->field->id);
}

static void
set_values (PdListRow         *self,
            const char *const *values)
{
  g_autoptr (GError) error = NULL;

  self->updating = TRUE;
  if (!pd_profile_set_list (pd_shop_get_profile (self->shop), self->field->id, values, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", error->message);
  self->updating = FALSE;
}

/* What stands in the entries, many lines in one becoming many values. */
static void
take_entries (PdListRow *self,
              gboolean   clean)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->items->len; i++) {
    g_auto (GStrv) lines = g_strsplit_set (gtk_editable_get_text (g_ptr_array_index (self->items, i)), "\r\n", -1);

    for (guint j = 0; lines[j] != NULL; j++) {
      char *value = clean ? pd_clean_value (self->field, lines[j], NULL) : g_strdup (lines[j]);

      if (*value != '\0')
        g_ptr_array_add (values, value);
      else
        g_free (value);
    }
  }
  g_ptr_array_add (values, NULL);
  if (!g_strv_equal ((const char *const *) values->pdata, get_values (self)))
    set_values (self, (const char *const *) values->pdata);
}

static void
refresh_note (PdListRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GPtrArray) problems = pd_profile_judge_field (profile, self->field, NULL);
  guint n = g_strv_length ((char **) get_values (self));
  g_autofree char *subtitle = n == 0 ? g_strdup (_("No values"))
                              : g_strdup_printf (ngettext ("%u value", "%u values", n), n);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  pd_note_row_begin (self->note);
  for (guint i = 0; i < problems->len; i++) {
    const PdProblem *problem = g_ptr_array_index (problems, i);

    pd_note_row_add (self->note, problem->severity, problem->message, NULL, NULL, NULL);
  }
  if (pd_profile_get_mark (profile, self->field->id, NULL) == PD_MARK_STALE)
    pd_note_row_add (self->note, PD_SEVERITY_WARNING,
                     _("Changed since it was entered in Seller Central. Enter it there again."), NULL, NULL, NULL);
  pd_note_row_end (self->note);
}

/* The place of the item that has the caret, or -1. */
static int
find_focused (PdListRow *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    if (gtk_widget_get_state_flags (g_ptr_array_index (self->items, i)) & GTK_STATE_FLAG_FOCUS_WITHIN)
      return (int) i;
  }
  return -1;
}

static void
rebuild (PdListRow *self,
         int        focus)
{
  const char *const *values = get_values (self);
  guint n = g_strv_length ((char **) values);

  self->updating = TRUE;
  for (guint i = 0; i < self->items->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->items, i));
  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i <= n; i++) {
    GtkWidget *item = pd_list_item_new (pd_field_get_label (self->field), i, i < n ? values[i] : NULL);

    g_ptr_array_add (self->items, item);
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), item);
  }
  self->updating = FALSE;
  if (focus >= 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->items, MIN ((guint) focus, n)));
  refresh_note (self);
}

/* Whether the entries show what the profile holds. */
static gboolean
is_current (PdListRow *self)
{
  const char *const *values = get_values (self);

  if (self->items->len != g_strv_length ((char **) values) + 1)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++) {
    const char *text = gtk_editable_get_text (g_ptr_array_index (self->items, i));

    if (!g_str_equal (text, values[i] != NULL ? values[i] : ""))
      return FALSE;
  }
  return TRUE;
}

static gboolean
rebuild_now (gpointer user_data)
{
  PdListRow *self = user_data;

  self->rebuild_source = 0;
  if (!is_current (self))
    rebuild (self, find_focused (self));
  return G_SOURCE_REMOVE;
}

/* Not at once: an entry must not go while it tells of a change of its own. */
static void
rebuild_soon (PdListRow *self)
{
  if (self->rebuild_source == 0)
    self->rebuild_source = g_idle_add (rebuild_now, self);
}

static void
on_value_changed (PdListRow *self)
{
  if (!self->updating)
    rebuild_soon (self);
  refresh_note (self);
}

static void
edited_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);

  if (!self->updating)
    take_entries (self, FALSE);
}

static void
finish_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);

  if (self->updating)
    return;
  take_entries (self, TRUE);
  rebuild_soon (self);
}

static void
move (PdListRow *self,
      guint      from,
      guint      to)
{
  g_auto (GStrv) values = g_strdupv ((char **) get_values (self));
  guint n = g_strv_length (values);
  char *moved;

  if (from >= n || to >= n)
    return;
  moved = values[from];
  values[from] = values[to];
  values[to] = moved;
  set_values (self, (const char *const *) values);
  rebuild (self, (int) to);
}

static void
up_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  guint at = g_variant_get_uint32 (parameter);

  if (at > 0)
    move (PD_LIST_ROW (widget), at, at - 1);
}

static void
down_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  guint at = g_variant_get_uint32 (parameter);

  move (PD_LIST_ROW (widget), at, at + 1);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);
  guint at = g_variant_get_uint32 (parameter);

  if (at >= g_strv_length ((char **) get_values (self)))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), get_values (self)[at]);
  gtk_widget_activate_action (widget, "win.say", "s", _("Value copied"));
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);
  guint at = g_variant_get_uint32 (parameter);
  g_auto (GStrv) values = g_strdupv ((char **) get_values (self));
  guint n = g_strv_length (values);

  if (at >= n)
    return;
  g_free (values[at]);
  memmove (&values[at], &values[at + 1], (n - at) * sizeof (char *));
  set_values (self, (const char *const *) values);
  rebuild (self, (int) at);
}

static void
pd_list_row_dispose (GObject *object)
{
  PdListRow *self = PD_LIST_ROW (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  g_clear_object (&self->note);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_list_row_parent_class)->dispose (object);
}

static void
pd_list_row_finalize (GObject *object)
{
  g_ptr_array_unref (PD_LIST_ROW (object)->items);
  G_OBJECT_CLASS (pd_list_row_parent_class)->finalize (object);
}

static void
pd_list_row_class_init (PdListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_list_row_dispose;
  object_class->finalize = pd_list_row_finalize;
  gtk_widget_class_install_action (widget_class, "list.edited", NULL, edited_action);
  gtk_widget_class_install_action (widget_class, "list.finish", NULL, finish_action);
  gtk_widget_class_install_action (widget_class, "list.up", "u", up_action);
  gtk_widget_class_install_action (widget_class, "list.down", "u", down_action);
  gtk_widget_class_install_action (widget_class, "list.copy", "u", copy_action);
  gtk_widget_class_install_action (widget_class, "list.remove", "u", remove_action);
}

static void
pd_list_row_init (PdListRow *self)
{
  self->items = g_ptr_array_new ();
  self->note = pd_note_row_new (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * pd_list_row_new:
 * @shop: an open shop
 * @field: a field of many values
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_list_row_new (PdShop        *shop,
                 const PdField *field)
{
  g_autofree char *title = pd_field_widget_make_title (field);
  g_autofree char *detail = g_strconcat ("changed::", field->id, NULL);
  PdListRow *self = g_object_new (PD_TYPE_LIST_ROW, "title", title, "expanded", TRUE, NULL);

  self->shop = g_object_ref (shop);
  self->field = field;
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), pd_field_tools_new (shop, field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  rebuild (self, -1);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
