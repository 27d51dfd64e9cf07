/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-text-card.h"

#include "pd-placeholder.h"
#include "pd-wrap.h"

#define MARGIN     12
#define MIN_HEIGHT 84
#define MAX_HEIGHT 200

/**
 * PdTextCard:
 *
 * A text of several lines, in letters of one width, as boxed lists look. Signal "changed".
 */
struct _PdTextCard
{
  AdwBin       parent_instance;
  GtkTextView *view;
  GtkLabel    *placeholder;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdTextCard, pd_text_card, ADW_TYPE_BIN)

static void
on_changed (PdTextCard *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
pd_text_card_class_init (PdTextCardClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", PD_TYPE_TEXT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_text_card_init (PdTextCard *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_CHAR, "accepts-tab", FALSE, "monospace", TRUE,
                                            "top-margin", MARGIN, "bottom-margin", MARGIN, "left-margin", MARGIN, "right-margin", MARGIN,
                                            NULL));
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "min-content-height", MIN_HEIGHT, "max-content-height", MAX_HEIGHT,
                "propagate-natural-height", TRUE, "child", self->view, NULL);
  self->placeholder = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_START, "can-target", FALSE,
                                               "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0,
                                               "margin-top", MARGIN, "margin-start", MARGIN, "margin-end", MARGIN, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->placeholder), "dim-label");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->placeholder));
  gtk_widget_add_css_class (overlay, "card");
  gtk_widget_add_css_class (overlay, "pd-text-card");
  adw_bin_set_child (ADW_BIN (self), overlay);
  pd_wrap_text (self->view);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->view), TRUE);
  pd_placeholder_bind (GTK_WIDGET (self->placeholder), self->view);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

/**
 * pd_text_card_set_name:
 * @self: the card
 * @name: what it is, for assistive technology
 * @placeholder: what to put in, shown while it is empty
 */
void
pd_text_card_set_name (PdTextCard *self,
                       const char *name,
                       const char *placeholder)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, placeholder, -1);
  gtk_label_set_label (self->placeholder, placeholder);
}

/* (transfer full) */
char *
pd_text_card_dup_text (PdTextCard *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->view), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->view), &start, &end, FALSE);
}

void
pd_text_card_set_text (PdTextCard *self,
                       const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

void
pd_text_card_focus (PdTextCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
