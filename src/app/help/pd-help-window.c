/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-help-window.h"

#include <glib/gi18n.h>

#include "pd-fit.h"
#include "pd-wrap.h"

/**
 * PdHelpWindow:
 *
 * The help: topics at the left, the chosen one at the right, and a search over all of them. All of it is in the program.
 */
struct _PdHelpWindow
{
  AdwWindow          parent_instance;
  AdwLeaflet        *leaflet;
  GtkSearchEntry    *search;
  GtkListBox        *list;
  AdwWindowTitle    *title;
  GtkScrolledWindow *scroller;
  AdwBin            *page;
  GHashTable        *headings; /* section id → GtkWidget, of the topic that is shown */
  const PdHelpTopic *topic;
  gboolean           filling;
};

#define DEFAULT_WIDTH  860
#define DEFAULT_HEIGHT 640

G_DEFINE_FINAL_TYPE (PdHelpWindow, pd_help_window, ADW_TYPE_WINDOW)

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *style)
{
  GtkWidget *label = pd_wrap_label_new (text, style);

  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_section (PdHelpWindow        *self,
             GtkWidget           *box,
             const PdHelpSection *section)
{
  GtkWidget *holder = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto (GStrv) paragraphs = g_strsplit (section->text, "\n\n", -1);

  /* Focusable, so that one can go from heading to heading, and be taken to one. */
  add_label (holder, section->heading, "title-4");
  gtk_widget_set_focusable (holder, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_PROPERTY_LABEL, section->heading, -1);
  gtk_widget_set_margin_top (holder, 12);
  gtk_box_append (GTK_BOX (box), holder);
  g_hash_table_insert (self->headings, g_strdup (section->id), holder);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    gtk_label_set_selectable (GTK_LABEL (add_label (box, paragraphs[i], NULL)), TRUE);
  for (guint i = 0; i < section->paths->len; i++)
    gtk_label_set_selectable (GTK_LABEL (add_label (box, g_ptr_array_index (section->paths, i), "pd-help-path")), TRUE);
}

static void
show_topic (PdHelpWindow      *self,
            const PdHelpTopic *topic)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GPtrArray) sections = pd_help_topic_get_sections (topic);

  g_hash_table_remove_all (self->headings);
  gtk_widget_add_css_class (box, "pd-help");
  for (guint i = 0; i < sections->len; i++)
    add_section (self, box, g_ptr_array_index (sections, i));
  adw_bin_set_child (self->page, box);
  adw_window_title_set_title (self->title, pd_help_topic_get_title (topic));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->topic = topic;
}

/* A row of the list: a topic, or a section that was found. */
static void
add_row (PdHelpWindow *self,
         const char   *where,
         const char   *title,
         const char   *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_label (box, title, NULL);
  if (subtitle != NULL)
    gtk_widget_add_css_class (add_label (box, subtitle, "caption"), "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "where", g_strdup (where), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->list, row);
}

static void
add_found (PdHelpWindow      *self,
           const PdHelpTopic *topic,
           const char        *wanted)
{
  g_autoptr (GPtrArray) sections = pd_help_topic_get_sections (topic);

  for (guint i = 0; i < sections->len; i++) {
    const PdHelpSection *section = g_ptr_array_index (sections, i);
    g_autofree char *where = g_strdup_printf ("%s/%s", topic->id, section->id);

    if (pd_help_section_matches (section, wanted))
      add_row (self, where, section->heading, pd_help_topic_get_title (topic));
  }
}

static void
select_topic (PdHelpWindow *self)
{
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

    if (self->topic != NULL && g_str_equal (g_object_get_data (G_OBJECT (row), "where"), self->topic->id))
      gtk_list_box_select_row (self->list, row);
  }
}

static void
fill_list (PdHelpWindow *self)
{
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint n_topics;
  const PdHelpTopic *topics = pd_help_get_topics (&n_topics);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n_topics; i++) {
    if (*wanted == '\0')
      add_row (self, topics[i].id, pd_help_topic_get_title (&topics[i]), NULL);
    else
      add_found (self, &topics[i], wanted);
  }
  if (*wanted == '\0')
    select_topic (self);
}

static void
on_row_activated (PdHelpWindow  *self,
                  GtkListBoxRow *row)
{
  pd_help_window_open (self, g_object_get_data (G_OBJECT (row), "where"));
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
}

static void
on_back (PdHelpWindow *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "topics");
}

static void
on_search_activated (PdHelpWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL)
    on_row_activated (self, row);
}

static void
start_search (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PdHelpWindow *self = PD_HELP_WINDOW (widget);

  on_back (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
pd_help_window_finalize (GObject *object)
{
  g_hash_table_unref (PD_HELP_WINDOW (object)->headings);
  G_OBJECT_CLASS (pd_help_window_parent_class)->finalize (object);
}

static void
pd_help_window_class_init (PdHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pd_help_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-help-window.ui");
  gtk_widget_class_install_action (widget_class, "help.search", NULL, start_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_bind_template_child (widget_class, PdHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PdHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, PdHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PdHelpWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PdHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, PdHelpWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, fill_list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}

static void
pd_help_window_init (PdHelpWindow *self)
{
  GtkWidget *nothing;

  self->headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  nothing = gtk_label_new (_("Nothing Found"));
  gtk_widget_set_margin_top (nothing, 24);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_list_box_set_placeholder (self->list, nothing);
  fill_list (self);
}

/**
 * pd_help_window_show:
 * @application: the application
 * @where: a topic's id, or "topic/section"
 *
 * Shows the help, in the window that has it already where there is one.
 *
 * Returns: (transfer none): the window
 */
PdHelpWindow *
pd_help_window_show (GtkApplication *application,
                     const char     *where)
{
  PdHelpWindow *self = NULL;
  GtkWindow *beside = NULL;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next) {
    if (PD_IS_HELP_WINDOW (l->data))
      self = l->data;
    else if (beside == NULL)
      beside = l->data;
  }
  if (self == NULL) {
    self = g_object_new (PD_TYPE_HELP_WINDOW, "application", application, NULL);
    /* Where that one had to be small, so must this one. */
    pd_fit_size (GTK_WINDOW (self), beside, DEFAULT_WIDTH, DEFAULT_HEIGHT);
  }
  gtk_window_present (GTK_WINDOW (self));
  pd_help_window_open (self, where);
  return self;
}

/**
 * pd_help_window_open:
 * @self: the help
 * @where: a topic's id, or "topic/section"
 *
 * Returns: whether there is such a topic, and such a section where one is named
 */
gboolean
pd_help_window_open (PdHelpWindow *self,
                     const char   *where)
{
  g_auto (GStrv) parts = g_strsplit (where, "/", 2);
  const PdHelpTopic *topic = pd_help_lookup (parts[0]);
  GtkWidget *heading;

  if (topic == NULL)
    return FALSE;
  show_topic (self, topic);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    select_topic (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
  if (parts[1] == NULL) {
    GtkWidget *first = gtk_widget_get_first_child (adw_bin_get_child (self->page));

    if (first != NULL)
      gtk_widget_grab_focus (first);
    return TRUE;
  }
  heading = g_hash_table_lookup (self->headings, parts[1]);
  return heading != NULL && gtk_widget_grab_focus (heading);
}

void
pd_help_window_search (PdHelpWindow *self,
                       const char   *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  fill_list (self);
}

const char *
pd_help_window_get_topic (PdHelpWindow *self)
{
  return self->topic != NULL ? self->topic->id : NULL;
}
