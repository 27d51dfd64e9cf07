/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-comparison-view.h"

#include <glib/gi18n.h>

#include "pd-finding-row.h"
#include "pd-run-compare.h"
#include "pd-run-words.h"

/* Rows of a list; what is more is counted. */
#define MAX_ROWS 100

/**
 * PdComparisonView:
 *
 * One run of the history, and what changed between another one and it.
 */
struct _PdComparisonView
{
  AdwBin       parent_instance;
  GPtrArray   *runs;
  PdRun       *run;
  GPtrArray   *others; /* unowned: those to choose from, in the order of the choice */
  GtkLabel    *what;
  PdLanguage  *language; /* the window's own: a run may have been made in another one */
  AdwComboRow *choice;
  GtkWidget   *choice_group;
  GtkWidget   *settings_group;
  GtkListBox  *settings;
  GtkWidget   *changes_group;
  GtkListBox  *changes;
  GtkWidget   *findings_group;
  GtkListBox  *findings;
};

G_DEFINE_FINAL_TYPE (PdComparisonView, pd_comparison_view, ADW_TYPE_BIN)

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static AdwActionRow *
add_row (GtkListBox *list,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle, NULL);

  gtk_list_box_append (list, row);
  return ADW_ACTION_ROW (row);
}

static void
add_more (GtkListBox *list,
          guint       n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%'u more", "%'u more", n), n);

  add_row (list, text, NULL);
}

static void
add_setting (PdComparisonView *self,
             const PdField    *field)
{
  AdwActionRow    *row = add_row (self->settings, pd_field_get_label (field), pd_run_describe_setting (field));
  g_autofree char *label = g_strdup_printf (_("Go to Field %s"), pd_field_get_label (field));
  GtkWidget       *button = gtk_button_new_with_label (_("Go to Field"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shop.go-to-field");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", field->id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (row, button);
}

static void
show_settings (PdComparisonView      *self,
               const PdRunComparison *comparison)
{
  empty (self->settings);
  if (!comparison->settings_known)
    add_row (self->settings, _("Not Known"), _("It is not known with which settings the earlier run was made."));
  else if (comparison->settings->len == 0 && !comparison->name_changed)
    add_row (self->settings, _("No setting changed"), NULL);
  for (guint i = 0; i < comparison->settings->len; i++)
    add_setting (self, g_ptr_array_index (comparison->settings, i));
  if (comparison->name_changed)
    add_row (self->settings, _("Shop Name"), _("Changed"));
}

static GtkWidget *
make_row (PdComparisonView *self,
          PdFinding        *finding)
{
  pd_finding_translate (finding, self->language);
  return pd_finding_row_new (finding);
}

static void
show_changes (PdComparisonView      *self,
              const PdRunComparison *comparison)
{
  guint n = comparison->findings->len;

  empty (self->changes);
  if (n == 0)
    add_row (self->changes, _("Both runs found the same"), NULL);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++) {
    const PdFindingPair *pair = g_ptr_array_index (comparison->findings, i);
    PdFinding           *finding = pd_finding_pair_peek (pair);
    GtkWidget           *row = make_row (self, finding);
    g_autofree char     *sentence = pd_finding_pair_describe (pair);
    const char          *value = pd_finding_get_value (finding);
    g_autofree char     *text = g_strjoin ("\n", sentence, value != NULL ? value : pd_finding_get_summary (finding),
                                           value != NULL ? pd_finding_get_summary (finding) : NULL, NULL);

    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), text);
    gtk_list_box_append (self->changes, row);
  }
  if (n > MAX_ROWS)
    add_more (self->changes, n - MAX_ROWS);
}

/* What asks for something; the rest of a run is not news. */
static void
show_findings (PdComparisonView *self)
{
  guint n = 0;

  empty (self->findings);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);

    if (pd_finding_get_verdict (finding) == PD_VERDICT_PASSED || pd_finding_get_verdict (finding) == PD_VERDICT_SKIPPED)
      continue;
    if (n++ < MAX_ROWS)
      gtk_list_box_append (self->findings, make_row (self, finding));
  }
  if (n > MAX_ROWS)
    add_more (self->findings, n - MAX_ROWS);
  gtk_widget_set_visible (self->findings_group, n > 0);
}

static void
describe (PdComparisonView      *self,
          const PdRunComparison *comparison)
{
  g_autofree char *before = pd_run_words_date (comparison->older);
  g_autofree char *after = pd_run_words_date (comparison->newer);
  g_autofree char *text = NULL;

  if (pd_run_is_good (comparison->older) && pd_run_get_verdict (comparison->newer) == PD_VERDICT_FAILED)
    text = g_strdup_printf (_("On %s nothing failed, on %s something did. In between:"), before, after);
  else
    text = g_strdup_printf (_("Between %s and %s:"), before, after);
  gtk_label_set_label (self->what, text);
}

static void
show_comparison (PdComparisonView *self,
                 PdRun            *other)
{
  g_autoptr (PdRunComparison) comparison = other != NULL ? pd_run_compare (self->run, other) : NULL;

  gtk_widget_set_visible (self->settings_group, comparison != NULL);
  gtk_widget_set_visible (self->changes_group, comparison != NULL);
  gtk_widget_set_visible (self->choice_group, self->others->len > 1);
  if (comparison == NULL) {
    gtk_label_set_label (self->what, _("There is no other run in this environment to compare it with."));
    return;
  }
  describe (self, comparison);
  show_settings (self, comparison);
  show_changes (self, comparison);
}

static void
on_chosen (PdComparisonView *self)
{
  guint position = adw_combo_row_get_selected (self->choice);

  if (self->others != NULL && position < self->others->len)
    show_comparison (self, g_ptr_array_index (self->others, position));
}

static void
add_other (PdComparisonView *self,
           GtkStringList    *list,
           PdRun            *other,
           char             *text) /* (transfer full) */
{
  gtk_string_list_take (list, text);
  g_ptr_array_add (self->others, other);
}

static char *
name_other (PdRun *run)
{
  g_autofree char *date = pd_run_words_date (run);

  return g_strdup_printf ("%s · %s", date, pd_verdict_get_label (pd_run_get_verdict (run)));
}

/* First the two that are mostly meant, then all of the same environment. */
static GtkStringList *
list_others (PdComparisonView *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  PdRun         *good = pd_run_find_previous (self->runs, self->run, TRUE);
  PdRun         *previous = pd_run_find_previous (self->runs, self->run, FALSE);

  g_clear_pointer (&self->others, g_ptr_array_unref);
  self->others = g_ptr_array_new ();
  if (good != NULL)
    add_other (self, list, good, g_strdup (_("Last without failures")));
  if (previous != NULL && previous != good)
    add_other (self, list, previous, g_strdup (_("The one before")));
  for (guint i = 0; i < self->runs->len; i++) {
    PdRun *other = g_ptr_array_index (self->runs, i);

    if (other != self->run && pd_run_get_environment (other) == pd_run_get_environment (self->run) && other != good && other != previous)
      add_other (self, list, other, name_other (other));
  }
  return list;
}

/* The row's own list cuts off what is longer than a word or two. */
static void
setup_choice (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_choice (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
pd_comparison_view_dispose (GObject *object)
{
  PdComparisonView *self = PD_COMPARISON_VIEW (object);

  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_object (&self->run);
  g_clear_pointer (&self->language, pd_language_free);
  G_OBJECT_CLASS (pd_comparison_view_parent_class)->dispose (object);
}

static void
pd_comparison_view_class_init (PdComparisonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_comparison_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-comparison-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, what);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, choice);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, choice_group);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, settings_group);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, settings);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, changes_group);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, changes);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, findings_group);
  gtk_widget_class_bind_template_child (widget_class, PdComparisonView, findings);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
}

static void
pd_comparison_view_init (PdComparisonView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->language = pd_language_new (pd_language_get_own_id ());
  g_signal_connect (factory, "setup", G_CALLBACK (setup_choice), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_choice), NULL);
  adw_combo_row_set_list_factory (self->choice, factory);
}

/**
 * pd_comparison_view_show:
 * @self: the view
 * @runs: (element-type PdRun): the history, newest first
 * @run: one of it
 * @other: (nullable): which one to compare it with; %NULL: the last one before it in which nothing failed where it failed, else the one
 *   before it
 */
void
pd_comparison_view_show (PdComparisonView *self,
                         GPtrArray        *runs,
                         PdRun            *run,
                         PdRun            *other)
{
  g_autoptr (GtkStringList) list = NULL;
  guint                     position = 0;

  g_clear_pointer (&self->runs, g_ptr_array_unref);
  self->runs = g_ptr_array_ref (runs);
  g_set_object (&self->run, run);
  list = list_others (self);
  if (other == NULL && pd_run_get_verdict (run) != PD_VERDICT_FAILED)
    other = pd_run_find_previous (runs, run, FALSE);
  if (other == NULL && self->others->len > 0)
    other = g_ptr_array_index (self->others, 0);
  if (other != NULL)
    g_ptr_array_find (self->others, other, &position);
  adw_combo_row_set_model (self->choice, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->choice, position);
  show_comparison (self, other);
  show_findings (self);
}
