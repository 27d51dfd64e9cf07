/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-placeholder.h"

static void
on_changed (GtkTextBuffer *buffer,
            GtkWidget     *placeholder)
{
  gtk_widget_set_visible (placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
}

/* What is being composed is drawn in the view, and not yet in its buffer. */
static void
on_preedit_changed (GtkTextView *view,
                    const char  *preedit,
                    GtkWidget   *placeholder)
{
  gtk_widget_set_visible (placeholder, *preedit == '\0' && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) == 0);
}

/**
 * pd_placeholder_bind:
 * @placeholder: a label over @view
 * @view: a text view, which has no placeholder of its own
 *
 * Shows the label while nothing has been typed.
 */
void
pd_placeholder_bind (GtkWidget   *placeholder,
                     GtkTextView *view)
{
  g_signal_connect_object (gtk_text_view_get_buffer (view), "changed", G_CALLBACK (on_changed), placeholder, 0);
  g_signal_connect_object (view, "preedit-changed", G_CALLBACK (on_preedit_changed), placeholder, 0);
  on_changed (gtk_text_view_get_buffer (view), placeholder);
}
