/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shop-list.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-later.h"
#include "pd-search.h"
#include "pd-shop-row.h"
#include "pd-soon.h"

/**
 * PdShopList:
 *
 * The shops at the left, in the order of their names, with a search over names and values.
 *
 * Property "selected" (PdProfile): the shop that is shown. Property "alone": no shop stands beside the list, so that it says itself what to
 * do where there is none. Signal "chosen" (gboolean enters): a person chose it, maybe again,
 * or, with Return, to go on in it.
 */
struct _PdShopList
{
  AdwBin              parent_instance;
  PdVerdicts         *verdicts;
  GtkCustomFilter    *filter;
  GtkFilterListModel *found;
  GtkSliceListModel  *shown;  /* of what was found: the first few for the first frame, then all */
  GtkSingleSelection *selection;
  char               *wanted; /* folded text of the search, or NULL */
  guint               wanted_modes; /* those whose names the search finds */
  guint               wanted_generations;
  guint               wanted_verdicts;
  PdProfile          *selected;
  GtkStack           *stack;
  GtkListView        *list;
  GMenuModel         *main_menu;
  GtkMenuButton      *menu_button;
  GtkSearchBar       *search_bar;
  GtkSearchEntry     *search_entry;
  guint               widen_source;
  guint               search_source;
  guint               then_source;
  guint               focus_source;
  PdSoonFunc          then; /* when the search is through; NULL for nothing */
  gboolean            alone;
  gboolean            searching; /* the list changes what it shows, not the person what is chosen */
};

/* The least that a row is high, in pixels: two lines and the list's padding. */
#define LEAST_ROW 36

/* Where it is not known how high the window will be. */
#define MANY_ROWS 40

/* How many more are made at a time, until there are more than a list view makes. */
#define MORE_ROWS 24
#define ALL_ROWS 240

enum {
  PROP_0,
  PROP_ALONE,
  PROP_SELECTED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PdShopList, pd_shop_list, ADW_TYPE_BIN)

static gboolean
holds (const char *text,
       const char *wanted)
{
  g_autofree char *folded = pd_search_fold (text);

  return strstr (folded, wanted) != NULL;
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  PdShopList *self = user_data;
  PdProfile *profile = item;
  PdVerdict verdict;

  if (self->wanted == NULL || strstr (pd_profile_get_search_text (profile), self->wanted) != NULL)
    return TRUE;
  if ((pd_profile_get_mode (profile) & self->wanted_modes) != 0 ||
      (pd_profile_get_generation (profile) & self->wanted_generations) != 0)
    return TRUE;
  /* Asking reads a file of each shop that was not asked about before. */
  return self->wanted_verdicts != 0 && pd_verdicts_lookup (self->verdicts, profile, &verdict, NULL) &&
         (1u << verdict & self->wanted_verdicts) != 0;
}

/* As many rows as a frame can show. */
static guint
count_first_rows (PdShopList *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  int width, height = root != NULL ? gtk_widget_get_height (root) : 0;

  /* Before the window is shown. */
  if (height == 0 && GTK_IS_WINDOW (root) && !gtk_window_is_maximized (GTK_WINDOW (root)))
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  return height > 0 ? (guint) height / LEAST_ROW + 1 : MANY_ROWS;
}

static void
show_what_there_is (PdShopList *self)
{
  /* Where the search is not through yet, nothing is said of what it did not find. */
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0 ||
                 gtk_filter_list_model_get_pending (self->found) > 0;

  pd_later_show (self->stack, any ? "list" : self->wanted != NULL ? "pd-no-shop-found" : self->alone ? "pd-no-shops" : "pd-no-shop-yet");
}

/* Where no search is, the store knows; to ask for each item would make a profile of it. */
static guint
find_position (PdShopList *self,
               PdProfile  *profile)
{
  GListModel *found = G_LIST_MODEL (self->found);

  if (gtk_filter_list_model_get_filter (self->found) == NULL)
    return pd_store_get_position (PD_STORE (gtk_filter_list_model_get_model (self->found)), profile);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++) {
    g_autoptr (PdProfile) item = g_list_model_get_item (found, i);

    if (item == profile)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* The shop that is open, where a search brought its row back. */
static void
mark_selected (PdShopList *self)
{
  if (self->selected != NULL && gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION &&
      matches (self->selected, self))
    gtk_single_selection_set_selected (self->selection, find_position (self, self->selected));
}

/* Some at a time: a list view makes some two hundred rows, whatever is visible, and all of them at once hold up a frame. */
static gboolean
widen (gpointer user_data)
{
  PdShopList *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->shown);
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  if (size < MIN (n_found, ALL_ROWS)) {
    gtk_slice_list_model_set_size (self->shown, size + MORE_ROWS);
    return G_SOURCE_CONTINUE;
  }
  self->widen_source = 0;
  gtk_slice_list_model_set_size (self->shown, G_MAXUINT);
  mark_selected (self);
  return G_SOURCE_REMOVE;
}

/* After the frame that is due. */
static void
widen_later (PdShopList *self)
{
  if (self->widen_source == 0)
    self->widen_source = g_timeout_add_full (G_PRIORITY_LOW, 50, widen, self, NULL);
}

/* What is the same for all shops, asked once and not for each of them. */
static void
want_labels (PdShopList *self)
{
  for (guint i = 1; i <= PD_MODE_ANY; i <<= 1)
    self->wanted_modes |= holds (pd_mode_get_label (i), self->wanted) ? i : 0;
  for (guint i = 1; i <= PD_GENERATION_ANY; i <<= 1)
    self->wanted_generations |= holds (pd_generation_get_label (i), self->wanted) ? i : 0;
  for (guint i = 0; i <= PD_VERDICT_FAILED; i++)
    self->wanted_verdicts |= holds (pd_verdict_get_label (i), self->wanted) ? 1u << i : 0;
}

static void
on_search_changed (PdShopList *self)
{
  g_autofree char *before = g_steal_pointer (&self->wanted);
  g_autofree char *folded = pd_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  GtkFilterChange change = GTK_FILTER_CHANGE_DIFFERENT;

  g_strstrip (folded);
  if (self->found == NULL || g_strcmp0 (before, *folded != '\0' ? folded : NULL) == 0) {
    self->wanted = g_steal_pointer (&before);
    return;
  }
  self->then = NULL;
  self->searching = TRUE;
  gtk_slice_list_model_set_size (self->shown, count_first_rows (self));
  self->wanted_modes = self->wanted_generations = self->wanted_verdicts = 0;
  if (*folded == '\0') {
    gtk_filter_list_model_set_filter (self->found, NULL);
  } else {
    self->wanted = g_steal_pointer (&folded);
    want_labels (self);
    if (before != NULL && strstr (self->wanted, before) != NULL)
      change = GTK_FILTER_CHANGE_MORE_STRICT;
    else if (before != NULL && strstr (before, self->wanted) != NULL)
      change = GTK_FILTER_CHANGE_LESS_STRICT;
    if (before == NULL)
      gtk_filter_list_model_set_filter (self->found, GTK_FILTER (self->filter));
    else
      gtk_filter_changed (GTK_FILTER (self->filter), change);
  }
  self->searching = FALSE;
  widen_later (self);
  show_what_there_is (self);
}

static gboolean
search_again (gpointer user_data)
{
  PdShopList *self = user_data;

  self->search_source = 0;
  if (self->wanted_verdicts != 0)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  return G_SOURCE_REMOVE;
}

/* They become known by the hundreds. */
static void
on_verdict_changed (PdShopList *self)
{
  if (self->wanted_verdicts != 0 && self->search_source == 0)
    self->search_source = g_timeout_add_full (G_PRIORITY_LOW, 200, search_again, self, NULL);
}

static void
on_selection_changed (PdShopList *self)
{
  PdProfile *profile = gtk_single_selection_get_selected_item (self->selection);

  /* A search that hides the open shop does not close it. */
  if (profile == NULL && self->selected != NULL && (self->searching || self->wanted != NULL))
    return;
  if (g_set_object (&self->selected, profile))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Also the shop that is chosen already: where the list hides it, that brings it back. */
static void
on_released (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             PdShopList      *self)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  if (widget != NULL && widget != GTK_WIDGET (self->list))
    g_signal_emit_by_name (self, "chosen", FALSE);
}

static void
setup_row (PdShopList  *self,
           GtkListItem *item)
{
  gtk_list_item_set_child (item, pd_shop_row_new (self->verdicts));
}

static void
bind_row (PdShopList  *self,
          GtkListItem *item)
{
  pd_shop_row_set_profile (PD_SHOP_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row (PdShopList  *self,
            GtkListItem *item)
{
  pd_shop_row_set_profile (PD_SHOP_ROW (gtk_list_item_get_child (item)), NULL);
}

/* Return: on the row that has the keyboard, which need not be that of the shop that is shown. */
static void
on_list_activated (PdShopList *self,
                   guint       position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit_by_name (self, "chosen", TRUE);
}

/* The first that was found, or the one that is shown, where it is among them. */
static void
open_first (PdShopList *self)
{
  if (self->wanted == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    return;
  if (self->selected == NULL || !matches (self->selected, self))
    gtk_single_selection_set_selected (self->selection, 0);
  g_signal_emit_by_name (self, "chosen", TRUE);
}

static void
on_pending (PdShopList *self)
{
  show_what_there_is (self);
  if (self->then != NULL && gtk_filter_list_model_get_pending (self->found) == 0)
    pd_soon (&self->then_source, g_steal_pointer (&self->then), self);
}

/* Return and Down may come before what was typed last is searched for, or before the search has come to its end. */
static void
search_then (PdShopList *self,
             PdSoonFunc  then)
{
  on_search_changed (self);
  self->then = then;
  on_pending (self);
}

static void
on_search_activated (PdShopList *self)
{
  search_then (self, (PdSoonFunc) open_first);
}

static void
go_to_first (PdShopList *self)
{
  if (self->wanted == NULL)
    pd_shop_list_focus (self);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0)
    pd_shop_list_focus_at (self, 0);
}

static gboolean
on_search_key (PdShopList      *self,
               guint            keyval,
               guint            keycode,
               GdkModifierType  state)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  search_then (self, (PdSoonFunc) go_to_first);
  return GDK_EVENT_STOP;
}

/* Escape: where the keyboard goes from there is not left to chance. */
static void
on_search_mode_changed (PdShopList *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar) &&
      (gtk_widget_get_state_flags (GTK_WIDGET (self->search_bar)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    pd_soon (&self->focus_source, (PdSoonFunc) pd_shop_list_focus, self);
}

static void
pd_shop_list_dispose (GObject *object)
{
  PdShopList *self = PD_SHOP_LIST (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_handle_id (&self->widen_source, g_source_remove);
  g_clear_handle_id (&self->search_source, g_source_remove);
  g_clear_handle_id (&self->then_source, g_source_remove);
  g_clear_object (&self->found);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
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
  case PROP_ALONE:
    g_value_set_boolean (value, PD_SHOP_LIST (object)->alone);
    break;
  case PROP_SELECTED:
    g_value_set_object (value, PD_SHOP_LIST (object)->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pd_shop_list_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  PdShopList *self = PD_SHOP_LIST (object);

  switch (prop_id) {
  case PROP_ALONE:
    self->alone = g_value_get_boolean (value);
    if (self->found != NULL)
      show_what_there_is (self);
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
  object_class->set_property = pd_shop_list_set_property;

  properties[PROP_ALONE] = g_param_spec_boolean ("alone", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, PD_TYPE_PROFILE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("chosen", PD_TYPE_SHOP_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-shop-list.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete-shop", NULL);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, stack);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, list);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, main_menu);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PdShopList, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
}

static void
pd_shop_list_init (PdShopList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  pd_later_set_menu (self->menu_button, self->main_menu);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (on_search_mode_changed), self);
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
  g_return_if_fail (self->verdicts == NULL);
  self->verdicts = g_object_ref (verdicts);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (store)), NULL);
  gtk_filter_list_model_set_incremental (self->found, TRUE);
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->found)), 0, count_first_rows (self));
  self->selection = g_object_new (GTK_TYPE_SINGLE_SELECTION,
                                  "autoselect", FALSE, "can-unselect", TRUE, "model", self->shown, NULL);

  g_signal_connect_object (verdicts, "changed", G_CALLBACK (on_verdict_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_row), self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "notify::pending", G_CALLBACK (on_pending), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (show_what_there_is), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  widen_later (self);
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
  if (profile != NULL)
    position = find_position (self, profile);
  if (position != GTK_INVALID_LIST_POSITION && position >= gtk_slice_list_model_get_size (self->shown))
    gtk_slice_list_model_set_size (self->shown, position + 1);
  gtk_single_selection_set_selected (self->selection, position);
  if (profile == NULL && g_set_object (&self->selected, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Returns: (nullable) (transfer none): the list's row of that shop */
static GtkWidget *
find_row (PdShopList *self,
          PdProfile  *profile)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list)); item != NULL; item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);

    if (row != NULL && PD_IS_SHOP_ROW (row) && pd_shop_row_get_profile (PD_SHOP_ROW (row)) == profile)
      return item;
  }
  return NULL;
}

/* The place in the list, as it is now, of the shop that is shown; GTK_INVALID_LIST_POSITION where it has none. */
guint
pd_shop_list_get_position (PdShopList *self)
{
  return self->selected != NULL ? find_position (self, self->selected) : GTK_INVALID_LIST_POSITION;
}

/**
 * pd_shop_list_focus_at:
 * @self: the list
 * @position: a place in it
 *
 * Puts the keyboard there, or at the end where the list has become shorter; in an empty one, on the first thing that takes it.
 */
void
pd_shop_list_focus_at (PdShopList *self,
                       guint       position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_autoptr (PdProfile) profile = NULL;
  GtkWidget *row;

  if (n > 0) {
    position = MIN (position, n - 1);
    profile = g_list_model_get_item (G_LIST_MODEL (self->shown), position);
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  }
  row = profile != NULL ? find_row (self, profile) : NULL;
  if (row == NULL || !gtk_widget_grab_focus (row))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * pd_shop_list_focus:
 * @self: the list
 *
 * Puts the keyboard on the shop that is shown, or, where the list does not show it, on its first.
 */
void
pd_shop_list_focus (PdShopList *self)
{
  guint position;

  /* Its row may not be back yet after a search. */
  if (self->selected != NULL && self->wanted == NULL)
    pd_shop_list_select (self, self->selected);
  position = gtk_single_selection_get_selected (self->selection);
  pd_shop_list_focus_at (self, position != GTK_INVALID_LIST_POSITION ? position : 0);
}

void
pd_shop_list_start_search (PdShopList *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
