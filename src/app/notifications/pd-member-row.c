/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-member-row.h"

#include "pd-wrap.h"

/**
 * PdMemberRow:
 *
 * One member of a notification: its path, its value, and what both mean.
 */
struct _PdMemberRow
{
  GtkListBoxRow parent_instance;
};

G_DEFINE_FINAL_TYPE (PdMemberRow, pd_member_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text)
{
  GtkWidget *label = pd_wrap_label_new (text, NULL);

  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
pd_member_row_class_init (PdMemberRowClass *klass)
{
}

static void
pd_member_row_init (PdMemberRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * pd_member_row_new:
 * @member: a member, not needed any more afterwards
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pd_member_row_new (const PdNotificationMember *member)
{
  PdMemberRow *self = g_object_new (PD_TYPE_MEMBER_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_auto (GStrv) steps = g_strsplit (member->name, "/", -1);
  g_autofree char *path = g_strjoinv (" › ", steps);
  g_autofree char *about = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label;

  about = member->meaning != NULL ? g_strdup_printf ("%s — %s", path, member->meaning) : g_strdup (path);
  label = add_label (box, about);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  label = add_label (box, *member->value != '\0' ? member->value : "–");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  /* A hyphen at the end of a line would look like one of the value. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  if (member->value_meaning != NULL)
    add_label (box, member->value_meaning);
  gtk_widget_add_css_class (box, "pd-member");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, path, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}
