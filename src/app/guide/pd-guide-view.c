/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-guide-view.h"

#include <glib/gi18n.h>

#include "pd-boxed-list.h"
#include "pd-guide-place.h"
#include "pd-places.h"
#include "pd-soon.h"
#include "pd-wrap.h"

/**
 * PdGuideView:
 *
 * The manual's procedures as this shop's own steps, one of them unfolded, with how many are done. It resumes at the step
 * that was open last.
 */
struct _PdGuideView
{
  AdwBin             parent_instance;
  PdShop            *shop;
  PdTester          *tester;
  GPtrArray         *rows; /* unowned PdGuideStepRow */
  GtkScrolledWindow *scroller;
  GtkBox            *box;
  GtkWidget         *content;
  GtkLabel          *progress_label;
  GtkProgressBar    *progress;
  guint              n_done;
  PdGuideStepRow    *target;  /* unowned: the step that is brought into sight, while others fold and unfold */
  double             target_y; /* of the last frame */
  guint              tick;
  gint64             tick_end;
  guint              refresh_source;
  guint              rebuild_source;
  gboolean           folding;
};

/* As long as rows fold and unfold; a little above the step stays in sight. */
#define SCROLL_US   (500 * 1000)
#define SCROLL_EDGE 12

G_DEFINE_FINAL_TYPE (PdGuideView, pd_guide_view, ADW_TYPE_BIN)

static PdProfile *
get_profile (PdGuideView *self)
{
  return pd_shop_get_profile (self->shop);
}

static void
refresh (PdGuideView *self)
{
  PdGuideRun last;
  gboolean is_known = pd_verdicts_get_last (pd_tester_get_verdicts (self->tester), get_profile (self), &last);
  g_autofree char *text = NULL;

  self->n_done = 0;
  for (guint i = 0; i < self->rows->len; i++) {
    PdGuideStepRow *row = g_ptr_array_index (self->rows, i);

    pd_guide_step_row_refresh (row, is_known ? &last : NULL);
    self->n_done += pd_guide_state_is_done (pd_guide_step_row_get_state (row));
  }
  text = g_strdup_printf (_("%u of %u steps done"), self->n_done, self->rows->len);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, self->rows->len > 0 ? (double) self->n_done / self->rows->len : 0);
}

static void
refresh_soon (PdGuideView *self)
{
  pd_soon (&self->refresh_source, (PdSoonFunc) refresh, self);
}

static void
on_tested (PdGuideView *self,
           const char  *profile_id)
{
  if (g_str_equal (profile_id, pd_profile_get_id (get_profile (self))))
    refresh_soon (self);
}

/* One step at a time: what was open is folded, and the one that is open now is where to resume. */
static void
on_expanded (PdGuideView    *self,
             GParamSpec     *pspec,
             PdGuideStepRow *row)
{
  if (self->folding || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    return;
  self->folding = TRUE;
  for (guint i = 0; i < self->rows->len; i++) {
    if (g_ptr_array_index (self->rows, i) != row)
      adw_expander_row_set_expanded (g_ptr_array_index (self->rows, i), FALSE);
  }
  self->folding = FALSE;
  pd_guide_place_remember (pd_profile_get_id (get_profile (self)), pd_guide_step_row_get_step (row)->id);
}

/* The first step of a part is shown with its heading, and the first of all with how much is done. */
static GtkWidget *
find_top (PdGuideView    *self,
          PdGuideStepRow *row)
{
  if (g_ptr_array_index (self->rows, 0) == row)
    return GTK_WIDGET (self->box);
  if (gtk_widget_get_prev_sibling (GTK_WIDGET (row)) == NULL)
    return gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_PREFERENCES_GROUP);
  return GTK_WIDGET (row);
}

static gboolean
keep_in_sight (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  PdGuideView *self = PD_GUIDE_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double y;

  if (!gtk_widget_translate_coordinates (find_top (self, self->target), GTK_WIDGET (self->box), 0, 0, NULL, &y))
    y = self->target_y;
  /* On a busy computer the rows above it may take longer. */
  if (self->tick_end == 0 || y < self->target_y || y > self->target_y)
    self->tick_end = now + SCROLL_US;
  self->target_y = y;
  gtk_adjustment_set_value (adjustment, y - SCROLL_EDGE);
  if (now < self->tick_end)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
bring_into_sight (PdGuideView    *self,
                  PdGuideStepRow *row)
{
  self->target = row;
  self->tick_end = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), keep_in_sight, NULL, NULL);
}

/* The next step that is to do; behind the last one, any that was left out. */
static void
on_next (PdGuideView    *self,
         PdGuideStepRow *row)
{
  guint index;

  refresh (self);
  g_ptr_array_find (self->rows, row, &index);
  for (guint i = 1; i <= self->rows->len; i++) {
    PdGuideStepRow *next = g_ptr_array_index (self->rows, (index + i) % self->rows->len);

    if (pd_guide_state_is_done (pd_guide_step_row_get_state (next)))
      continue;
    pd_guide_view_open (self, pd_guide_step_row_get_step (next)->id);
    pd_guide_view_focus (self);
    return;
  }
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Every step is done"));
}

static GtkWidget *
add_part (PdGuideView *self,
          PdGuidePart  part)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = pd_boxed_list_new ();
  g_autofree char *title = g_markup_escape_text (pd_guide_part_get_label (part), -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  pd_wrap_labels (group);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (GTK_BOX (self->content), group);
  return list;
}

static void
on_copy_phone (GtkButton *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), PD_SUPPORT_PHONE);
  gtk_widget_activate_action (GTK_WIDGET (button), "win.say", "s", _("Phone number copied"));
}

/* S001 */
static void
add_support (PdGuideView *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *title = g_markup_escape_text (_("Whom to Call"), -1);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", _("futureshop’s operations support (運用サポート), weekdays 10:00–17:00"),
                                               PD_SUPPORT_PHONE);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  pd_wrap_labels (group);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("If a step does not work as it says"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Copy Phone Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Phone Number"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_phone), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (GTK_BOX (self->content), group);
}

/* The step that was open last, or the first that is to do. */
static void
resume (PdGuideView *self)
{
  g_autofree char *last = pd_guide_place_recall (pd_profile_get_id (get_profile (self)));

  if (last != NULL && pd_guide_view_open (self, last))
    return;
  for (guint i = 0; i < self->rows->len; i++) {
    PdGuideStepRow *row = g_ptr_array_index (self->rows, i);

    if (pd_guide_state_is_done (pd_guide_step_row_get_state (row)))
      continue;
    pd_guide_view_open (self, pd_guide_step_row_get_step (row)->id);
    return;
  }
}

static void
rebuild (PdGuideView *self)
{
  PdProfile *profile = get_profile (self);
  g_autoptr (GPtrArray) steps = pd_guide_list_steps (pd_profile_get_mode (profile), pd_profile_get_generation (profile));
  int part = -1;
  GtkWidget *list = NULL;

  g_ptr_array_set_size (self->rows, 0);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->content != NULL)
    gtk_box_remove (self->box, self->content);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (self->box, self->content);
  for (guint i = 0; i < steps->len; i++) {
    const PdGuideStep *step = g_ptr_array_index (steps, i);
    GtkWidget *row = pd_guide_step_row_new (self->shop, step);

    if ((int) step->part != part)
      list = add_part (self, step->part);
    part = (int) step->part;
    g_ptr_array_add (self->rows, row);
    g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (row, "next", G_CALLBACK (on_next), self, G_CONNECT_SWAPPED);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  add_support (self);
  refresh (self);
  resume (self);
}

static void
rebuild_in_place (PdGuideView *self)
{
  gboolean had_focus = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  rebuild (self);
  if (had_focus)
    pd_guide_view_focus (self);
}

static void
on_kind_changed (PdGuideView *self)
{
  pd_soon (&self->rebuild_source, (PdSoonFunc) rebuild_in_place, self);
}

static void
pd_guide_view_dispose (GObject *object)
{
  PdGuideView *self = PD_GUIDE_VIEW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  g_clear_object (&self->shop);
  g_clear_object (&self->tester);
  G_OBJECT_CLASS (pd_guide_view_parent_class)->dispose (object);
}

static void
pd_guide_view_finalize (GObject *object)
{
  g_ptr_array_unref (PD_GUIDE_VIEW (object)->rows);
  G_OBJECT_CLASS (pd_guide_view_parent_class)->finalize (object);
}

static void
pd_guide_view_class_init (PdGuideViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pd_guide_view_dispose;
  object_class->finalize = pd_guide_view_finalize;
}

static void
pd_guide_view_init (PdGuideView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->rows = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "pd-guide");
  self->progress_label = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->progress_label, 0);
  gtk_box_append (self->box, GTK_WIDGET (self->progress_label));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->progress), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps Done"), -1);
  gtk_box_append (self->box, GTK_WIDGET (self->progress));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, clamp);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
}

/**
 * pd_guide_view_new:
 * @shop: an open shop
 * @tester: who runs its checks
 *
 * Returns: (transfer floating): the shop's guide
 */
GtkWidget *
pd_guide_view_new (PdShop   *shop,
                   PdTester *tester)
{
  PdGuideView *self = g_object_new (PD_TYPE_GUIDE_VIEW, NULL);
  PdProfile *profile = pd_shop_get_profile (shop);

  self->shop = g_object_ref (shop);
  self->tester = g_object_ref (tester);
  rebuild (self);
  g_signal_connect_object (profile, "notify::mode", G_CALLBACK (on_kind_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::generation", G_CALLBACK (on_kind_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tester, "changed", G_CALLBACK (on_tested), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pd_tester_get_verdicts (tester), "changed", G_CALLBACK (on_tested), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* (nullable) (transfer none): the row of a step that this shop has. */
PdGuideStepRow *
pd_guide_view_find (PdGuideView *self,
                    const char  *step_id)
{
  for (guint i = 0; i < self->rows->len; i++) {
    if (g_str_equal (pd_guide_step_row_get_step (g_ptr_array_index (self->rows, i))->id, step_id))
      return g_ptr_array_index (self->rows, i);
  }
  return NULL;
}

/* Unfolds a step and brings it into sight; whether this shop has it. */
gboolean
pd_guide_view_open (PdGuideView *self,
                    const char  *step_id)
{
  PdGuideStepRow *row = pd_guide_view_find (self, step_id);

  if (row == NULL)
    return FALSE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  bring_into_sight (self, row);
  return TRUE;
}

/* Puts the focus on the unfolded step, or on the first one. */
gboolean
pd_guide_view_focus (PdGuideView *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    if (adw_expander_row_get_expanded (g_ptr_array_index (self->rows, i)))
      return gtk_widget_child_focus (g_ptr_array_index (self->rows, i), GTK_DIR_TAB_FORWARD);
  }
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

guint
pd_guide_view_get_n_done (PdGuideView *self)
{
  return self->n_done;
}
