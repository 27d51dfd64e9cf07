/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-verdict-row.h"

/**
 * PdVerdictRow:
 *
 * One question about something, and its answer: the verdict as an icon and a word, and a sentence or two.
 */
struct _PdVerdictRow
{
  AdwActionRow  parent_instance;
  char         *question;
  GtkWidget    *icon;
  PdVerdict     verdict;
};

G_DEFINE_FINAL_TYPE (PdVerdictRow, pd_verdict_row, ADW_TYPE_ACTION_ROW)

static void
pd_verdict_row_finalize (GObject *object)
{
  g_free (PD_VERDICT_ROW (object)->question);
  G_OBJECT_CLASS (pd_verdict_row_parent_class)->finalize (object);
}

static void
pd_verdict_row_class_init (PdVerdictRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_verdict_row_finalize;
}

static void
pd_verdict_row_init (PdVerdictRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  self->icon = gtk_image_new ();
  gtk_widget_add_css_class (self->icon, "pd-verdict");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
}

/**
 * pd_verdict_row_new:
 * @title: what is asked
 *
 * Returns: (transfer floating): a row without an answer yet
 */
GtkWidget *
pd_verdict_row_new (const char *title)
{
  PdVerdictRow *self = g_object_new (PD_TYPE_VERDICT_ROW, NULL);

  self->question = g_strdup (title);
  pd_verdict_row_set (self, PD_VERDICT_SKIPPED, "");
  return GTK_WIDGET (self);
}

/**
 * pd_verdict_row_set:
 * @self: a row
 * @verdict: the answer
 * @text: what there is to say about it
 */
void
pd_verdict_row_set (PdVerdictRow *self,
                    PdVerdict     verdict,
                    const char   *text)
{
  g_autofree char *title = g_strdup_printf ("%s: %s", self->question, pd_verdict_get_label (verdict));

  gtk_widget_remove_css_class (self->icon, pd_verdict_to_id (self->verdict));
  self->verdict = verdict;
  gtk_widget_add_css_class (self->icon, pd_verdict_to_id (verdict));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), pd_verdict_get_icon (verdict));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, pd_verdict_get_label (verdict), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

PdVerdict
pd_verdict_row_get (PdVerdictRow *self)
{
  return self->verdict;
}
