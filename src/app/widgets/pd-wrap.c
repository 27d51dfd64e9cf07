/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-wrap.h"

#include "pd-column-layout.h"

/* Pixels: more than one letter, less than any dialog has. */
#define HEADING_WIDTH 80

static void
wrap (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget)) {
    gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
    gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    if (gtk_label_get_xalign (GTK_LABEL (widget)) > 0)
      gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    wrap (child);
}

/**
 * pd_wrap_label_new:
 * @text: what it says
 * @style: (nullable): a style class
 *
 * Returns: (transfer floating): a label of as many lines as @text takes, for sentences of any language
 */
GtkWidget *
pd_wrap_label_new (const char *text,
                   const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A hyphen at the end of a line would look like one of an ID's or an address's own. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/**
 * pd_wrap_labels:
 * @widget: a widget whose labels the library makes
 *
 * Lets the labels that are in it by now take more lines, where the library cuts them: on a phone, or with large text.
 */
void
pd_wrap_labels (GtkWidget *widget)
{
  wrap (widget);
  pd_column_layout_apply (widget);
}

/**
 * pd_wrap_button:
 * @button: a button with a label
 *
 * Like pd_wrap_labels(), but between words only: half a word on a button is hard to read.
 */
void
pd_wrap_button (GtkWidget *button)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  pd_wrap_labels (button);
  if (GTK_IS_LABEL (label)) {
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
    /* Otherwise it wraps as soon as what stands beside it is several lines high. */
    gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  }
}

/**
 * pd_wrap_heading:
 * @dialog: an AdwMessageDialog
 *
 * Lets its large heading wrap, too. Newer libadwaita has a large and a small one, and measures both for the least width of either, of
 * which GTK warns: they get the same.
 */
void
pd_wrap_heading (GtkWidget *dialog)
{
  if (GTK_IS_LABEL (dialog) && gtk_widget_has_css_class (dialog, "title-2")) {
    gtk_label_set_wrap (GTK_LABEL (dialog), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (dialog), PANGO_WRAP_WORD_CHAR);
  }
  if (GTK_IS_LABEL (dialog) && gtk_widget_has_css_class (gtk_widget_get_parent (dialog), "heading-bin"))
    gtk_widget_set_size_request (dialog, HEADING_WIDTH, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (dialog); child != NULL; child = gtk_widget_get_next_sibling (child))
    pd_wrap_heading (child);
}

static void
drop_hyphens (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag_by_name (buffer, "plain", &start, &end);
}

/**
 * pd_wrap_text:
 * @view: a text view whose text comes from elsewhere
 *
 * A hyphen at the end of a line would be read as one of the text's bytes: no line gets one.
 */
void
pd_wrap_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_buffer_create_tag (buffer, "plain", "insert-hyphens", FALSE, NULL);
  g_signal_connect (buffer, "changed", G_CALLBACK (drop_hyphens), NULL);
}
