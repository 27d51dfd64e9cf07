/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-known-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-explain.h"

/**
 * PdKnownList:
 *
 * The messages that Paydesk knows, by who sees them, to be searched and picked.
 *
 * Signal "picked" (char *cause_id).
 */
struct _PdKnownList
{
  AdwBin          parent_instance;
  GtkSearchEntry *entry;
  GtkListBox     *list;
  char          **words; /* folded, that a row must have */
};

static const PdCauseWhere order[] = {
  PD_CAUSE_SHOP_FRONT, PD_CAUSE_SHOP_ADMIN, PD_CAUSE_SELLER_CENTRAL, PD_CAUSE_CALL, PD_CAUSE_COMPUTER,
};

enum {
  PICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GQuark cause_quark;
static GQuark text_quark;

G_DEFINE_FINAL_TYPE (PdKnownList, pd_known_list, ADW_TYPE_BIN)

static const PdCause *
get_cause (GtkListBoxRow *row)
{
  return g_object_get_qdata (G_OBJECT (row), cause_quark);
}

/* All that a person may know of it, folded. */
static char *
fold_cause (const PdCause *cause)
{
  g_autoptr (GString) text = g_string_new (cause->id);

  g_string_append_printf (text, "\n%s\n%s\n%s", pd_cause_get_title (cause), pd_cause_get_meaning (cause), pd_cause_get_next_step (cause));
  for (const PdSign *sign = cause->signs; sign->text != NULL; sign++) {
    if (sign->kind != PD_SIGN_PATTERN)
      g_string_append_printf (text, "\n%s", sign->text);
  }
  return pd_explain_text_fold (text->str, NULL);
}

static void
add_row (PdKnownList   *self,
         const PdCause *cause)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", pd_cause_get_title (cause),
                                 "subtitle", pd_cause_get_example (cause), "activatable", TRUE, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_qdata (G_OBJECT (row), cause_quark, (gpointer) cause);
  g_object_set_qdata_full (G_OBJECT (row), text_quark, fold_cause (cause), g_free);
  gtk_list_box_append (self->list, row);
}

static gboolean
has_words (GtkListBoxRow *row,
           gpointer       user_data)
{
  PdKnownList *self = user_data;
  const char *text = g_object_get_qdata (G_OBJECT (row), text_quark);

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++) {
    if (strstr (text, self->words[i]) == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  const PdCause *cause = get_cause (row);
  GtkWidget *label;

  if (before != NULL && get_cause (before)->where == cause->where) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", pd_cause_get_where_label (cause),
                        "xalign", 0.0, NULL);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "pd-list-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
on_search_changed (PdKnownList *self)
{
  g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->entry)), " \t\n", -1);

  g_clear_pointer (&self->words, g_strfreev);
  for (guint i = 0; words[i] != NULL; i++) {
    char *folded = pd_explain_text_fold (words[i], NULL);

    g_free (words[i]);
    words[i] = folded;
  }
  self->words = g_steal_pointer (&words);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
}

static void
on_activated (PdKnownList   *self,
              GtkListBoxRow *row)
{
  g_signal_emit (self, signals[PICKED], 0, get_cause (row)->id);
}

static void
pd_known_list_finalize (GObject *object)
{
  g_strfreev (PD_KNOWN_LIST (object)->words);
  G_OBJECT_CLASS (pd_known_list_parent_class)->finalize (object);
}

static void
pd_known_list_class_init (PdKnownListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_known_list_finalize;
  cause_quark = g_quark_from_static_string ("pd-known-list-cause");
  text_quark = g_quark_from_static_string ("pd-known-list-text");
  signals[PICKED] = g_signal_new ("picked", PD_TYPE_KNOWN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pd_known_list_init (PdKnownList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *nothing = gtk_label_new (_("No known message has these words"));
  guint n_causes;
  const PdCause *const *causes = pd_cause_get_all (&n_causes);

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->entry, "placeholder-text", _("Search the known messages"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search the Known Messages"), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (on_search_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Known Messages"), -1);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_add_css_class (nothing, "pd-details");
  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_list_box_set_placeholder (self->list, nothing);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    for (guint j = 0; j < n_causes; j++) {
      if (causes[j]->where == order[i])
        add_row (self, causes[j]);
    }
  }
  gtk_list_box_set_filter_func (self->list, has_words, self, NULL);
  gtk_list_box_set_header_func (self->list, set_header, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* Shows the messages that have these words. */
void
pd_known_list_search (PdKnownList *self,
                      const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  on_search_changed (self);
}
