/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-explain-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-cause-view.h"
#include "pd-file-picker.h"
#include "pd-file-read.h"
#include "pd-known-list.h"
#include "pd-placeholder.h"
#include "pd-redact.h"
#include "pd-wrap.h"

/* A long text without line ends would take the view seconds to lay out: more than this is looked at, and not shown. */
#define MAX_SHOWN (16 * 1024)
#define DELAY     150 /* ms after the last key */

/**
 * PdExplainPage:
 *
 * 'Explain this error': a text is pasted, dropped, typed or picked, and what is known of it follows at once, for one shop or for
 * none in particular. The text stays here: it is neither kept nor sent.
 */
struct _PdExplainPage
{
  AdwBin             parent_instance;
  PdProfile         *profile;
  GBytes            *whole;  /* the text where the view has only its beginning */
  const PdCause     *pinned; /* what was picked, or is known beforehand */
  GCancellable      *cancellable;
  guint              timeout;
  gboolean           is_filling;
  char              *shown;  /* what the answers are of */
  GtkScrolledWindow *scroller;
  GtkTextView       *text;
  GtkWidget         *placeholder;
  GtkLabel          *note;
  GtkLabel          *summary;
  GtkStack          *stack;
  PdKnownList       *known;
  GtkBox            *answers;
  GtkLabel          *wanted;
  GtkWidget         *run_all;
};

G_DEFINE_FINAL_TYPE (PdExplainPage, pd_explain_page, ADW_TYPE_BIN)

static GtkTextBuffer *
get_buffer (PdExplainPage *self)
{
  return gtk_text_view_get_buffer (self->text);
}

static char *
dup_shown_text (PdExplainPage *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
}

static GBytes *
dup_text (PdExplainPage *self)
{
  char *text;

  if (self->whole != NULL)
    return g_bytes_ref (self->whole);
  text = dup_shown_text (self);
  return g_bytes_new_take (text, strlen (text));
}

static void
say (PdExplainPage *self,
     const char    *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", text);
}

static void
set_note (PdExplainPage *self,
          const char    *text)
{
  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
}

static void
clear_answers (PdExplainPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->answers))) != NULL)
    gtk_box_remove (self->answers, child);
  g_clear_pointer (&self->shown, g_free);
}

static void
add_other (PdExplainPage *self,
           PdExplanation *explanation)
{
  GtkWidget *expander = gtk_expander_new (pd_cause_get_title (explanation->cause));
  GtkWidget *view = pd_cause_view_new (explanation, self->profile, FALSE);

  gtk_widget_set_margin_top (view, 6);
  gtk_widget_set_margin_start (view, 18);
  gtk_expander_set_child (GTK_EXPANDER (expander), view);
  gtk_widget_add_css_class (expander, "pd-folded");
  gtk_box_append (self->answers, expander);
}

/* What the answers are made from; where it is the same as before, they stay as they are, and so does what is unfolded. */
static char *
describe (PdExplainPage *self,
          GPtrArray     *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++) {
    PdExplanation *explanation = g_ptr_array_index (found, i);
    const char *const *fields = pd_explanation_get_fields (explanation);

    g_string_append_printf (text, "%s %d %d", explanation->cause->id, (int) explanation->confidence, explanation->is_used);
    for (; *fields != NULL; fields++) {
      g_string_append_printf (text, " %s", *fields);
      if (self->profile != NULL)
        g_string_append_printf (text, "=%s", pd_profile_get_text (self->profile, *fields));
    }
  }
  return g_string_free (text, FALSE);
}

static void
summarise (PdExplainPage *self,
           guint          n_causes)
{
  g_autofree char *causes = g_strdup_printf (ngettext ("%'u possible cause", "%'u possible causes", n_causes), n_causes);
  g_autofree char *text = NULL;

  if (self->profile != NULL)
    text = g_strdup_printf (_("For “%s”: %s"), pd_profile_get_name (self->profile), causes);
  else
    text = g_strdup_printf (_("For no shop in particular: %s"), causes);
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), n_causes > 0);
}

static void
show_answers (PdExplainPage *self,
              GPtrArray     *found)
{
  g_autofree char *what = describe (self, found);
  GtkWidget *heading;

  summarise (self, found->len);
  gtk_stack_set_visible_child_name (self->stack, found->len > 0 ? "answers" : "unknown");
  if (g_strcmp0 (what, self->shown) == 0)
    return;
  clear_answers (self);
  self->shown = g_steal_pointer (&what);
  for (guint i = 0; i < found->len; i++) {
    if (i == 0) {
      gtk_box_append (self->answers, pd_cause_view_new (g_ptr_array_index (found, i), self->profile, TRUE));
      continue;
    }
    if (i == 1) {
      heading = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", _("It May Also Be"),
                              "xalign", 0.0, NULL);
      gtk_widget_add_css_class (heading, "heading");
      gtk_box_append (self->answers, heading);
    }
    add_other (self, g_ptr_array_index (found, i));
  }
}

/* What was picked comes first, whatever its words resemble. */
static void
put_pinned_first (PdExplainPage *self,
                  GPtrArray     *found)
{
  if (self->pinned == NULL)
    return;
  for (guint i = 0; i < found->len; i++) {
    PdExplanation *explanation = g_ptr_array_index (found, i);

    if (explanation->cause == self->pinned) {
      g_ptr_array_insert (found, 0, g_ptr_array_steal_index (found, i));
      return;
    }
  }
  g_ptr_array_insert (found, 0, pd_explanation_new (self->pinned, self->profile));
}

static void
on_explained (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PdExplainPage) self = user_data;
  g_autoptr (GPtrArray) found = pd_explain_finish (result, NULL);

  /* Another text is being looked at by now. */
  if (found == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  put_pinned_first (self, found);
  show_answers (self, found);
}

static void
explain_now (PdExplainPage *self)
{
  g_autoptr (GBytes) text = dup_text (self);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (g_bytes_get_size (text) == 0) {
    clear_answers (self);
    gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
    gtk_stack_set_visible_child_name (self->stack, "known");
    return;
  }
  self->cancellable = g_cancellable_new ();
  pd_explain_async (text, self->profile, self->cancellable, on_explained, g_object_ref (self));
}

static gboolean
on_timeout (gpointer user_data)
{
  PdExplainPage *self = user_data;

  self->timeout = 0;
  explain_now (self);
  return G_SOURCE_REMOVE;
}

/* A shop's values change one after the other, and so do the letters of a text. */
static void
explain_soon (PdExplainPage *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DELAY, on_timeout, self);
}

static void
on_typed (PdExplainPage *self)
{
  gboolean is_empty = gtk_text_buffer_get_char_count (get_buffer (self)) == 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "explain.clear", !is_empty);
  if (self->is_filling)
    return;
  self->pinned = NULL;
  g_clear_pointer (&self->whole, g_bytes_unref);
  set_note (self, NULL);
  if (is_empty)
    explain_now (self);
  else
    explain_soon (self);
}

/* Takes a whole text, in place of what was there. */
static void
fill (PdExplainPage *self,
      GBytes        *bytes,
      const PdCause *pinned)
{
  gsize length = 0;
  const char *raw = g_bytes_get_data (bytes, &length);
  g_autofree char *text = pd_explain_text_decode (raw != NULL ? raw : "", length);
  gsize n = strlen (text);

  g_clear_pointer (&self->whole, g_bytes_unref);
  set_note (self, NULL);
  if (n > MAX_SHOWN) {
    self->whole = g_bytes_ref (bytes);
    *g_utf8_find_prev_char (text, text + MAX_SHOWN) = '\0';
    set_note (self, length > PD_EXPLAIN_MAX_BYTES ? _("Only the beginning is shown. The first 256 KiB were looked at.")
                                                  : _("Only the beginning is shown. All of it was looked at."));
  }
  self->is_filling = TRUE;
  self->pinned = pinned;
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  self->is_filling = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  explain_now (self);
}

static void
fill_text (PdExplainPage *self,
           const char    *text,
           const PdCause *pinned)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  fill (self, bytes, pinned);
}

static void
on_file_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PdExplainPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pd_file_read_finish (G_FILE (source), result, &error);

  if (bytes != NULL)
    fill (self, bytes, NULL);
  else
    say (self, error->message);
}

/* One byte more than is looked at, so that it can be said that there is more. */
static void
take_file (GFile    *file,
           gpointer  user_data)
{
  pd_file_read_async (file, PD_EXPLAIN_MAX_BYTES + 1, TRUE, NULL, on_file_read, g_object_ref (user_data));
}

/* A short text goes where the caret is; a long one takes the place of all. */
static void
take_pasted (PdExplainPage *self,
             const char    *text)
{
  if (gtk_widget_is_focus (GTK_WIDGET (self->text)) && strlen (text) <= MAX_SHOWN && self->whole == NULL) {
    gtk_text_buffer_delete_selection (get_buffer (self), TRUE, TRUE);
    gtk_text_buffer_insert_at_cursor (get_buffer (self), text, -1);
    gtk_text_view_scroll_mark_onscreen (self->text, gtk_text_buffer_get_insert (get_buffer (self)));
    explain_now (self);
  } else {
    fill_text (self, text, NULL);
  }
}

static void
on_clipboard_text (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (PdExplainPage) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL || *text == '\0')
    say (self, _("There is no text on the clipboard"));
  else
    take_pasted (self, text);
}

static void
on_clipboard_files (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (PdExplainPage) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;

  if (files != NULL)
    take_file (files->data, self);
}

static void
paste (PdExplainPage *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean has_text = gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") ||
                      gdk_content_formats_contain_mime_type (formats, "text/plain") ||
                      gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_clipboard_files, g_object_ref (self));
  else if (!has_text && gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    say (self, _("A picture cannot be read: type what it shows"));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, on_clipboard_text, g_object_ref (self));
}

/* The view would take any length by itself. */
static void
on_view_paste (GtkTextView   *view,
               PdExplainPage *self)
{
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  paste (self);
}

static gboolean
on_drop (PdExplainPage *self,
         const GValue  *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    GSList *files = g_value_get_boxed (value);

    if (files != NULL)
      take_file (files->data, self);
    return files != NULL;
  }
  if (!G_VALUE_HOLDS_STRING (value) || g_value_get_string (value) == NULL)
    return FALSE;
  fill_text (self, g_value_get_string (value), NULL);
  return TRUE;
}

static void
on_picked (PdExplainPage *self,
           const char    *cause_id)
{
  const PdCause *cause = pd_cause_lookup (cause_id);

  fill_text (self, pd_cause_get_example (cause), cause);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  paste (PD_EXPLAIN_PAGE (widget));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  pd_file_picker_open (widget, _("Open a Message, an Answer or a Log"), NULL, take_file, widget);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  pd_explain_page_set_text (PD_EXPLAIN_PAGE (widget), "");
  pd_explain_page_focus (PD_EXPLAIN_PAGE (widget));
}

/* What the support asks for, as far as it is known here; what only the person knows stays open. */
static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  PdExplainPage *self = PD_EXPLAIN_PAGE (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *message = dup_shown_text (self);
  g_autofree char *masked = NULL;
  guint n_wanted;
  const char *const *wanted = pd_explain_get_wanted (&n_wanted);

  if (self->profile != NULL)
    g_string_append_printf (text, "%s (%s, %s)\n", pd_profile_get_name (self->profile),
                            pd_mode_get_label (pd_profile_get_mode (self->profile)),
                            pd_generation_get_label (pd_profile_get_generation (self->profile)));
  for (guint i = 0; i < n_wanted; i++)
    g_string_append_printf (text, "%s: %s\n", _(wanted[i]), i == 0 ? message : "");
  masked = pd_redact (NULL, text->str);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), masked);
  say (self, _("Copied: paste it into an e-mail, and fill in the rest"));
}

static void
on_profile_changed (PdExplainPage *self)
{
  if (gtk_text_buffer_get_char_count (get_buffer (self)) > 0)
    explain_soon (self);
}

static void
pd_explain_page_dispose (GObject *object)
{
  PdExplainPage *self = PD_EXPLAIN_PAGE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_data (self->profile, self);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->whole, g_bytes_unref);
  G_OBJECT_CLASS (pd_explain_page_parent_class)->dispose (object);
}

static void
pd_explain_page_finalize (GObject *object)
{
  g_free (PD_EXPLAIN_PAGE (object)->shown);
  G_OBJECT_CLASS (pd_explain_page_parent_class)->finalize (object);
}

static void
pd_explain_page_class_init (PdExplainPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_explain_page_dispose;
  object_class->finalize = pd_explain_page_finalize;

  g_type_ensure (PD_TYPE_KNOWN_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-explain-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, text);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, placeholder);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, note);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, summary);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, known);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, answers);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, wanted);
  gtk_widget_class_bind_template_child (widget_class, PdExplainPage, run_all);
  gtk_widget_class_install_action (widget_class, "explain.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "explain.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "explain.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "explain.copy-for-support", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "explain.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
pd_explain_page_init (PdExplainPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_wanted;
  const char *const *wanted = pd_explain_get_wanted (&n_wanted);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n_wanted; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", _(wanted[i]));
  gtk_label_set_label (self->wanted, text->str);
  gtk_text_buffer_set_enable_undo (get_buffer (self), TRUE);
  pd_wrap_text (self->text);
  pd_placeholder_bind (self->placeholder, self->text);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "paste-clipboard", G_CALLBACK (on_view_paste), self, 0);
  g_signal_connect_object (self->known, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);

  /* Before the text view, which takes a file for its name. */
  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  on_typed (self);
}

/**
 * pd_explain_page_set_profile:
 * @self: the page
 * @profile: (nullable): the shop that errors are explained for
 *
 * The text stays, and is explained anew.
 */
void
pd_explain_page_set_profile (PdExplainPage *self,
                             PdProfile     *profile)
{
  if (self->profile == profile)
    return;
  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_data (self->profile, self);
  g_set_object (&self->profile, profile);
  if (profile != NULL)
    g_signal_connect_object (profile, "changed", G_CALLBACK (on_profile_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->run_all, profile != NULL);
  clear_answers (self);
  explain_now (self);
}

/**
 * pd_explain_page_set_text:
 * @self: the page
 * @text: what was shown somewhere
 *
 * Explains it.
 */
void
pd_explain_page_set_text (PdExplainPage *self,
                          const char    *text)
{
  fill_text (self, text, NULL);
}

/**
 * pd_explain_page_show_cause:
 * @self: the page
 * @cause_id: a cause that is known beforehand
 * @text: what it showed itself by
 *
 * Explains that cause, and what else the text may mean below it.
 */
void
pd_explain_page_show_cause (PdExplainPage *self,
                            const char    *cause_id,
                            const char    *text)
{
  fill_text (self, text, pd_cause_lookup (cause_id));
}

/* Puts the caret where a text is typed. */
void
pd_explain_page_focus (PdExplainPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Whether a text is still being looked at. */
gboolean
pd_explain_page_is_busy (PdExplainPage *self)
{
  return self->timeout != 0 || self->cancellable != NULL;
}
