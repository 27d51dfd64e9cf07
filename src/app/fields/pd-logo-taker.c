/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-logo-taker.h"

#include <glib/gi18n.h>

#include "pd-error.h"
#include "pd-file-read.h"
#include "pd-logo-picture.h"

/* How a picture becomes the value of a field: from a file, the clipboard or a drop, or made to fit of the one that is there. Its bytes
 * are kept as they came; what opens them is another process. */

#define MAX_BYTES (10 * 1024 * 1024)

#define TOO_LARGE  N_("Amazon takes pictures up to 10 MB")
#define NO_PICTURE N_("This is not a PNG, JPEG or GIF picture; nothing was changed.")

static const char *const mime_types[] = { "image/png", "image/jpeg", "image/gif", NULL };

/* One picture on its way. */
typedef struct
{
  GtkWidget     *widget;
  PdShop        *shop;
  const PdField *field;
  GdkDrop       *drop;
  GInputStream  *stream;
  guint8        *buffer;
  char          *original; /* of what is made to fit */
} Taking;

static Taking *
taking_new (GtkWidget     *widget,
            PdShop        *shop,
            const PdField *field)
{
  Taking *self = g_new0 (Taking, 1);

  self->widget = g_object_ref (widget);
  self->shop = g_object_ref (shop);
  self->field = field;
  return self;
}

static void
taking_free (Taking *self)
{
  if (self->drop != NULL)
    gdk_drop_finish (self->drop, GDK_ACTION_COPY);
  g_clear_object (&self->drop);
  g_clear_object (&self->stream);
  g_object_unref (self->widget);
  g_object_unref (self->shop);
  g_free (self->buffer);
  g_free (self->original);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static void
say (const Taking *self,
     const char   *text)
{
  if (gtk_widget_get_root (self->widget) != NULL)
    gtk_widget_activate_action (self->widget, "win.say", "s", text);
}

static PdStore *
get_store (const Taking *self)
{
  return pd_desk_get_store (pd_shop_get_desk (self->shop));
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Taking) self = user_data;
  g_autoptr (GError) error = NULL;
  PdProfile *profile = pd_shop_get_profile (self->shop);
  g_autofree char *name = pd_store_keep_file_finish (PD_STORE (source), result, &error);
  gboolean done;

  if (name == NULL) {
    say (self, error->message);
    return;
  }
  /* While it was made to fit, another one was chosen. */
  if (self->original != NULL && !g_str_equal (self->original, pd_profile_get_text (profile, self->field->id)))
    return;
  pd_profile_begin_step (profile);
  done = pd_profile_set_text (profile, self->field->id, name, &error);
  pd_profile_end_step (profile);
  if (!done)
    say (self, error->message);
  else if (self->original != NULL)
    say (self, _("Made to fit: 300 × 100 pixels"));
}

/* Takes @self. */
static void
keep (Taking *self,
      GBytes *content)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *stem = self->original != NULL ? pd_store_make_fitted_stem (self->original) : g_strdup (self->field->id);
  PdLogoFacts facts;

  if (length > MAX_BYTES) {
    say (self, _(TOO_LARGE));
    taking_free (self);
    return;
  }
  /* The first bytes tell the kind. */
  pd_logo_facts_read (data, MIN (length, 64 * 1024), &facts);
  if (facts.type == PD_LOGO_UNKNOWN) {
    say (self, _(NO_PICTURE));
    taking_free (self);
    return;
  }
  pd_store_keep_file_async (get_store (self), profile, stem, pd_logo_type_get_suffix (facts.type), content, NULL, on_kept, self);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Taking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error)) {
    say (self, error->message);
    return;
  }
  content = g_bytes_new_take (g_realloc (g_steal_pointer (&self->buffer), MAX (length, 1)), length);
  keep (g_steal_pointer (&self), content);
}

/* One byte more than may be, so that more is noticed. Takes both. */
static void
read_stream (Taking       *self,
             GInputStream *stream,
             GError       *error)
{
  if (stream == NULL) {
    say (self, error->message);
    taking_free (self);
    return;
  }
  self->stream = stream;
  self->buffer = g_malloc (MAX_BYTES + 1);
  g_input_stream_read_all_async (stream, self->buffer, MAX_BYTES + 1, G_PRIORITY_DEFAULT, NULL, on_read, self);
}

/* What is to be said instead of what reading a file of any kind says. */
static const struct { int code; const char *text; } troubles[] = {
  { PD_ERROR_TOO_LARGE, TOO_LARGE },
  { PD_ERROR_BAD_INPUT, NO_PICTURE },
};

static void
on_file_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Taking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = pd_file_read_finish (G_FILE (source), result, &error);

  if (content != NULL) {
    keep (g_steal_pointer (&self), content);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    if (g_error_matches (error, PD_ERROR, troubles[i].code)) {
      say (self, _(troubles[i].text));
      return;
    }
  }
  say (self, error->message);
}

/* Takes @self. */
static void
take_file (Taking *self,
           GFile  *file)
{
  pd_file_read_async (file, MAX_BYTES, FALSE, NULL, on_file_read, self);
}

static void
take_files (Taking       *self,
            const GValue *value,
            const GError *error)
{
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;

  if (files == NULL) {
    if (error != NULL)
      say (self, error->message);
    taking_free (self);
    return;
  }
  take_file (self, files->data);
}

static void
on_clipboard_files (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  take_files (user_data, gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error), error);
}

static void
on_clipboard_stream (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GInputStream *stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  read_stream (user_data, stream, error);
}

static void
on_drop_files (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  take_files (user_data, gdk_drop_read_value_finish (GDK_DROP (source), result, &error), error);
}

static void
on_drop_stream (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GInputStream *stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error);

  read_stream (user_data, stream, error);
}

static gboolean
has_picture (GdkContentFormats *formats)
{
  for (guint i = 0; mime_types[i] != NULL; i++) {
    if (gdk_content_formats_contain_mime_type (formats, mime_types[i]))
      return TRUE;
  }
  return FALSE;
}

/* Returns: (transfer full): what can be taken. No texture: GTK would open it in this very process. */
GdkContentFormats *
pd_logo_taker_make_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; mime_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, mime_types[i]);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  return gdk_content_formats_builder_free_to_formats (builder);
}

/**
 * pd_logo_taker_take_file:
 * @widget: where it was asked for
 * @shop: an open shop
 * @field: a field that holds a picture
 * @file: whatever file
 *
 * A copy of the file becomes the field's value, which can be undone; what is no such picture is said.
 */
void
pd_logo_taker_take_file (GtkWidget     *widget,
                         PdShop        *shop,
                         const PdField *field,
                         GFile         *file)
{
  take_file (taking_new (widget, shop, field), file);
}

void
pd_logo_taker_take_bytes (GtkWidget     *widget,
                          PdShop        *shop,
                          const PdField *field,
                          GBytes        *content)
{
  keep (taking_new (widget, shop, field), content);
}

/* A copied picture, or a copied file. */
void
pd_logo_taker_take_clipboard (GtkWidget     *widget,
                              PdShop        *shop,
                              const PdField *field)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_serialize_mime_types (
    gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  Taking *self = taking_new (widget, shop, field);

  if (has_picture (formats))
    gdk_clipboard_read_async (clipboard, (const char **) mime_types, G_PRIORITY_DEFAULT, NULL, on_clipboard_stream, self);
  else if (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST) ||
           gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_clipboard_files, self);
  else {
    say (self, _("There is no PNG, JPEG or GIF picture on the clipboard"));
    taking_free (self);
  }
}

/* Finishes @drop. A file is what it is; a picture dragged from a page comes as its bytes. */
void
pd_logo_taker_take_drop (GtkWidget     *widget,
                         PdShop        *shop,
                         const PdField *field,
                         GdkDrop       *drop)
{
  Taking *self = taking_new (widget, shop, field);

  self->drop = g_object_ref (drop);
  if (has_picture (gdk_drop_get_formats (drop)))
    gdk_drop_read_async (drop, (const char **) mime_types, G_PRIORITY_DEFAULT, NULL, on_drop_stream, self);
  else
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_drop_files, self);
}

static void
on_rendered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Taking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdLogoPicture) picture = pd_logo_picture_render_finish (result, &error);

  if (picture == NULL)
    say (self, error->message);
  else
    keep (g_steal_pointer (&self), picture->png);
}

static void
on_original_loaded (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Taking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (content == NULL)
    say (self, error->message);
  else
    pd_logo_picture_render_async (content, 2, NULL, on_rendered, g_steal_pointer (&self));
}

/**
 * pd_logo_taker_fit:
 * @widget: where it was asked for
 * @shop: an open shop
 * @field: a field that holds a picture
 *
 * Makes a PNG of 300 × 100 pixels of the picture, twice what shoppers see (S077), and puts it in its place. The original is kept.
 */
void
pd_logo_taker_fit (GtkWidget     *widget,
                   PdShop        *shop,
                   const PdField *field)
{
  PdProfile *profile = pd_shop_get_profile (shop);
  Taking *self = taking_new (widget, shop, field);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  self->original = g_strdup (pd_profile_get_text (profile, field->id));
  path = pd_store_get_file (get_store (self), profile, self->original);
  if (path == NULL) {
    say (self, _("The logo’s file is not at hand."));
    taking_free (self);
    return;
  }
  file = g_file_new_for_path (path);
  g_file_load_bytes_async (file, NULL, on_original_loaded, self);
}
