/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-composing.h"

#include "pd-soon.h"

/* GTK takes away what is selected when an input method begins, before it says that it has begun: what is left is only known
 * to be meant when the event is over and nothing is being composed. */

typedef struct {
  GtkWidget      *text;
  gboolean        composing;
  guint           source;
  PdComposingFunc func;
  gpointer        self;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_handle_id (&watch->source, g_source_remove);
  g_free (watch);
}

static void
tell (gpointer data)
{
  Watch *watch = data;

  /* Without a root it is being taken apart, and @self with it. */
  if (gtk_widget_get_root (watch->text) != NULL)
    watch->func (watch->self, watch->composing);
}

static void
on_changed (GtkEditable *editable,
            Watch       *watch)
{
  pd_soon (&watch->source, tell, watch);
}

static void
on_preedit_changed (GtkText    *text,
                    const char *preedit,
                    Watch      *watch)
{
  watch->composing = *preedit != '\0';
  pd_soon (&watch->source, tell, watch);
}

/**
 * pd_composing_watch:
 * @editable: an entry whose delegate is a GtkText
 * @func: called after each change of its text or of what an input method composes in it, when the main loop is idle
 * @self: for @func; lives as long as @editable is in a window
 *
 * For what is said of a text: during composing it is not yet what was meant.
 */
void
pd_composing_watch (GtkEditable     *editable,
                    PdComposingFunc  func,
                    gpointer         self)
{
  GtkEditable *text = gtk_editable_get_delegate (editable);
  Watch *watch = g_new0 (Watch, 1);

  watch->text = GTK_WIDGET (text);
  watch->func = func;
  watch->self = self;
  g_object_set_data_full (G_OBJECT (text), "pd-composing", watch, watch_free);
  g_signal_connect (text, "changed", G_CALLBACK (on_changed), watch);
  g_signal_connect (text, "preedit-changed", G_CALLBACK (on_preedit_changed), watch);
}
