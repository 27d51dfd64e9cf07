/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-compare-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-url-pairs.h"
#include "pd-wrap.h"

/**
 * PdCompareRow:
 *
 * Below what was pasted from Seller Central: how it compares with what the shop gives. Each difference in a sentence, and both
 * addresses with the very characters marked. It follows either side as that changes, and is not there while nothing was pasted.
 */
struct _PdCompareRow
{
  GtkListBoxRow  parent_instance;
  PdShop        *shop;
  const PdField *field; /* the shop's own */
  const PdField *seen;
  GtkBox        *box;
  char          *shown; /* what the row says, to leave it alone while that is the same */
  GPtrArray     *pairs; /* (nullable): what the parts are about */
  GPtrArray     *parts; /* what stands below each other, or is about to */
  guint          fill_tick;
  guint          refresh_source;
  gboolean       comparing;
};

/* What is compared, for another thread. */
typedef struct
{
  const PdField *field;
  GStrv          shop;
  GStrv          seen;
  gboolean       has_two_sites;
} Sides;

/* A sentence, and where it is about a pair, both addresses. */
typedef struct
{
  char            *said;
  const char      *icon;
  const char      *style;
  const PdUrlPair *pair; /* (nullable) */
} Part;

/* Of hundreds nobody reads more at once. */
#define MAX_SHOWN 10
/* Each has addresses that are broken anywhere, which GTK measures for many widths: more come with the next frame. */
#define PARTS_A_FRAME 2
#define REFRESH_DELAY_MS 200

static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [PD_URL_PAIR_EQUAL] = { "emblem-ok-symbolic", "success" },
  [PD_URL_PAIR_DIFFERENT] = { "dialog-error-symbolic", "error" },
  [PD_URL_PAIR_MISSING] = { "dialog-error-symbolic", "error" },
  [PD_URL_PAIR_EXTRA] = { "dialog-warning-symbolic", "warning" },
};

static void
sides_free (Sides *sides)
{
  g_strfreev (sides->shop);
  g_strfreev (sides->seen);
  g_free (sides);
}

static void
part_free (Part *part)
{
  g_free (part->said);
  g_free (part);
}

G_DEFINE_FINAL_TYPE (PdCompareRow, pd_compare_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe (const PdUrlPair *pair)
{
  switch (pair->kind) {
  case PD_URL_PAIR_DIFFERENT:
    return pair->is_harmless
         ? g_strdup_printf (_("%s Browsers never send it, so that it does no harm."), pair->compare->message)
         : g_strdup (pair->compare->message);
  case PD_URL_PAIR_MISSING:
    return g_strdup (pair->is_of_second_site
                     ? _("Missing in Seller Central, which has none of its site. While Commerce Creator is enabled, both sites’ are needed.")
                     : _("Missing in Seller Central."));
  case PD_URL_PAIR_EXTRA:
    return g_strdup (_("In Seller Central only; the shop does not give it."));
  case PD_URL_PAIR_EQUAL:
  default:
    return g_strdup (_("The same, letter by letter."));
  }
}

/* From characters to bytes, as Pango counts. */
static void
add_attribute (PangoAttrList  *attributes,
               PangoAttribute *attribute,
               const char     *text,
               PdUrlRange      range)
{
  attribute->start_index = (guint) (g_utf8_offset_to_pointer (text, range.start) - text);
  attribute->end_index = (guint) (g_utf8_offset_to_pointer (text, range.end) - text);
  pango_attr_list_insert (attributes, attribute);
}

/* A ground, bold and underlined: not by colour alone. */
static PangoAttrList *
mark_ranges (GtkWidget  *widget,
             const char *text,
             GArray     *ranges)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "warning_bg_color", &colour))
    gdk_rgba_parse (&colour, "orange");
  for (guint i = 0; i < ranges->len; i++) {
    PdUrlRange range = g_array_index (ranges, PdUrlRange, i);

    add_attribute (attributes, pango_attr_background_new ((guint16) (colour.red * G_MAXUINT16), (guint16) (colour.green * G_MAXUINT16),
                                                          (guint16) (colour.blue * G_MAXUINT16)), text, range);
    add_attribute (attributes, pango_attr_background_alpha_new (G_MAXUINT16 / 2), text, range);
    add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), text, range);
    add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), text, range);
  }
  /* An address has no words. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  return attributes;
}

/* The same for those who do not see the marks. */
static char *
describe_ranges (const char *text,
                 GArray     *ranges)
{
  GString *said = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++) {
    PdUrlRange range = g_array_index (ranges, PdUrlRange, i);
    g_autofree char *part = g_utf8_substring (text, range.start, range.end);
    g_autofree char *one = range.end == range.start + 1
                         ? g_strdup_printf (_("Marked: “%s”, character %u."), part, range.end)
                         : g_strdup_printf (_("Marked: “%s”, characters %u to %u."), part, range.start + 1, range.end);

    g_string_append_printf (said, "%s%s", i > 0 ? " " : "", one);
  }
  return g_string_free (said, FALSE);
}

static void
add_side (GtkBox     *block,
          const char *side,
          const char *text,
          GArray     *ranges)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *heading = gtk_label_new (side);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *name = g_strdup_printf (_("%s: %s"), side, text);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  /* Else its least width is a letter, and GTK breaks the address into as many lines to measure it. */
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_widget_add_css_class (label, "monospace");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "pd-side");
  gtk_box_append (block, box);
  if (ranges != NULL) {
    g_autoptr (PangoAttrList) attributes = mark_ranges (GTK_WIDGET (block), text, ranges);
    g_autofree char *said = describe_ranges (text, ranges);

    gtk_label_set_attributes (GTK_LABEL (label), attributes);
    gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  }
}

static void
on_copy (GtkButton  *button,
         const char *address)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), address);
  gtk_widget_activate_action (GTK_WIDGET (button), "win.say", "s", _("Value copied"));
}

static void
on_enter_here (GtkButton  *button,
               const char *address)
{
  PdCompareRow *self = PD_COMPARE_ROW (gtk_widget_get_ancestor (GTK_WIDGET (button), PD_TYPE_COMPARE_ROW));
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  if (self->field->kind == PD_FIELD_LIST)
    g_strv_builder_addv (builder, (const char **) pd_profile_get_list (profile, self->field->id));
  g_strv_builder_add (builder, address);
  values = g_strv_builder_end (builder);
  pd_profile_begin_step (profile);
  pd_profile_set_list (profile, self->field->id, (const char *const *) values, NULL);
  pd_profile_end_step (profile);
}

static void
add_button (GtkWidget  *sentence,
            const char *label,
            GCallback   clicked,
            const char *address)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, address);

  pd_wrap_button (button);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "pd-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (button, "clicked", clicked, g_strdup (address), (GClosureNotify) (void *) g_free, 0);
  gtk_box_append (GTK_BOX (sentence), button);
}

static GtkWidget *
make_sentence (const char *icon_name,
               const char *style,
               const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *label = pd_wrap_label_new (text, "caption");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_str_equal (style, "success") ? _("Note") : g_str_equal (style, "warning") ? _("Warning") : _("Problem"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, style);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_part (const Part *part)
{
  const PdUrlPair *pair = part->pair;
  g_autofree char *text = NULL;
  GtkWidget *block, *sentence;

  if (pair == NULL)
    return make_sentence (part->icon, part->style, part->said);
  text = describe (pair);
  block = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  sentence = make_sentence (part->icon, part->style, text);
  gtk_box_append (GTK_BOX (block), sentence);
  if (pair->shop != NULL)
    add_side (GTK_BOX (block), _("The Shop Gives"), pair->shop, pair->compare != NULL ? pair->compare->shop : NULL);
  if (pair->seen != NULL)
    add_side (GTK_BOX (block), _("Seller Central Shows"), pair->seen, pair->compare != NULL ? pair->compare->seen : NULL);
  if (pair->shop != NULL)
    add_button (sentence, _("Copy the Shop’s"), G_CALLBACK (on_copy), pair->shop);
  else
    add_button (sentence, _("Enter Here, Too"), G_CALLBACK (on_enter_here), pair->seen);
  return block;
}

static char *
count (GPtrArray *pairs,
       gboolean  *all_equal)
{
  guint n[PD_URL_PAIR_EXTRA + 1] = { 0 };

  for (guint i = 0; i < pairs->len; i++)
    n[((PdUrlPair *) pairs->pdata[i])->kind]++;
  *all_equal = n[PD_URL_PAIR_EQUAL] == pairs->len;
  if (*all_equal)
    return g_strdup_printf (ngettext ("Both sides are the same, letter by letter.", "All %'u are the same on both sides, letter by letter.",
                                      pairs->len), pairs->len);
  if (pairs->len == 1)
    return NULL;
  return g_strdup_printf (_("The same: %'u. Different: %'u. Missing there: %'u. Only there: %'u."), n[PD_URL_PAIR_EQUAL],
                          n[PD_URL_PAIR_DIFFERENT], n[PD_URL_PAIR_MISSING], n[PD_URL_PAIR_EXTRA]);
}

static char *
say_pair (const PdUrlPair *pair)
{
  g_autofree char *said = describe (pair);

  return g_strdup_printf ("%s\t%s\t%s", said, pair->shop != NULL ? pair->shop : "", pair->seen != NULL ? pair->seen : "");
}

/* Everything that is said, one a line. */
static char *
make_text (GPtrArray  *pairs,
           const char *summary)
{
  GString *text = g_string_new (summary);

  for (guint i = 0; i < pairs->len; i++) {
    const PdUrlPair *pair = g_ptr_array_index (pairs, i);
    g_autofree char *said = pair->kind != PD_URL_PAIR_EQUAL ? say_pair (pair) : NULL;

    if (said != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", said);
  }
  return g_string_free (text, FALSE);
}

static void
add_part (PdCompareRow    *self,
          char            *said,
          const char      *icon,
          const char      *style,
          const PdUrlPair *pair)
{
  Part *part = g_new0 (Part, 1);

  part->said = said;
  part->icon = icon;
  part->style = style;
  part->pair = pair;
  g_ptr_array_add (self->parts, part);
}

static void
list_parts (PdCompareRow *self,
            const char   *summary,
            gboolean      all_equal)
{
  guint n_shown = 0;

  if (summary != NULL)
    add_part (self, g_strdup (summary), all_equal ? "emblem-ok-symbolic" : "dialog-information-symbolic",
              all_equal ? "success" : "dim-label", NULL);
  for (guint i = 0; i < self->pairs->len; i++) {
    const PdUrlPair *pair = g_ptr_array_index (self->pairs, i);

    if (pair->kind == PD_URL_PAIR_EQUAL)
      continue;
    if (n_shown++ == MAX_SHOWN) {
      add_part (self, g_strdup (_("And more: correct these first.")), "dialog-information-symbolic", "dim-label", NULL);
      return;
    }
    add_part (self, say_pair (pair), pair->is_harmless ? "dialog-warning-symbolic" : looks[pair->kind].icon,
              pair->is_harmless ? "warning" : looks[pair->kind].style, pair);
  }
}

static GtkWidget *
get_next (PdCompareRow *self,
          GtkWidget    *previous)
{
  return previous != NULL ? gtk_widget_get_next_sibling (previous) : gtk_widget_get_first_child (GTK_WIDGET (self->box));
}

static gboolean
says (GtkWidget  *widget,
      const Part *part)
{
  return g_str_equal (g_object_get_data (G_OBJECT (widget), "said"), part->said);
}

static gboolean
is_wanted (PdCompareRow *self,
           GtkWidget    *widget,
           guint         from)
{
  for (guint i = from; i < self->parts->len; i++) {
    if (says (widget, g_ptr_array_index (self->parts, i)))
      return TRUE;
  }
  return FALSE;
}

/* Makes the next few parts that are not there yet, in the places of what is said no more. What is still said stays, and with it the
 * focus. Returns whether all are there. */
static gboolean
fill (PdCompareRow *self)
{
  GtkWidget *previous = NULL, *next;
  guint n_made = 0;

  for (guint i = 0; i < self->parts->len; i++) {
    const Part *part = g_ptr_array_index (self->parts, i);
    GtkWidget *widget = get_next (self, previous);

    while (widget != NULL && !says (widget, part))
      widget = gtk_widget_get_next_sibling (widget);
    if (widget == NULL) {
      if (n_made++ == PARTS_A_FRAME)
        return FALSE;
      next = get_next (self, previous);
      if (next != NULL && !is_wanted (self, next, i))
        gtk_box_remove (self->box, next);
      widget = make_part (part);
      g_object_set_data_full (G_OBJECT (widget), "said", g_strdup (part->said), g_free);
      gtk_box_insert_child_after (self->box, widget, previous);
    } else if (gtk_widget_get_prev_sibling (widget) != previous) {
      gtk_box_reorder_child_after (self->box, widget, previous);
    }
    previous = widget;
  }
  while ((next = get_next (self, previous)) != NULL)
    gtk_box_remove (self->box, next);
  return TRUE;
}

static gboolean
on_fill_tick (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  PdCompareRow *self = PD_COMPARE_ROW (widget);

  if (!fill (self))
    return G_SOURCE_CONTINUE;
  self->fill_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
show_pairs (PdCompareRow *self,
            GPtrArray    *pairs)
{
  gboolean all_equal = FALSE;
  g_autofree char *summary = pairs != NULL ? count (pairs, &all_equal) : NULL;
  g_autofree char *text = pairs != NULL ? make_text (pairs, summary) : g_strdup ("");

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_ptr_array_set_size (self->parts, 0);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  if (*text != '\0') {
    self->pairs = g_ptr_array_ref (pairs);
    list_parts (self, summary, all_equal);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
  if (!fill (self) && self->fill_tick == 0)
    self->fill_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_fill_tick, NULL, NULL);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
}

static void
on_compared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  PdCompareRow *self = PD_COMPARE_ROW (source);
  g_autoptr (GPtrArray) pairs = g_task_propagate_pointer (G_TASK (result), NULL);

  self->comparing = FALSE;
  if (self->shop != NULL)
    show_pairs (self, pairs);
}

static void
compare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const Sides *sides = data;

  g_task_return_pointer (task, pd_url_pairs_compare (sides->field, (const char *const *) sides->shop, (const char *const *) sides->seen,
                                                     sides->has_two_sites), (GDestroyNotify) g_ptr_array_unref);
}

static void
refresh (PdCompareRow *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  const char *const *seen = pd_profile_get_list (profile, self->seen->id);
  g_autoptr (GTask) task = NULL;
  Sides *sides;

  if (seen[0] == NULL) {
    show_pairs (self, NULL);
    return;
  }
  self->comparing = TRUE;
  task = g_task_new (self, NULL, on_compared, NULL);
  sides = g_new0 (Sides, 1);
  sides->field = self->field;
  sides->shop = g_strdupv ((char **) pd_profile_get_list (profile, self->field->id));
  sides->seen = g_strdupv ((char **) seen);
  sides->has_two_sites = pd_profile_get_mode (profile) == PD_MODE_ENABLED;
  g_task_set_task_data (task, sides, (GDestroyNotify) sides_free);
  g_task_run_in_thread (task, compare_in_thread);
}

static gboolean
refresh_now (gpointer user_data)
{
  PdCompareRow *self = user_data;

  if (self->comparing)
    return G_SOURCE_CONTINUE;
  self->refresh_source = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (PdCompareRow *self,
            const char   *field_id)
{
  if (self->refresh_source == 0 &&
      (g_str_equal (field_id, self->field->id) || g_str_equal (field_id, self->seen->id) || g_str_equal (field_id, "mode")))
    self->refresh_source = g_timeout_add (REFRESH_DELAY_MS, refresh_now, self);
}

static void
pd_compare_row_dispose (GObject *object)
{
  PdCompareRow *self = PD_COMPARE_ROW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->fill_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_tick);
  self->fill_tick = 0;
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_compare_row_parent_class)->dispose (object);
}

static void
pd_compare_row_finalize (GObject *object)
{
  PdCompareRow *self = PD_COMPARE_ROW (object);

  g_free (self->shown);
  g_ptr_array_unref (self->parts);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  G_OBJECT_CLASS (pd_compare_row_parent_class)->finalize (object);
}

static void
pd_compare_row_class_init (PdCompareRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_compare_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = pd_compare_row_finalize;
}

static void
pd_compare_row_init (PdCompareRow *self)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->box));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pd-compare");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Comparison"), -1);
}

/**
 * pd_compare_row_new:
 * @shop: an open shop
 * @seen: a field of what Seller Central shows
 *
 * Returns: (transfer floating): the row that belongs below it
 */
GtkWidget *
pd_compare_row_new (PdShop        *shop,
                    const PdField *seen)
{
  PdCompareRow *self = g_object_new (PD_TYPE_COMPARE_ROW, NULL);

  self->shop = g_object_ref (shop);
  self->seen = seen;
  self->field = pd_catalogue_lookup (seen->seen_of);
  refresh (self);
  g_signal_connect_object (pd_shop_get_profile (shop), "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* (transfer full): what is said, one a line, each with the shop's address and the one seen behind tabs; "" for nothing. */
char *
pd_compare_row_dup_text (PdCompareRow *self)
{
  return g_strdup (self->shown != NULL ? self->shown : "");
}
