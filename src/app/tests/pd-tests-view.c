/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-tests-view.h"

#include <glib/gi18n.h>

#include "pd-announce.h"
#include "pd-banner.h"
#include "pd-catalogue.h"
#include "pd-check.h"
#include "pd-confirm.h"
#include "pd-field-factory.h"
#include "pd-field-widget.h"
#include "pd-finding-row.h"
#include "pd-hardening.h"
#include "pd-history-view.h"
#include "pd-time.h"
#include "pd-verdicts.h"

/**
 * PdTestsView:
 *
 * Where test calls go, the button that makes them, and what they say. Production is unmistakable, and what would create
 * something there is asked about first.
 */
struct _PdTestsView
{
  AdwBin          parent_instance;
  PdShop         *shop;
  PdTester       *tester;
  PdVerdicts     *verdicts;
  PdRun          *run; /* the one whose findings are shown */
  GPtrArray      *widgets; /* unowned PdFieldWidget */
  GtkStack       *pages;
  PdHistoryView  *history;
  GtkWidget      *history_button;
  PdBanner       *production;
  PdBanner       *rehearsal;
  PdBanner       *trouble;
  GtkListBox     *settings;
  GtkLabel       *sandbox_note;
  GtkStack       *run_stack;
  GtkButton      *run_button;
  GtkButton      *cancel_button;
  GtkProgressBar *progress;
  GtkLabel       *status;
  gboolean        was_busy;
  GtkWidget      *findings_group;
  GtkListBox     *findings;
  GtkExpander    *passed;
  GtkListBox     *passed_list;
  GtkExpander    *skipped;
  GtkListBox     *skipped_list;
  char          **only; /* of the run that is asked about */
};

G_DEFINE_FINAL_TYPE (PdTestsView, pd_tests_view, ADW_TYPE_BIN)

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  return pd_finding_row_new (item);
}

/* The worst first; of the same verdict in the order in which they came. */
static int
compare_findings (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  return (int) pd_finding_get_verdict ((PdFinding *) b) - (int) pd_finding_get_verdict ((PdFinding *) a);
}

static gboolean
has_verdict (gpointer item,
             gpointer verdict)
{
  return pd_finding_get_verdict (item) == (PdVerdict) GPOINTER_TO_UINT (verdict);
}

static gboolean
wants_attention (gpointer item,
                 gpointer user_data)
{
  PdVerdict verdict = pd_finding_get_verdict (item);

  return verdict != PD_VERDICT_PASSED && verdict != PD_VERDICT_SKIPPED;
}

static GListModel *
filter (PdRun                  *run,
        GtkCustomFilterFunc     func,
        gpointer                data)
{
  return G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (run)),
                                                  GTK_FILTER (gtk_custom_filter_new (func, data, NULL))));
}

static char *
count_verdicts (PdRun *run)
{
  guint counts[PD_VERDICT_FAILED + 1] = { 0 };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (run), i);

    counts[pd_finding_get_verdict (finding)]++;
  }
  for (int i = PD_VERDICT_FAILED; i >= (int) PD_VERDICT_SKIPPED; i--) {
    if (counts[i] > 0)
      g_string_append_printf (text, "%s%s:\302\240%u", text->len > 0 ? " · " : "", pd_verdict_get_label (i), counts[i]);
  }
  return g_string_free (text, FALSE);
}

/* Some checks prove less than all: a run that was confined to some says so. */
static char *
describe_run (PdTestsView *self)
{
  const char *const *only = pd_tester_get_only (self->tester, pd_shop_get_profile (self->shop));
  g_autofree char *counts = count_verdicts (self->run);
  g_autoptr (GString) labels = g_string_new (NULL);

  if (only == NULL)
    return g_steal_pointer (&counts);
  for (; *only != NULL; only++) {
    const PdCheck *check = pd_check_lookup (*only);

    g_string_append_printf (labels, "%s%s", labels->len > 0 ? _(", ") : "", check != NULL ? pd_check_get_label (check) : *only);
  }
  /* Translators: what was found; what was looked at alone */
  return g_strdup_printf (_("%s\nOnly these checks were run: %s"), counts, labels->str);
}

static char *
describe_last (PdTestsView *self)
{
  PdVerdict verdict;
  GDateTime *when = NULL;
  g_autofree char *date = NULL;

  if (!pd_verdicts_lookup (self->verdicts, pd_shop_get_profile (self->shop), &verdict, &when))
    return g_strdup (_("Not tested yet"));
  date = when != NULL ? pd_time_describe (when) : g_strdup ("");
  return g_strdup_printf (_("Last test on %s: %s"), date, pd_verdict_get_label (verdict));
}

/* What the practice endpoint has registered stands beside the fields that failed. */
static void
tell_registered (PdTestsView *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++) {
    g_autoptr (PdFinding) finding = g_list_model_get_item (G_LIST_MODEL (self->run), i);
    const char *const *fields = pd_finding_get_fields (finding);

    if (pd_finding_get_verdict (finding) != PD_VERDICT_FAILED)
      continue;
    for (; fields != NULL && *fields != NULL; fields++) {
      g_autofree char *value = pd_tester_dup_registered (self->tester, pd_shop_get_profile (self->shop), *fields);

      if (value != NULL)
        pd_shop_set_registered (self->shop, *fields, value);
    }
  }
}

static void
refresh_status (PdTestsView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  gboolean busy = pd_tester_is_busy (self->tester, profile);
  guint n_done = self->run != NULL ? pd_run_get_n_done (self->run) : 0;
  guint n_checks = self->run != NULL ? pd_run_get_n_checks (self->run) : 0;
  g_autofree char *text = NULL;

  if (busy && n_checks > 0)
    text = g_strdup_printf (_("%'u of %'u checks done"), n_done, n_checks);
  else if (busy)
    text = g_strdup (_("Preparing…"));
  else if (self->run != NULL)
    text = describe_run (self);
  else
    text = describe_last (self);
  gtk_label_set_label (self->status, text);
  gtk_progress_bar_set_fraction (self->progress, n_checks > 0 ? (double) n_done / n_checks : 0);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), busy ? 1 : 0);
}

/* What passed or was skipped is folded: it asks for nothing. */
static void
fold (GtkExpander *expander,
      GtkListBox  *list,
      PdRun       *run,
      PdVerdict    verdict)
{
  g_autoptr (GListModel) model = filter (run, has_verdict, GUINT_TO_POINTER (verdict));

  gtk_expander_set_expanded (expander, FALSE);
  gtk_list_box_bind_model (list, model, make_row, NULL, NULL);
}

static void
count_folded (GtkExpander *expander,
              PdRun       *run,
              PdVerdict    verdict)
{
  g_autoptr (GListModel) model = filter (run, has_verdict, GUINT_TO_POINTER (verdict));
  guint n = g_list_model_get_n_items (model);
  g_autofree char *label = g_strdup_printf ("%s: %u", pd_verdict_get_label (verdict), n);

  gtk_expander_set_label (expander, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (GTK_WIDGET (expander), n > 0);
}

static void
on_findings_changed (PdTestsView *self)
{
  g_autoptr (GListModel) model = filter (self->run, wants_attention, NULL);

  gtk_widget_set_visible (self->findings_group, g_list_model_get_n_items (model) > 0);
  count_folded (self->passed, self->run, PD_VERDICT_PASSED);
  count_folded (self->skipped, self->run, PD_VERDICT_SKIPPED);
  refresh_status (self);
}

static void
show_run (PdTestsView *self,
          PdRun       *run)
{
  g_autoptr (GtkSortListModel) sorted = NULL;

  if (self->run == run)
    return;
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_set_object (&self->run, run);
  if (run == NULL) {
    gtk_list_box_bind_model (self->findings, NULL, NULL, NULL, NULL);
    gtk_widget_set_visible (self->findings_group, FALSE);
    gtk_widget_set_visible (GTK_WIDGET (self->passed), FALSE);
    gtk_widget_set_visible (GTK_WIDGET (self->skipped), FALSE);
    return;
  }
  sorted = gtk_sort_list_model_new (filter (run, wants_attention, NULL),
                                    GTK_SORTER (gtk_custom_sorter_new (compare_findings, NULL, NULL)));
  gtk_list_box_bind_model (self->findings, G_LIST_MODEL (sorted), make_row, NULL, NULL);
  fold (self->passed, self->passed_list, run, PD_VERDICT_PASSED);
  fold (self->skipped, self->skipped_list, run, PD_VERDICT_SKIPPED);
  g_signal_connect_object (run, "notify", G_CALLBACK (refresh_status), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "items-changed", G_CALLBACK (on_findings_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  on_findings_changed (self);
}

/* Each step of it is on the progress bar. */
static void
announce (PdTestsView *self,
          gboolean     busy)
{
  if (busy && !self->was_busy)
    pd_announce (GTK_WIDGET (self), _("Running checks…"));
  else if (!busy && self->was_busy)
    pd_announce (GTK_WIDGET (self), gtk_label_get_label (self->status));
  self->was_busy = busy;
}

/* The worst finding says at once what to do. */
static void
unfold_first (PdTestsView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->findings, 0);

  if (PD_IS_FINDING_ROW (row))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

static void
refresh (PdTestsView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  gboolean busy = pd_tester_is_busy (self->tester, profile);
  const char *trouble = pd_tester_get_trouble (self->tester, profile);
  gboolean had_focus = gtk_widget_is_focus (GTK_WIDGET (self->run_button)) || gtk_widget_is_focus (GTK_WIDGET (self->cancel_button));

  show_run (self, pd_tester_get_run (self->tester, profile));
  gtk_stack_set_visible_child (self->run_stack, GTK_WIDGET (busy ? self->cancel_button : self->run_button));
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (busy ? self->cancel_button : self->run_button));
  if (trouble != NULL)
    pd_banner_show (self->trouble, trouble);
  else
    pd_banner_hide (self->trouble);
  refresh_status (self);
  announce (self, busy);
  if (busy || self->run == NULL)
    return;
  unfold_first (self);
  if (pd_run_get_environment (self->run) == PD_ENVIRONMENT_PRACTICE)
    tell_registered (self);
}

static void
on_tester_changed (PdTestsView *self,
                   const char  *profile_id)
{
  if (g_str_equal (profile_id, pd_profile_get_id (pd_shop_get_profile (self->shop))))
    refresh (self);
}

static void
refresh_environment (PdTestsView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  PdEnvironment environment = pd_profile_get_environment (profile);
  g_autofree char *text = g_strdup_printf (_("Production: test calls go to Amazon’s real service, for “%s”"),
                                           pd_profile_get_name (profile));

  if (environment == PD_ENVIRONMENT_PRODUCTION)
    pd_banner_show (self->production, text);
  else
    pd_banner_hide (self->production);
  gtk_widget_set_visible (GTK_WIDGET (self->sandbox_note), environment == PD_ENVIRONMENT_SANDBOX);
}

static void
run_reading (gpointer user_data)
{
  PdTestsView *self = user_data;

  if (self->shop != NULL)
    pd_tester_start (self->tester, pd_shop_get_profile (self->shop), (const char *const *) self->only, FALSE);
}

static void
run_creating (gpointer user_data)
{
  PdTestsView *self = user_data;

  if (self->shop != NULL)
    pd_tester_start (self->tester, pd_shop_get_profile (self->shop), (const char *const *) self->only, TRUE);
}

static void
show_tests (PdTestsView *self)
{
  gtk_stack_set_visible_child_name (self->pages, "tests");
}

static void
on_history_left (PdTestsView *self)
{
  show_tests (self);
  gtk_widget_grab_focus (self->history_button);
}

/**
 * pd_tests_view_dup_command:
 * @self: the view
 *
 * Returns: (transfer full): the same run as a line for a shell; the shop by its name where that names it alone
 */
char *
pd_tests_view_dup_command (PdTestsView *self)
{
  PdProfile       *profile = pd_shop_get_profile (self->shop);
  PdStore         *store = pd_desk_get_store (pd_shop_get_desk (self->shop));
  const char      *name = pd_profile_get_name (profile);
  gboolean         named = *name != '-' && pd_store_find (store, name, NULL) == profile;
  g_autofree char *quoted = named ? g_shell_quote (name) : g_strdup (pd_profile_get_id (profile));

  return g_strdup_printf ("%s check --environment %s %s",
                          pd_hardening_in_flatpak () ? "flatpak run --command=paydeskctl org.paydesk.Paydesk" : "paydeskctl",
                          pd_environment_to_id (pd_profile_get_environment (profile)), quoted);
}

static void
pd_tests_view_dispose (GObject *object)
{
  PdTestsView *self = PD_TESTS_VIEW (object);

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  g_clear_object (&self->shop);
  g_clear_object (&self->tester);
  g_clear_object (&self->verdicts);
  G_OBJECT_CLASS (pd_tests_view_parent_class)->dispose (object);
}

static void
pd_tests_view_finalize (GObject *object)
{
  g_ptr_array_unref (PD_TESTS_VIEW (object)->widgets);
  g_strfreev (PD_TESTS_VIEW (object)->only);
  G_OBJECT_CLASS (pd_tests_view_parent_class)->finalize (object);
}

static void
pd_tests_view_class_init (PdTestsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_tests_view_dispose;
  object_class->finalize = pd_tests_view_finalize;

  g_type_ensure (PD_TYPE_BANNER);
  g_type_ensure (PD_TYPE_HISTORY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-tests-view.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.cancel-checks", NULL);
  gtk_widget_class_bind_template_callback (widget_class, on_history_left);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, pages);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, history);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, history_button);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, production);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, rehearsal);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, trouble);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, settings);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, sandbox_note);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, run_stack);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, run_button);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, progress);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, status);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, findings_group);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, findings);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, passed);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, passed_list);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, skipped);
  gtk_widget_class_bind_template_child (widget_class, PdTestsView, skipped_list);
}

static void
pd_tests_view_init (PdTestsView *self)
{
  self->widgets = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pd_tests_view_new:
 * @shop: an open shop
 * @tester: who runs the checks
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
pd_tests_view_new (PdShop   *shop,
                   PdTester *tester)
{
  PdTestsView *self = g_object_new (PD_TYPE_TESTS_VIEW, NULL);
  PdProfile *profile = pd_shop_get_profile (shop);
  g_autoptr (GPtrArray) fields =
    pd_catalogue_get_view (PD_VIEW_TESTS, pd_profile_get_mode (profile), pd_profile_get_generation (profile));

  self->shop = g_object_ref (shop);
  self->tester = g_object_ref (tester);
  self->verdicts = g_object_ref (pd_tester_get_verdicts (tester));
  pd_history_view_set_shop (self->history, shop, self->verdicts);
  for (guint i = 0; i < fields->len; i++) {
    GtkWidget *row = pd_field_factory_make (shop, g_ptr_array_index (fields, i));
    GtkWidget *note = pd_field_widget_get_note (PD_FIELD_WIDGET (row));

    g_ptr_array_add (self->widgets, row);
    gtk_list_box_append (self->settings, row);
    if (note != NULL)
      gtk_list_box_append (self->settings, note);
  }
  if (pd_tester_is_rehearsal (tester))
    pd_banner_show (self->rehearsal, _("Rehearsal: test calls go to the servers that PAYDESK_ENDPOINTS names, and nowhere else"));
  g_signal_connect_object (profile, "notify::environment", G_CALLBACK (refresh_environment), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::name", G_CALLBACK (refresh_environment), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tester, "changed", G_CALLBACK (on_tester_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verdicts, "changed", G_CALLBACK (refresh_status), self, G_CONNECT_SWAPPED);
  refresh_environment (self);
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * pd_tests_view_run:
 * @self: the view
 * @only: (nullable): ids of the checks to run; %NULL for every check that applies
 *
 * Runs the checks. In production a shop with a key of its own could create a session (store-id): that is asked about,
 * with the shop's name.
 */
void
pd_tests_view_run (PdTestsView       *self,
                   const char *const *only)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autofree char *heading = NULL;

  show_tests (self);
  if (pd_tester_is_busy (self->tester, profile))
    return;
  g_strfreev (self->only);
  self->only = g_strdupv ((char **) only);
  if ((only != NULL && !g_strv_contains (only, "store-id")) ||
      pd_profile_get_environment (profile) != PD_ENVIRONMENT_PRODUCTION || pd_profile_is_empty (profile, "public-key-id") ||
      pd_profile_is_empty (profile, "private-key")) {
    run_reading (self);
    return;
  }
  heading = g_strdup_printf (_("Create a Session in Production for “%s”?"), pd_profile_get_name (profile));
  pd_confirm_choose (GTK_WIDGET (self), heading,
                     _("To prove the Store ID, one checkout session is created at Amazon’s real service. Nothing is ordered or charged. "
                       "All other checks only read."),
                     _("Only _Read"), _("Create _Session"), run_reading, run_creating, self);
}

/* The runs that were made, in the place of the view's own content. */
void
pd_tests_view_show_history (PdTestsView *self)
{
  gtk_stack_set_visible_child_name (self->pages, "history");
  pd_history_view_open (self->history);
}

void
pd_tests_view_cancel (PdTestsView *self)
{
  pd_tester_cancel (self->tester, pd_shop_get_profile (self->shop));
}

/* Whether the view shows the field, which then has the focus. */
gboolean
pd_tests_view_focus_field (PdTestsView *self,
                           const char  *field_id)
{
  for (guint i = 0; i < self->widgets->len; i++) {
    PdFieldWidget *widget = g_ptr_array_index (self->widgets, i);

    if (g_str_equal (pd_field_widget_get_field (widget)->id, field_id)) {
      show_tests (self);
      pd_field_widget_focus (widget);
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
pd_tests_view_go_back (PdTestsView *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "history") != 0)
    return FALSE;
  pd_history_view_back (self->history);
  return TRUE;
}
