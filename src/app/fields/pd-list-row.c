/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-list-row.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-clean.h"
#include "pd-field-tools.h"
#include "pd-field-widget.h"
#include "pd-list-drag.h"
#include "pd-list-item.h"
#include "pd-mend.h"
#include "pd-note-row.h"

/**
 * PdListRow:
 *
 * A field of any number of values, one entry each, and an empty entry at the end for one more, into which many lines
 * can be pasted at once. Values are moved by Alt and an arrow key, by the menu of each, or dragged. What is wrong with a value stands
 * below it, with what mends it. The entries of a long list come in turns, so that the window answers meanwhile.
 */
struct _PdListRow
{
  AdwExpanderRow  parent_instance;
  PdShop         *shop;
  const PdField  *field;
  PdNoteRow      *note;
  GPtrArray      *items; /* unowned PdListItem, in order; the last is the empty one, once all are there */
  gboolean        updating;
  gboolean        building; /* the entries that are there show the first values, others are to come */
  guint           sync_source;
  guint           judge_source;
};

#define JUDGE_DELAY_MS 500
#define TURN_US        25000

/* A change of these may make another list's addresses right or wrong. */
static const char *const related_fields[] = {
  "javascript-origins", "return-urls", "legacy-site-url", "cc-site-url", "environment", "mode", NULL,
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

static void
add_item (PdListRow *self)
{
  GtkWidget *item = pd_list_item_new (pd_field_get_label (self->field), self->items->len);

  g_ptr_array_add (self->items, item);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), item);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (pd_list_item_get_note (PD_LIST_ITEM (item))));
}

static void
remove_last_item (PdListRow *self)
{
  PdListItem *item = g_ptr_array_index (self->items, self->items->len - 1);

  adw_expander_row_remove (ADW_EXPANDER_ROW (self), GTK_WIDGET (pd_list_item_get_note (item)));
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), GTK_WIDGET (item));
  g_ptr_array_set_size (self->items, self->items->len - 1);
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
focus_item (PdListRow *self,
            guint      index)
{
  if (index < self->items->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->items, index));
}

/* Lets the entries show what the profile holds; those that are there stay, and with them the caret. Until @end, a monotonic time, is
 * over: returns whether all is done. */
static gboolean
sync_entries (PdListRow *self,
              gint64     end)
{
  const char *const *values = get_values (self);
  guint n = g_strv_length ((char **) values);
  int focused = find_focused (self);
  guint emptied = 0;
  guint first_new = self->items->len;

  /* What is left empty closes up, and the caret goes along. */
  for (int i = 0; i < focused; i++)
    emptied += *gtk_editable_get_text (g_ptr_array_index (self->items, (guint) i)) == '\0';
  self->updating = TRUE;
  if (emptied > 0)
    focus_item (self, (guint) focused - emptied);
  while (self->items->len > n + 1)
    remove_last_item (self);
  for (guint i = 0; i < MIN (self->items->len, n + 1); i++)
    pd_list_item_set_value (g_ptr_array_index (self->items, i), values[i]);
  while (self->items->len < n + 1 && (self->items->len == first_new || g_get_monotonic_time () < end)) {
    add_item (self);
    pd_list_item_set_value (g_ptr_array_index (self->items, self->items->len - 1), values[self->items->len - 1]);
  }
  self->building = self->items->len < n + 1;
  self->updating = FALSE;
  return !self->building;
}

/* Somebody is quicker than the turns: what is still to come comes at once, and what is being edited stays as it is. */
static void
finish_building (PdListRow *self)
{
  const char *const *values = get_values (self);
  guint n = g_strv_length ((char **) values);

  self->updating = TRUE;
  while (self->items->len < n + 1) {
    add_item (self);
    pd_list_item_set_value (g_ptr_array_index (self->items, self->items->len - 1), values[self->items->len - 1]);
  }
  self->updating = FALSE;
  self->building = FALSE;
}

/* What stands in the entries, many lines in one becoming many values. */
static void
take_entries (PdListRow *self,
              gboolean   clean)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  if (self->building)
    finish_building (self);
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
mend_value (GtkWidget  *item,
            const char *rule)
{
  gtk_widget_activate_action (item, "list.mend", "(us)", pd_list_item_get_index (PD_LIST_ITEM (item)), rule);
}

static void
add_origin (GtkWidget  *widget,
            const char *address)
{
  gtk_widget_activate_action (widget, "shop.add-origin", "s", address);
}

static void
mend_all (GtkWidget  *widget,
          const char *detail)
{
  gtk_widget_activate_action (widget, "list.mend-all", NULL);
}

static void
note_problem (PdListRow       *self,
              PdNoteRow       *note,
              const PdProblem *problem)
{
  const char *label = NULL;
  g_autofree char *mended = pd_mend_value (self->field, problem->rule, problem->value, &label);

  if (mended != NULL)
    pd_note_row_add (note, problem->severity, problem->message, label, G_CALLBACK (mend_value), problem->rule);
  else if (g_str_equal (problem->rule, "url-twin") && g_strcmp0 (problem->field, "javascript-origins") == 0)
    pd_note_row_add (note, problem->severity, problem->message, _("Add Origin"), G_CALLBACK (add_origin), problem->value);
  else
    pd_note_row_add (note, problem->severity, problem->message, NULL, NULL, NULL);
}

/* What concerns the list as a whole. */
static void
note_list (PdListRow  *self,
           GPtrArray  *related,
           GHashTable *by_value)
{
  const char *const *values = get_values (self);
  guint n_mendable = 0;

  pd_note_row_begin (self->note);
  for (guint i = 0; i < related->len; i++) {
    const PdProblem *problem = g_ptr_array_index (related, i);
    gboolean of_origins = g_str_equal (self->field->id, "javascript-origins");
    g_autofree char *text = NULL;

    if (!g_str_equal (problem->rule, "url-site"))
      continue;
    /* Translators: an origin, and what is said of it. */
    text = g_strdup_printf (_("%s: %s"), problem->value, problem->message);
    pd_note_row_add (self->note, problem->severity, text, of_origins ? _("Add Origin") : NULL,
                     of_origins ? G_CALLBACK (add_origin) : NULL, problem->value);
  }
  for (guint i = 0; values[i] != NULL; i++) {
    g_autofree char *mended = g_hash_table_contains (by_value, values[i]) ? pd_mend_all (self->field, values[i]) : NULL;

    n_mendable += mended != NULL && !g_str_equal (mended, values[i]);
  }
  if (n_mendable > 1) {
    g_autofree char *text = g_strdup_printf (ngettext ("%'u of these can be corrected at once.", "%'u of these can be corrected at once.", n_mendable),
                                             n_mendable);

    pd_note_row_add (self->note, PD_SEVERITY_HINT, text, _("Correct All"), G_CALLBACK (mend_all), NULL);
  }
  pd_field_widget_note_mark (PD_FIELD_WIDGET (self), self->shop, self->note);
  pd_note_row_end (self->note);
}

static void
refresh_notes (PdListRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GPtrArray) own = pd_profile_judge_field (profile, self->field, NULL);
  g_autoptr (GPtrArray) related = pd_profile_judge_urls (profile, self->field, pd_profile_get_environment (profile));
  GPtrArray *both[] = { own, related };
  const char *const *values = get_values (self);
  guint n = g_strv_length ((char **) values);
  g_autoptr (GHashTable) by_value = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    for (guint j = 0; j < both[i]->len; j++) {
      PdProblem *problem = g_ptr_array_index (both[i], j);
      GPtrArray *problems;

      if (problem->value == NULL || g_str_equal (problem->rule, "url-site"))
        continue;
      problems = g_hash_table_lookup (by_value, problem->value);
      if (problems == NULL) {
        problems = g_ptr_array_new ();
        g_hash_table_insert (by_value, problem->value, problems);
      }
      g_ptr_array_add (problems, problem);
    }
  }
  for (guint i = 0; i < MIN (n, self->items->len); i++) {
    PdListItem *item = g_ptr_array_index (self->items, i);
    PdNoteRow *note = pd_list_item_get_note (item);
    GPtrArray *problems = g_hash_table_lookup (by_value, values[i]);
    const char *last = NULL;

    pd_note_row_begin (note);
    for (guint j = 0; problems != NULL && j < problems->len; j++) {
      const PdProblem *problem = g_ptr_array_index (problems, j);

      /* Of a value that stands here twice each is told once. */
      if (g_strcmp0 (last, problem->rule) != 0)
        note_problem (self, note, problem);
      last = problem->rule;
    }
    pd_note_row_end (note);
  }
  note_list (self, related, by_value);
}

static void
refresh_count (PdListRow *self)
{
  guint n = g_strv_length ((char **) get_values (self));
  g_autofree char *subtitle = n == 0 ? g_strdup (_("No values"))
                              : g_strdup_printf (ngettext ("%'u value", "%'u values", n), n);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static gboolean
judge_now (gpointer user_data)
{
  PdListRow *self = user_data;

  self->judge_source = 0;
  refresh_notes (self);
  return G_SOURCE_REMOVE;
}

/* While somebody types, an unfinished value is no mistake yet. */
static void
judge_soon (PdListRow *self)
{
  g_clear_handle_id (&self->judge_source, g_source_remove);
  if (find_focused (self) >= 0)
    self->judge_source = g_timeout_add (JUDGE_DELAY_MS, judge_now, self);
  else
    /* Not all lists in one turn of the loop: those that are only compared with come after the others. */
    self->judge_source = g_idle_add_full (self->field->seen_of != NULL ? G_PRIORITY_LOW : G_PRIORITY_DEFAULT_IDLE, judge_now, self, NULL);
}

static gboolean
sync_turn (gpointer user_data)
{
  PdListRow *self = user_data;

  if (!sync_entries (self, g_get_monotonic_time () + TURN_US))
    return G_SOURCE_CONTINUE;
  self->sync_source = 0;
  judge_soon (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: an entry must not change while it tells of a change of its own. */
static void
sync_soon (PdListRow *self)
{
  if (self->sync_source == 0)
    self->sync_source = g_idle_add (sync_turn, self);
}

/* At once, as far as it goes quickly. */
static void
sync_now (PdListRow *self)
{
  if (sync_entries (self, g_get_monotonic_time () + TURN_US))
    refresh_notes (self);
  else
    sync_soon (self);
}

static void
on_value_changed (PdListRow *self)
{
  refresh_count (self);
  if (!self->updating)
    sync_soon (self);
  judge_soon (self);
}

static void
on_other_changed (PdListRow  *self,
                  const char *field_id)
{
  if (g_strv_contains (related_fields, field_id))
    judge_soon (self);
}

static void
edited_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);

  if (self->updating)
    return;
  take_entries (self, FALSE);
  judge_soon (self);
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
  sync_soon (self);
}

/* After Return, the entry below: at the end that is the empty one. */
static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);

  sync_entries (self, G_MAXINT64);
  focus_item (self, MIN (g_variant_get_uint32 (parameter) + 1, self->items->len - 1));
  judge_soon (self);
}

/* By one step, so that one undo takes it back. */
static void
set_values_in_step (PdListRow         *self,
                    const char *const *values)
{
  pd_profile_begin_step (pd_shop_get_profile (self->shop));
  set_values (self, values);
  pd_profile_end_step (pd_shop_get_profile (self->shop));
  sync_now (self);
}

/* An entry that has been emptied and not been left yet is no value any more: those below it are one place further up. */
static guint
get_place (PdListRow *self,
           guint      index)
{
  guint place = 0;

  for (guint i = 0; i < MIN (index, self->items->len); i++)
    place += *gtk_editable_get_text (g_ptr_array_index (self->items, i)) != '\0';
  return place;
}

static void
move (PdListRow *self,
      guint      from,
      guint      to)
{
  g_auto (GStrv) values = g_strdupv ((char **) get_values (self));
  guint n = g_strv_length (values);
  char *moved;

  if (from >= n || to >= n || from == to)
    return;
  moved = values[from];
  if (from < to)
    memmove (&values[from], &values[from + 1], (to - from) * sizeof (char *));
  else
    memmove (&values[to + 1], &values[to], (from - to) * sizeof (char *));
  values[to] = moved;
  set_values_in_step (self, (const char *const *) values);
  focus_item (self, to);
}

static gboolean
is_empty_item (PdListRow *self,
               guint      index)
{
  return index >= self->items->len || *gtk_editable_get_text (g_ptr_array_index (self->items, index)) == '\0';
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);
  guint from, to, n = g_strv_length ((char **) get_values (self));

  g_variant_get (parameter, "(uu)", &from, &to);
  if (n > 0 && !is_empty_item (self, from))
    move (self, get_place (self, from), MIN (get_place (self, to), n - 1));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);
  guint at = get_place (self, g_variant_get_uint32 (parameter));

  if (is_empty_item (self, g_variant_get_uint32 (parameter)) || at >= g_strv_length ((char **) get_values (self)))
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
  guint at = get_place (self, g_variant_get_uint32 (parameter));
  g_auto (GStrv) values = g_strdupv ((char **) get_values (self));
  guint n = g_strv_length (values);

  if (at >= n || is_empty_item (self, g_variant_get_uint32 (parameter)))
    return;
  g_free (values[at]);
  memmove (&values[at], &values[at + 1], (n - at) * sizeof (char *));
  set_values_in_step (self, (const char *const *) values);
  focus_item (self, MIN (at, n - 1));
}

static void
mend_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);
  g_auto (GStrv) values = g_strdupv ((char **) get_values (self));
  const char *rule;
  char *mended;
  guint at;

  g_variant_get (parameter, "(u&s)", &at, &rule);
  at = get_place (self, at);
  if (at >= g_strv_length (values) || (mended = pd_mend_value (self->field, rule, values[at], NULL)) == NULL)
    return;
  g_free (values[at]);
  values[at] = mended;
  set_values_in_step (self, (const char *const *) values);
  focus_item (self, at);
}

static void
mend_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  PdListRow *self = PD_LIST_ROW (widget);
  g_auto (GStrv) values = g_strdupv ((char **) get_values (self));

  for (guint i = 0; values[i] != NULL; i++) {
    char *mended = pd_mend_all (self->field, values[i]);

    g_free (values[i]);
    values[i] = mended;
  }
  set_values_in_step (self, (const char *const *) values);
  focus_item (self, 0);
}

static void
pd_list_row_dispose (GObject *object)
{
  PdListRow *self = PD_LIST_ROW (object);

  g_clear_handle_id (&self->sync_source, g_source_remove);
  g_clear_handle_id (&self->judge_source, g_source_remove);
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
  gtk_widget_class_install_action (widget_class, "list.next", "u", next_action);
  gtk_widget_class_install_action (widget_class, "list.mend", "(us)", mend_action);
  gtk_widget_class_install_action (widget_class, "list.mend-all", NULL, mend_all_action);
  gtk_widget_class_install_action (widget_class, "list.move", "(uu)", move_action);
  gtk_widget_class_install_action (widget_class, "list.copy", "u", copy_action);
  gtk_widget_class_install_action (widget_class, "list.remove", "u", remove_action);
}

static void
pd_list_row_init (PdListRow *self)
{
  self->items = g_ptr_array_new ();
  self->note = pd_note_row_new (GTK_WIDGET (self));
  pd_list_drag_attach (GTK_WIDGET (self), self->items);
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
  refresh_count (self);
  sync_now (self);
  g_signal_connect_object (pd_shop_get_profile (shop), detail, G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_shop_get_profile (shop), "changed", G_CALLBACK (on_other_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
