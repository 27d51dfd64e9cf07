/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-history-view.h"

#include <glib/gi18n.h>

#include "pd-banner.h"
#include "pd-comparison-view.h"
#include "pd-run-compare.h"
#include "pd-run-store.h"
#include "pd-run-words.h"
#include "pd-set-aside.h"

/* Names of files that cannot be read; what is more is only counted. */
#define MAX_NAMES 3

/**
 * PdHistoryView:
 *
 * The runs of checks that are kept of a shop, the newest first; behind each of them, what changed since another one.
 */
struct _PdHistoryView
{
  AdwBin            parent_instance;
  PdShop           *shop;
  GCancellable     *cancellable; /* while it is read */
  GPtrArray        *runs;        /* or NULL: not read yet */
  GListStore       *model;
  PdRun            *good;        /* unowned: where it last went wrong */
  PdRun            *bad;
  GtkLabel         *title;
  PdBanner         *damaged;
  GtkStack         *stack;
  GtkWidget        *turn;
  AdwActionRow     *turn_row;
  GtkListView      *list;
  PdComparisonView *comparison;
  gboolean          opening;     /* the focus goes to the list once that is there */
};

enum {
  LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdHistoryView, pd_history_view, ADW_TYPE_BIN)

static void
show_page (PdHistoryView *self,
           const char    *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_label_set_label (self->title, _("History"));
}

static void
show_damaged (PdHistoryView *self,
              GPtrArray     *damaged)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char    *text = NULL;

  if (damaged->len == 0) {
    pd_banner_hide (self->damaged);
    return;
  }
  for (guint i = 0; i < MIN (damaged->len, MAX_NAMES); i++) {
    g_autofree char *name = g_path_get_basename (pd_set_aside_get_path (g_ptr_array_index (damaged, i)));

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  if (damaged->len > MAX_NAMES)
    g_string_append (names, ", …");
  text = g_strdup_printf (ngettext ("%'u run cannot be read and is left out: %s", "%'u runs cannot be read and are left out: %s", damaged->len),
                          damaged->len, names->str);
  pd_banner_show (self->damaged, text);
}

/* What most people come for. */
static void
show_turn (PdHistoryView *self)
{
  PdEnvironment    environment = pd_profile_get_environment (pd_shop_get_profile (self->shop));
  gboolean         found = pd_run_find_turn (self->runs, environment, &self->good, &self->bad);
  g_autofree char *good = found ? pd_run_words_date (self->good) : NULL;
  g_autofree char *bad = found ? pd_run_words_date (self->bad) : NULL;
  g_autofree char *text = found ? g_strdup_printf (_("On %s nothing failed, on %s something did for the first time since."), good, bad) : NULL;

  gtk_widget_set_visible (self->turn, found);
  if (found)
    adw_action_row_set_subtitle (self->turn_row, text);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdHistoryView) self = user_data;
  g_autoptr (GPtrArray)     damaged = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (GPtrArray)     runs = pd_run_store_list_finish (result, &damaged, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->shop == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (runs == NULL) {
    pd_banner_show (self->damaged, error->message);
    return;
  }
  /* What is looked at stays; only the list behind it is another one. */
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  self->runs = g_steal_pointer (&runs);
  g_list_store_splice (self->model, 0, g_list_model_get_n_items (G_LIST_MODEL (self->model)), self->runs->pdata, self->runs->len);
  show_damaged (self, damaged);
  show_turn (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "comparison") != 0)
    show_page (self, self->runs->len > 0 ? "list" : "empty");
  if (self->opening && self->runs->len > 0)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
  self->opening = FALSE;
}

static void
load (PdHistoryView *self)
{
  PdStore *store = pd_desk_get_store (pd_shop_get_desk (self->shop));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  pd_run_store_list_async (pd_store_get_dir (store), pd_profile_get_id (pd_shop_get_profile (self->shop)), self->cancellable,
                           on_listed, g_object_ref (self));
}

static void
on_kept (PdHistoryView *self)
{
  if (self->runs != NULL && self->shop != NULL)
    load (self);
}

static void
show_run (PdHistoryView *self,
          PdRun         *run,
          PdRun         *other)
{
  g_autofree char *date = pd_run_words_date (run);
  g_autofree char *words = pd_run_words_describe (run);
  g_autofree char *title = g_strdup_printf ("%s · %s", date, words);

  pd_comparison_view_show (self->comparison, self->runs, run, other);
  gtk_stack_set_visible_child_name (self->stack, "comparison");
  gtk_label_set_label (self->title, title);
  gtk_widget_child_focus (GTK_WIDGET (self->comparison), GTK_DIR_TAB_FORWARD);
}

static void
on_activated (PdHistoryView *self,
              guint          position)
{
  g_autoptr (PdRun) run = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (run != NULL)
    show_run (self, run, NULL);
}

static void
on_turn_activated (PdHistoryView *self)
{
  if (self->bad != NULL)
    show_run (self, self->bad, self->good);
}

static void
setup_row (PdHistoryView *self,
           GtkListItem   *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "pd-run-row");
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_item_set_child (item, box);
}

static void
bind_row (PdHistoryView *self,
          GtkListItem   *item)
{
  PdRun           *run = gtk_list_item_get_item (item);
  PdVerdict        verdict = pd_run_get_verdict (run);
  GtkWidget       *box = gtk_list_item_get_child (item);
  GtkWidget       *icon = gtk_widget_get_first_child (box);
  GtkWidget       *label = gtk_widget_get_next_sibling (icon);
  GtkWidget       *row = gtk_widget_get_parent (box);
  g_autofree char *date = pd_run_words_date (run);
  g_autofree char *words = pd_run_words_describe (run);
  g_autofree char *text = g_strdup_printf ("%s\n%s", date, words);
  const char      *classes[] = { "pd-verdict", pd_verdict_to_id (verdict), NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), pd_verdict_get_icon (verdict));
  gtk_widget_set_css_classes (icon, classes);
  gtk_label_set_label (GTK_LABEL (label), text);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  pd_history_view_back (PD_HISTORY_VIEW (widget));
}

static void
pd_history_view_dispose (GObject *object)
{
  PdHistoryView *self = PD_HISTORY_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shop);
  g_clear_object (&self->model);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  G_OBJECT_CLASS (pd_history_view_parent_class)->dispose (object);
}

static void
pd_history_view_class_init (PdHistoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_history_view_dispose;

  g_type_ensure (PD_TYPE_BANNER);
  g_type_ensure (PD_TYPE_COMPARISON_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, title);
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, damaged);
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, stack);
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, turn);
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, turn_row);
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, list);
  gtk_widget_class_bind_template_child (widget_class, PdHistoryView, comparison);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_turn_activated);
  gtk_widget_class_install_action (widget_class, "history.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "history.back", NULL);

  signals[LEFT] = g_signal_new ("left", PD_TYPE_HISTORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_history_view_init (PdHistoryView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel)  selection = NULL;

  self->model = g_list_store_new (PD_TYPE_RUN);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row), self, G_CONNECT_SWAPPED);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model))));
  gtk_list_view_set_model (self->list, selection);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * pd_history_view_set_shop:
 * @self: the view
 * @shop: whose history it is
 * @verdicts: who tells that a run was kept
 *
 * Nothing is read before pd_history_view_open().
 */
void
pd_history_view_set_shop (PdHistoryView *self,
                          PdShop        *shop,
                          PdVerdicts    *verdicts)
{
  g_set_object (&self->shop, shop);
  g_signal_connect_object (verdicts, "kept", G_CALLBACK (on_kept), self, G_CONNECT_SWAPPED);
}

/* Reads the history and shows it. */
void
pd_history_view_open (PdHistoryView *self)
{
  show_page (self, self->runs != NULL && self->runs->len > 0 ? "list" : "loading");
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  self->opening = TRUE;
  load (self);
}

/* One step: from a run to the list, from the list to where it was opened. */
void
pd_history_view_back (PdHistoryView *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "comparison") != 0) {
    g_signal_emit (self, signals[LEFT], 0);
    return;
  }
  show_page (self, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* (transfer none): the runs shown, of PdRun. */
GListModel *
pd_history_view_get_runs (PdHistoryView *self)
{
  return G_LIST_MODEL (self->model);
}
