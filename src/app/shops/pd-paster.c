/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-paster.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-confirm.h"
#include "pd-csv.h"
#include "pd-export.h"
#include "pd-file-read.h"
#include "pd-logo-facts.h"
#include "pd-logo-taker.h"
#include "pd-paste.h"
#include "pd-window.h"

/* What is pasted, dropped or opened goes where it belongs, and it is said what went where and what did not. */

/* Keys are some kilobytes; what is larger can only be shops, and is not looked through on the main loop. */
#define MAX_KEYS_BYTES (1024 * 1024)

/* One paste under way. A GObject, so that the question about the left-over values can keep it. */
#define PD_TYPE_PASTING (pd_pasting_get_type ())
G_DECLARE_FINAL_TYPE (PdPasting, pd_pasting, PD, PASTING, GObject)

struct _PdPasting
{
  GObject     parent_instance;
  GtkWidget  *widget;
  PdShop     *shop;
  PdPaste    *paste;
  GString    *filled;
  GString    *refused;
  GHashTable *troubles; /* what kept values from being stored → their names */
  guint       n_filled;
  guint       n_waiting;
  gboolean    all;
  char       *focus;
  void     (* put_the_rest) (gpointer self);
};

G_DEFINE_FINAL_TYPE (PdPasting, pd_pasting, G_TYPE_OBJECT)

typedef struct
{
  PdPasting     *pasting;
  const PdField *field;
} Putting;

static void
append (GString       *list,
        const PdField *field)
{
  if (list->len > 0)
    g_string_append (list, _(", "));
  g_string_append (list, pd_field_get_label (field));
}

static void
say (PdPasting  *self,
     const char *text)
{
  gtk_widget_activate_action (self->widget, "win.say", "s", text);
}

/* (transfer full): each reason once, with all that it kept from being stored. */
static char *
describe_troubles (PdPasting *self)
{
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer message, names;

  g_hash_table_iter_init (&iter, self->troubles);
  while (g_hash_table_iter_next (&iter, &message, &names))
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", ((GString *) names)->str, (const char *) message);
  return g_string_free (text, FALSE);
}

static void
note_trouble (PdPasting     *self,
              const PdField *field,
              const char    *message)
{
  GString *names = g_hash_table_lookup (self->troubles, message);

  if (names == NULL) {
    names = g_string_new (NULL);
    g_hash_table_insert (self->troubles, g_strdup (message), names);
  }
  append (names, field);
}

static void
free_names (gpointer names)
{
  g_string_free (names, TRUE);
}

static void
report (PdPasting *self)
{
  g_autofree char *text = NULL;

  if (self->n_filled > 0) {
    text = g_strdup_printf (ngettext ("%'u value filled in: %s", "%'u values filled in: %s", self->n_filled), self->n_filled,
                            self->filled->str);
    say (self, text);
  }
  if (g_hash_table_size (self->troubles) > 0) {
    g_autofree char *troubles = describe_troubles (self);

    pd_confirm_show (self->widget, _("Not Everything Was Stored"), troubles);
  }
  if (self->paste->note != NULL && !self->all)
    say (self, self->paste->note);
  if (self->refused->len > 0 && !self->all) {
    g_autofree char *body =
      g_strdup_printf (_("This shop’s version of Amazon Pay does not use: %s."), self->refused->str);

    pd_confirm_ask (self->widget, _("Values Left Out"), body, _("_Store All the Same"), FALSE, self->put_the_rest, self);
  }
  if (self->focus != NULL)
    gtk_widget_activate_action (self->widget, "shop.go-to-field", "s", self->focus);
  g_clear_pointer (&self->focus, g_free);
}

static void
on_put (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Putting *putting = user_data;
  g_autoptr (PdPasting) self = putting->pasting;
  g_autoptr (GError) error = NULL;

  if (pd_shop_put_finish (PD_SHOP (source), result, &error)) {
    append (self->filled, putting->field);
    self->n_filled++;
  } else {
    note_trouble (self, putting->field, error->message);
  }
  g_free (putting);
  if (--self->n_waiting == 0)
    report (self);
}

static void
put (PdPasting *self,
     gboolean   applying)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);

  self->n_waiting = 1;
  pd_profile_begin_step (profile);
  for (guint i = 0; i < self->paste->values->len; i++) {
    const PdPasteValue *value = g_ptr_array_index (self->paste->values, i);
    Putting *putting;

    if (value->applies != applying) {
      if (!value->applies)
        append (self->refused, value->field);
      continue;
    }
    putting = g_new0 (Putting, 1);
    putting->pasting = g_object_ref (self);
    putting->field = value->field;
    if (self->focus == NULL && value->applies)
      self->focus = g_strdup (value->field->id);
    self->n_waiting++;
    pd_shop_put_async (self->shop, value->field, value->value, NULL, on_put, putting);
  }
  pd_profile_end_step (profile);
  if (--self->n_waiting == 0)
    report (self);
}

static void
put_the_rest (gpointer user_data)
{
  PdPasting *self = user_data;

  g_string_truncate (self->filled, 0);
  g_string_truncate (self->refused, 0);
  g_hash_table_remove_all (self->troubles);
  self->n_filled = 0;
  self->all = TRUE;
  put (self, FALSE);
}

static void
pd_pasting_finalize (GObject *object)
{
  PdPasting *self = PD_PASTING (object);

  g_clear_object (&self->widget);
  g_clear_object (&self->shop);
  g_clear_pointer (&self->paste, pd_paste_free);
  g_string_free (self->filled, TRUE);
  g_string_free (self->refused, TRUE);
  g_hash_table_unref (self->troubles);
  g_free (self->focus);
  G_OBJECT_CLASS (pd_pasting_parent_class)->finalize (object);
}

static void
pd_pasting_class_init (PdPastingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_pasting_finalize;
}

static void
pd_pasting_init (PdPasting *self)
{
  self->filled = g_string_new (NULL);
  self->refused = g_string_new (NULL);
  self->troubles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_names);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = pd_import_profiles_finish (PD_STORE (source), result, &error);
  g_autofree char *said = profiles == NULL ? g_strdup (error->message)
                          : g_strdup_printf (ngettext ("%'u shop imported", "%'u shops imported", profiles->len), profiles->len);

  gtk_widget_activate_action (widget, "win.say", "s", said);
}

static void
import_shops (GtkWidget  *widget,
              PdShop     *shop,
              const char *text,
              gsize       length)
{
  g_autoptr (GBytes) document = g_bytes_new (text, length);

  pd_import_profiles_async (pd_desk_get_store (pd_shop_get_desk (shop)), document, on_imported, g_object_ref (widget));
}

/**
 * pd_paster_take_text:
 * @widget: a widget of the shop's page
 * @shop: the open shop
 * @text: what was pasted; wiped by whoever has it
 * @length: its length in bytes
 * @file_name: (nullable): the file's name where it came from one
 *
 * Recognises what @text holds and fills it in.
 */
void
pd_paster_take_text (GtkWidget  *widget,
                     PdShop     *shop,
                     const char *text,
                     gsize       length,
                     const char *file_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdPasting) self = NULL;
  PdPaste *paste;

  if (length > MAX_KEYS_BYTES) {
    import_shops (widget, shop, text, length);
    return;
  }
  paste = pd_paste_new (pd_shop_get_profile (shop), text, length, file_name, &error);
  if (paste == NULL) {
    gtk_widget_activate_action (widget, "win.say", "s", error->message);
    return;
  }
  if (paste->kind == PD_PASTE_PROFILES) {
    pd_paste_free (paste);
    import_shops (widget, shop, text, length);
    return;
  }

  self = g_object_new (PD_TYPE_PASTING, NULL);
  self->widget = g_object_ref (widget);
  self->shop = g_object_ref (shop);
  self->paste = paste;
  self->put_the_rest = put_the_rest;
  put (self, TRUE);
}

typedef struct
{
  GtkWidget *widget;
  PdShop    *shop;
} Reading;

static Reading *
reading_new (GtkWidget *widget,
             PdShop    *shop)
{
  Reading *self = g_new0 (Reading, 1);

  self->widget = g_object_ref (widget);
  self->shop = g_object_ref (shop);
  return self;
}

static void
reading_free (Reading *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->shop);
  g_free (self);
}

static void
on_clipboard_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (text == NULL || *text == '\0')
    gtk_widget_activate_action (reading->widget, "win.say", "s", _("There is no text on the clipboard"));
  else
    pd_paster_take_text (reading->widget, reading->shop, text, strlen (text), NULL);
  if (text != NULL)
    pd_secret_wipe (text, strlen (text));
  g_free (text);
  reading_free (reading);
}

/* Shift+Ctrl+V. */
void
pd_paster_take_clipboard (GtkWidget *widget,
                          PdShop    *shop)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_clipboard_read, reading_new (widget, shop));
}

static gboolean
is_picture (GBytes *content)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  PdLogoFacts facts;

  pd_logo_facts_read (data, MIN (length, 1024), &facts);
  return facts.type != PD_LOGO_UNKNOWN;
}

static void
on_file_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autoptr (GBytes) content = pd_file_read_finish (G_FILE (source), result, &error);

  if (content == NULL) {
    gtk_widget_activate_action (reading->widget, "win.say", "s", error->message);
  } else if (is_picture (content)) {
    pd_logo_taker_take_bytes (reading->widget, reading->shop, pd_catalogue_lookup ("logo"), content);
    gtk_widget_activate_action (reading->widget, "shop.go-to-field", "s", "logo");
  } else {
    gsize length;
    const char *text = g_bytes_get_data (content, &length);

    pd_paster_take_text (reading->widget, reading->shop, text, length, name);
  }
  reading_free (reading);
}

/* A file that was dropped or opened: keys, a private key, or shops, which a table can only be told for by its name. */
void
pd_paster_take_file (GtkWidget *widget,
                     PdShop    *shop,
                     GFile     *file)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *name = g_file_get_basename (file);

  if (PD_IS_WINDOW (root) && pd_csv_is_name (name))
    pd_window_import_file (PD_WINDOW (root), file);
  else
    pd_file_read_async (file, PD_EXPORT_MAX_BYTES, FALSE, NULL, on_file_read, reading_new (widget, shop));
}
