/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-note-row.h"

#include <glib/gi18n.h>

#include "pd-announce.h"
#include "pd-pass-on.h"
#include "pd-wrap.h"

/**
 * PdNoteRow:
 *
 * What is to be said of the row above it: problems, what was cleaned, where a value belongs. Not there while there is
 * nothing to say. The row above is told by accessible relations, so that a screen reader reads this with it.
 *
 * Signal "acted": one of its buttons did its work.
 */
struct _PdNoteRow
{
  GtkListBoxRow  parent_instance;
  GtkWidget     *about; /* unowned: the row above, which owns this one */
  GtkWidget     *entry; /* weak: where its value is typed, if elsewhere */
  GtkBox        *box;
  GPtrArray     *lines;
  GPtrArray     *shown;
};

typedef struct
{
  PdSeverity  severity;
  char       *text;
  char       *button_label;
  GCallback   clicked;
  char       *detail;
} Line;

static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [PD_SEVERITY_HINT] = { "dialog-information-symbolic", "dim-label" },
  [PD_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning" },
  [PD_SEVERITY_ERROR] = { "dialog-error-symbolic", "error" },
};

enum {
  ACTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PdNoteRow, pd_note_row, GTK_TYPE_LIST_BOX_ROW)

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line->button_label);
  g_free (line->detail);
  g_free (line);
}

/* Whether the same widgets can say it. */
static gboolean
is_alike (GPtrArray *a,
          GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const Line *left = g_ptr_array_index (a, i);
    const Line *right = g_ptr_array_index (b, i);

    if (left->severity != right->severity || (left->button_label == NULL) != (right->button_label == NULL))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const Line *left = g_ptr_array_index (a, i);
    const Line *right = g_ptr_array_index (b, i);

    if (left->severity != right->severity || !g_str_equal (left->text, right->text) ||
        g_strcmp0 (left->button_label, right->button_label) != 0 || g_strcmp0 (left->detail, right->detail) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
on_button_clicked (GtkButton *button,
                   PdNoteRow *self)
{
  typedef void (* Clicked) (GtkWidget *about, const char *detail);
  Clicked clicked = g_object_get_data (G_OBJECT (button), "clicked");
  g_autofree char *detail = g_strdup (g_object_get_data (G_OBJECT (button), "detail"));

  g_object_ref (self);
  clicked (self->about, detail);
  g_signal_emit (self, signals[ACTED], 0);
  g_object_unref (self);
}

static void
set_action (GtkWidget  *button,
            const Line *line)
{
  g_object_set_data (G_OBJECT (button), "clicked", (gpointer) line->clicked);
  g_object_set_data_full (G_OBJECT (button), "detail", g_strdup (line->detail), g_free);
}

/* A button that is about to have the focus, or has it, must not go away for another word on it. */
static void
update_line (GtkWidget  *box,
             const Line *line)
{
  GtkWidget *label = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));
  GtkWidget *button = gtk_widget_get_next_sibling (label);

  gtk_label_set_text (GTK_LABEL (label), line->text);
  if (button == NULL)
    return;
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), line->button_label) != 0) {
    gtk_button_set_label (GTK_BUTTON (button), line->button_label);
    pd_wrap_button (button);
  }
  set_action (button, line);
}

static GtkWidget *
make_line (PdNoteRow  *self,
           const Line *line,
           GtkWidget **label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[line->severity].icon);

  *label = pd_wrap_label_new (line->text, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  line->severity == PD_SEVERITY_HINT ? _("Note") :
                                  line->severity == PD_SEVERITY_WARNING ? _("Warning") : _("Problem"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, looks[line->severity].style);
  gtk_widget_set_hexpand (*label, TRUE);
  if (line->severity != PD_SEVERITY_HINT)
    gtk_widget_add_css_class (*label, looks[line->severity].style);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), *label);
  if (line->button_label != NULL) {
    GtkWidget *button = gtk_button_new_with_label (line->button_label);

    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class (button, "pd-small");
    pd_wrap_button (button);
    set_action (button, line);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_button_clicked), self, 0);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static void
pd_note_row_finalize (GObject *object)
{
  PdNoteRow *self = PD_NOTE_ROW (object);

  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->shown);
  G_OBJECT_CLASS (pd_note_row_parent_class)->finalize (object);
}

static void
pd_note_row_class_init (PdNoteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_note_row_finalize;
  GTK_WIDGET_CLASS (klass)->focus = pd_pass_on_focus;
  signals[ACTED] = g_signal_new ("acted", PD_TYPE_NOTE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pd_note_row_init (PdNoteRow *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->shown = g_ptr_array_new_with_free_func (line_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->box));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pd-note");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
}

/**
 * pd_note_row_new:
 * @about: the row above, which outlives this one
 *
 * Returns: (transfer full): a note, not yet there
 */
PdNoteRow *
pd_note_row_new (GtkWidget *about)
{
  PdNoteRow *self = g_object_new (PD_TYPE_NOTE_ROW, NULL);

  self->about = about;
  return g_object_ref_sink (self);
}

/* Starts to say anew what there is to say; see pd_note_row_end(). */
void
pd_note_row_begin (PdNoteRow *self)
{
  g_ptr_array_set_size (self->lines, 0);
}

/**
 * pd_note_row_add:
 * @self: a note
 * @severity: how it looks
 * @text: what to say; no markup
 * @button_label: (nullable): a remedy
 * @clicked: (nullable): called with the row above and @detail
 * @detail: (nullable): for @clicked
 */
void
pd_note_row_add (PdNoteRow  *self,
                 PdSeverity  severity,
                 const char *text,
                 const char *button_label,
                 GCallback   clicked,
                 const char *detail)
{
  Line *line = g_new0 (Line, 1);

  line->severity = severity;
  line->text = g_strdup (text);
  line->button_label = g_strdup (button_label);
  line->clicked = clicked;
  line->detail = g_strdup (detail);
  g_ptr_array_add (self->lines, line);
}

/**
 * pd_note_row_set_entry:
 * @self: a note
 * @entry: (nullable): where the value of the row above is typed, if not in that row
 */
void
pd_note_row_set_entry (PdNoteRow *self,
                       GtkWidget *entry)
{
  g_set_weak_pointer (&self->entry, entry);
}

static gboolean
has_focus (GtkWidget *widget)
{
  return widget != NULL && (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static PdSeverity
get_worst (GPtrArray *lines)
{
  PdSeverity worst = PD_SEVERITY_HINT;

  for (guint i = 0; i < lines->len; i++)
    worst = MAX (worst, ((const Line *) g_ptr_array_index (lines, i))->severity);
  return worst;
}

/* What has come up while one is in the row; what was there before is read with the row. */
static void
announce (PdNoteRow *self)
{
  gboolean focused = has_focus (self->about) || has_focus (self->entry);
  PdSeverity worst = get_worst (self->lines);

  if (!focused || worst == PD_SEVERITY_HINT || get_worst (self->shown) == worst)
    return;
  for (guint i = 0; i < self->lines->len; i++) {
    const Line *line = g_ptr_array_index (self->lines, i);

    if (line->severity == worst) {
      pd_announce (self->about, line->text);
      return;
    }
  }
}

/* The message of an error is one reference in GTK 4.8 and a list, which is given away, in newer ones: GTK says itself which. */
static void
relate (GtkWidget  *target,
        GtkWidget  *message,
        PdSeverity  worst)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (target);
  GtkAccessibleRelation relation = GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE;
  g_auto (GValue) value = G_VALUE_INIT;

  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               worst == PD_SEVERITY_HINT ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (message == NULL)
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  else
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, message, NULL, -1);
  if (message == NULL || worst == PD_SEVERITY_HINT) {
    gtk_accessible_reset_relation (accessible, relation);
    return;
  }
  gtk_accessible_relation_init_value (relation, &value);
  if (G_VALUE_HOLDS_OBJECT (&value))
    g_value_set_object (&value, message);
  else
    g_value_set_pointer (&value, g_list_prepend (NULL, message));
  gtk_accessible_update_relation_value (accessible, 1, &relation, &value);
}

/* Shows what was added. What has not changed stays untouched, and with it the focus. */
void
pd_note_row_end (PdNoteRow *self)
{
  GtkWidget *target = GTK_WIDGET (self->about);
  PdSeverity worst = PD_SEVERITY_HINT;
  GtkWidget *child, *first = NULL;
  GPtrArray *lines = self->lines;

  if (is_same (self->lines, self->shown))
    return;
  announce (self);
  if (is_alike (self->lines, self->shown)) {
    child = gtk_widget_get_first_child (GTK_WIDGET (self->box));
    for (guint i = 0; i < lines->len; i++, child = gtk_widget_get_next_sibling (child))
      update_line (child, g_ptr_array_index (lines, i));
    self->lines = self->shown;
    self->shown = lines;
    return;
  }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = g_ptr_array_index (lines, i);
    GtkWidget *label;

    gtk_box_append (self->box, make_line (self, line, &label));
    worst = MAX (worst, line->severity);
    if (first == NULL)
      first = label;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), lines->len > 0);
  if (lines->len > 0)
    gtk_widget_add_css_class (target, "pd-noted");
  else
    gtk_widget_remove_css_class (target, "pd-noted");
  for (guint i = PD_SEVERITY_WARNING; i <= PD_SEVERITY_ERROR; i++) {
    /* The rows inside one that unfolds have colours of their own. */
    if (worst == i && !ADW_IS_EXPANDER_ROW (target))
      gtk_widget_add_css_class (target, looks[i].style);
    else
      gtk_widget_remove_css_class (target, looks[i].style);
  }

  /* The entry inside has the focus. Assistive technology meets that in newer GTK, and in 4.8 the row in its place. */
  relate (target, first, worst);
  if (GTK_IS_EDITABLE (target) && gtk_editable_get_delegate (GTK_EDITABLE (target)) != NULL)
    relate (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (target))), first, worst);
  self->lines = self->shown;
  self->shown = lines;
}

/* (transfer full): everything that is said, one a line; "" for nothing. */
char *
pd_note_row_dup_text (PdNoteRow *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->shown->len; i++) {
    if (i > 0)
      g_string_append_c (text, '\n');
    g_string_append (text, ((Line *) g_ptr_array_index (self->shown, i))->text);
  }
  return g_string_free (text, FALSE);
}
