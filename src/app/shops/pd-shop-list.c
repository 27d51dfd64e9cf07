/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shop-list.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-shop-row.h"

/**
 * PdShopList:
 *
 * The shops at the left, in the order of their names, with a search over names and values.
 *
 * Property "selected" (PdProfile): the shop that is shown. Signal "chosen": a person chose it, maybe again.
 */
struct _PdShopList
{
  AdwBin              parent_instance;
  PdVerdicts         *verdicts;
  GtkCustomFilter    *filter;
  GtkSorter          *sorter;
  GtkFilterListModel *shown;
  GtkSingleSelection *selection;
  char               *wanted; /* folded text of the search, or NULL */
  PdProfile          *selected;
  GtkStack           *stack;
  GtkListView        *list;
  GtkSearchBar       *search_bar;
  GtkSearchEntry     *search_entry;
};

enum {
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PdShopList, pd_shop_list, ADW_TYPE_BIN)

/* Full-width and half-width, capitals and small letters are the same to someone who searches. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

static gboolean
holds (const char *text,
       const char *wanted)
{
  g_autofree char *folded = text != NULL ? fold (text) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  PdShopList *self = user_data;
  PdProfile *profile = item;
  PdVerdict verdict;
  guint n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  if (self->wanted == NULL || holds (pd_profile_get_name (profile), self->wanted))
    return TRUE;
  if (holds (pd_mode_get_label (pd_profile_get_mode (profile)), self->wanted) ||
      holds (pd_generation_get_label (pd_profile_get_generation (profile)), self->wanted))
    return TRUE;
  if (pd_verdicts_lookup (self->verdicts, profile, &verdict, NULL) &&
      holds (pd_verdict_get_label (verdict), self->wanted))
    return TRUE;
  for (guint i = 0; i < n_fields; i++) {
    const char *const *values;

    if (fields[i]->kind == PD_FIELD_TEXT && holds (pd_profile_get_text (profile, fields[i]->id), self->wanted))
      return TRUE;
    if (fields[i]->kind != PD_FIELD_LIST)
      continue;
    values = pd_profile_get_list (profile, fields[i]->id);
    for (guint j = 0; values != NULL && values[j] != NULL; j++) {
      if (holds (values[j], self->wanted))
        return TRUE;
    }
  }
  return FALSE;
}

static void
show_what_there_is (PdShopList *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : self->wanted != NULL ? "nothing-found" : "empty");
}

static void
on_search_changed (PdShopList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *folded = fold (text);

  g_strstrip (folded);
  g_clear_pointer (&self->wanted, g_free);
  if (*folded != '\0')
    self->wanted = g_steal_pointer (&folded);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_what_there_is (self);
}

static void
on_name_changed (PdShopList *self)
{
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
on_selection_changed (PdShopList *self)
{
  PdProfile *profile = gtk_single_selection_get_selected_item (self->selection);

  /* A search that hides the open shop does not close it. */
  if (profile == NULL && self->selected != NULL && self->wanted != NULL)
    return;
  if (g_set_object (&self->selected, profile))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_row_pressed (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                PdShopList      *self)
{
  g_signal_emit_by_name (self, "chosen");
}

static void
setup_row (PdShopList  *self,
           GtkListItem *item)
{
  GtkWidget *row = pd_shop_row_new (self->verdicts);
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect_object (gesture, "released", G_CALLBACK (on_row_pressed), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));
  gtk_list_item_set_child (item, row);
}

static void
bind_row (PdShopList  *self,
          GtkListItem *item)
{
  PdProfile *profile = gtk_list_item_get_item (item);

  pd_shop_row_set_profile (PD_SHOP_ROW (gtk_list_item_get_child (item)), profile);
  g_signal_connect_object (profile, "notify::name", G_CALLBACK (on_name_changed), self, G_CONNECT_SWAPPED);
}

static void
unbind_row (PdShopList  *self,
            GtkListItem *item)
{
  PdProfile *profile = gtk_list_item_get_item (item);

  if (profile != NULL)
    g_signal_handlers_disconnect_by_func (profile, on_name_changed, self);
  pd_shop_row_set_profile (PD_SHOP_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_list_activated (PdShopList *self)
{
  g_signal_emit_by_name (self, "chosen");
}

static void
pd_shop_list_dispose (GObject *object)
{
  PdShopList *self = PD_SHOP_LIST (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorter);
  g_clear_object (&self->filter);
  g_clear_object (&self->verdicts);
  g_clear_object (&self->selected);
  G_OBJECT_CLASS (pd_shop_list_parent_class)->dispose (object);
}

static void
pd_shop_list_finalize (GObject *object)
{
  PdShopList *self = PD_SHOP_LIST (object);

  g_free (self->wanted);
  G_OBJECT_CLASS (pd_shop_list_parent_class)->finalize (object);
}

static void
pd_shop_list_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_SELECTED:
    g_value_set_object (value, PD_SHOP_LIST (object)->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pd_shop_list_class_init (PdShopListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_shop_list_dispose;
  object_class->finalize = pd_shop_list_finalize;
  object_class->get_property = pd_shop_list_get_property;

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, PD_TYPE_PROFILE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("chosen", PD_TYPE_SHOP_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-shop-list.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete-shop", NULL);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, stack);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, list);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
}

static void
pd_shop_list_init (PdShopList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

/**
 * pd_shop_list_set_store:
 * @self: the list
 * @store: the shops
 * @verdicts: what their tests said
 */
void
pd_shop_list_set_store (PdShopList *self,
                        PdStore    *store,
                        PdVerdicts *verdicts)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSortListModel *sorted;

  g_return_if_fail (self->verdicts == NULL);
  self->verdicts = g_object_ref (verdicts);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->sorter =
    GTK_SORTER (gtk_string_sorter_new (gtk_property_expression_new (PD_TYPE_PROFILE, NULL, "name")));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (store)), g_object_ref (self->sorter));
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (GTK_FILTER (self->filter)));
  self->selection = g_object_new (GTK_TYPE_SINGLE_SELECTION,
                                  "autoselect", FALSE, "can-unselect", TRUE, "model", self->shown, NULL);

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_row), self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_what_there_is), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  show_what_there_is (self);
}

/**
 * pd_shop_list_get_selected:
 *
 * Returns: (nullable) (transfer none): the shop that is shown
 */
PdProfile *
pd_shop_list_get_selected (PdShopList *self)
{
  return self->selected;
}

/**
 * pd_shop_list_select:
 * @self: the list
 * @profile: (nullable): the shop to show; %NULL for none
 *
 * Ends a search that hides @profile.
 */
void
pd_shop_list_select (PdShopList *self,
                     PdProfile  *profile)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (profile != NULL && self->wanted != NULL && !matches (profile, self))
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  for (guint i = 0; profile != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++) {
    g_autoptr (PdProfile) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

    if (item == profile) {
      position = i;
      break;
    }
  }
  gtk_single_selection_set_selected (self->selection, position);
  if (profile == NULL && g_set_object (&self->selected, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

void
pd_shop_list_start_search (PdShopList *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
