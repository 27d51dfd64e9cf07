/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-signature-block.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * PdSignatureBlock:
 *
 * One text byte for byte, in letters of one width, to be copied; the place where it parts from another is marked.
 */
struct _PdSignatureBlock
{
  AdwBin  parent_instance;
  char   *text;
};

G_DEFINE_FINAL_TYPE (PdSignatureBlock, pd_signature_block, ADW_TYPE_BIN)

static void
copy (PdSignatureBlock *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Copied"));
}

static void
add_colour (PangoAttrList  *attributes,
            GtkWidget      *widget,
            const char     *name,
            PangoAttribute *(* make) (guint16, guint16, guint16),
            guint           start,
            guint           end)
{
  GdkRGBA colour;
  PangoAttribute *attribute;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour))
    return;
  attribute = make ((guint16) (colour.red * G_MAXUINT16), (guint16) (colour.green * G_MAXUINT16), (guint16) (colour.blue * G_MAXUINT16));
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

/* By colour and by weight and line below, for whoever does not see the colour; beside it stands in words what differs. */
static void
add_mark (PangoAttrList *attributes,
          GtkLabel      *label,
          guint          start,
          guint          end)
{
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

  bold->start_index = underline->start_index = start;
  bold->end_index = underline->end_index = end;
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, underline);
  add_colour (attributes, GTK_WIDGET (label), "error_bg_color", pango_attr_background_new, start, end);
  add_colour (attributes, GTK_WIDGET (label), "error_fg_color", pango_attr_foreground_new, start, end);
}

static void
pd_signature_block_finalize (GObject *object)
{
  g_free (PD_SIGNATURE_BLOCK (object)->text);
  G_OBJECT_CLASS (pd_signature_block_parent_class)->finalize (object);
}

static void
pd_signature_block_class_init (PdSignatureBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_signature_block_finalize;
}

static void
pd_signature_block_init (PdSignatureBlock *self)
{
}

/**
 * pd_signature_block_new:
 * @title: what it is
 * @text: UTF-8
 * @mark: the byte to mark, or -1
 *
 * A line end or the text's end is marked by an arrow, which is not copied.
 *
 * Returns: (transfer floating): the block
 */
GtkWidget *
pd_signature_block_new (const char *title,
                        const char *text,
                        gssize      mark)
{
  PdSignatureBlock *self = g_object_new (PD_TYPE_SIGNATURE_BLOCK, NULL);
  gboolean is_at_end = mark >= 0 && (text[mark] == '\0' || text[mark] == '\n');
  g_autofree char *head = mark >= 0 ? g_strndup (text, (gsize) mark) : g_strdup (text);
  g_autofree char *shown = g_strconcat (head, is_at_end ? "↵" : "", text + strlen (head), NULL);
  g_autofree char *name = g_strdup_printf (_("Copy %s"), title);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", title, "xalign", 0.0,
                                     "hexpand", TRUE, "wrap", TRUE, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *label = gtk_label_new (shown);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  self->text = g_strdup (text);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_tooltip_text (button, _("Copy"));
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), heading);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (box), row);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "pd-details");
  /* A hyphen at the end of a line would be read as one of the text's bytes. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (mark >= 0)
    add_mark (attributes, GTK_LABEL (label), (guint) mark, (guint) (g_utf8_next_char (shown + mark) - shown));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_box_append (GTK_BOX (box), label);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

/* What is shown, byte for byte. */
const char *
pd_signature_block_get_text (PdSignatureBlock *self)
{
  return self->text;
}
