/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-screens-view.h"

#include <glib/gi18n.h>

#include "pd-file-picker.h"
#include "pd-file-write.h"
#include "pd-logo-picture.h"
#include "pd-screen-picture.h"
#include "pd-screen-sheet.h"
#include "pd-wrap.h"

/**
 * PdScreensView:
 *
 * What shoppers see of the shop when they sign in, as the page of a computer or of a phone, while the shop's values are typed; and the
 * same as a file, for the shop's owner to say yes to.
 */
struct _PdScreensView
{
  AdwBin           parent_instance;
  PdShop          *shop;
  PdScreen        *screens[PD_N_SCREENS][2];
  GtkWidget       *pictures[PD_N_SCREENS];
  GtkWidget       *children[PD_N_SCREENS];
  GtkFlowBox      *flow;
  GtkToggleButton *phone; /* or NULL: phone only */
  GCancellable    *cancellable; /* of the logo under way */
  GFile           *logo_file;
};

/* Drawn twice as fine, for screens of high density and for paper. */
#define LOGO_SCALE 2

static const int widths[2] = { PD_SCREEN_DESKTOP, PD_SCREEN_PHONE };

static const char *const shown_fields[] = { "store-name", "privacy-policy-url", "logo" };

G_DEFINE_FINAL_TYPE (PdScreensView, pd_screens_view, ADW_TYPE_BIN)

static void
describe (PdScreensView *self)
{
  for (guint i = 0; i < PD_N_SCREENS; i++)
    pd_screen_picture_describe (PD_SCREEN_PICTURE (self->pictures[i]));
}

static void
set_logo (PdScreensView *self,
          GdkTexture    *logo)
{
  for (guint i = 0; i < PD_N_SCREENS; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
      pd_screen_set_logo (self->screens[i][j], logo);
  }
  describe (self);
}

static void
on_rendered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PdScreensView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PdLogoPicture) picture = pd_logo_picture_render_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  /* What keeps a logo from being shown is said in its own row. */
  if (picture == NULL)
    return;
  texture = gdk_memory_texture_new ((int) picture->width, (int) picture->height, GDK_MEMORY_R8G8B8A8, picture->pixels,
                                    4 * (gsize) picture->width);
  set_logo (self, texture);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PdScreensView) self = user_data;
  g_autoptr (GBytes) content = g_file_load_bytes_finish (G_FILE (source), result, NULL, NULL);

  if (content != NULL && self->cancellable != NULL && self->logo_file != NULL && g_file_equal (G_FILE (source), self->logo_file))
    pd_logo_picture_render_async (content, LOGO_SCALE, self->cancellable, on_rendered, g_object_ref (self));
}

static void
stop (PdScreensView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
refresh_logo (PdScreensView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  const char *name = pd_profile_get_text (profile, "logo");
  g_autofree char *path = *name != '\0' ? pd_store_get_file (pd_desk_get_store (pd_shop_get_desk (self->shop)), profile, name) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL && self->logo_file != NULL && g_file_equal (file, self->logo_file))
    return;
  stop (self);
  g_set_object (&self->logo_file, file);
  set_logo (self, NULL);
  if (file == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_file_load_bytes_async (file, self->cancellable, on_loaded, g_object_ref (self));
}

static void
refresh (PdScreensView *self)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);

  for (guint i = 0; i < PD_N_SCREENS; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++) {
      pd_screen_set_name (self->screens[i][j], pd_profile_get_text (profile, "store-name"));
      pd_screen_set_privacy_url (self->screens[i][j], pd_profile_get_text (profile, "privacy-policy-url"));
    }
  }
  refresh_logo (self);
  describe (self);
}

static guint
get_width_index (PdScreensView *self)
{
  return self->phone == NULL || gtk_toggle_button_get_active (self->phone);
}

static void
show_screens (PdScreensView *self)
{
  PdGeneration generation = pd_profile_get_generation (pd_shop_get_profile (self->shop));
  guint width = get_width_index (self);

  gtk_flow_box_set_max_children_per_line (self->flow, width == 0 ? 1 : PD_N_SCREENS);
  for (guint i = 0; i < PD_N_SCREENS; i++) {
    pd_screen_picture_set_screen (PD_SCREEN_PICTURE (self->pictures[i]), self->screens[i][width]);
    gtk_widget_set_visible (self->children[i], pd_screen_kind_applies (i, generation));
  }
}

static void
say (PdScreensView *self,
     const char    *text)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", text);
}

typedef struct
{
  PdScreensView *self;
  GFile         *file;
} Export;

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PdScreensView) self = user_data;
  g_autoptr (GError) error = NULL;

  say (self, pd_file_write_finish (G_FILE (source), result, &error) ? _("Sign-in screens exported") : error->message);
}

static void
on_sheet (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Export *export = user_data;
  g_autoptr (PdScreensView) self = export->self;
  g_autoptr (GFile) file = export->file;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = pd_screen_sheet_render_finish (result, &error);

  g_free (export);
  if (png == NULL)
    say (self, error->message);
  else
    pd_file_write_async (file, png, FALSE, NULL, on_exported, g_object_ref (self));
}

static void
on_picked (GFile    *file,
           gpointer  user_data)
{
  pd_screens_view_export (user_data, file);
}

static void
on_export_clicked (PdScreensView *self)
{
  g_autofree char *name = g_strdup_printf (_("%s sign-in.png"), pd_profile_get_name (pd_shop_get_profile (self->shop)));

  pd_file_picker_save (GTK_WIDGET (self), _("Export Sign-In Screens"), name, NULL, on_picked, self);
}

static void
add_picture (PdScreensView *self,
             PdScreenKind   kind)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *caption = gtk_label_new (pd_screen_kind_get_title (kind));
  GtkWidget *picture;

  for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
    self->screens[kind][j] = pd_screen_new (kind, widths[j]);
  picture = pd_screen_picture_new (self->screens[kind][0]);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_widget_add_css_class (picture, "pd-page");
  /* Or nobody gets there by keyboard. */
  gtk_widget_set_focusable (picture, TRUE);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_insert (self->flow, child, -1);
  self->pictures[kind] = picture;
  self->children[kind] = child;
}

static GtkWidget *
make_bar (PdScreensView *self)
{
  GtkWidget *bar = gtk_flow_box_new ();
  GtkWidget *sizes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *desktop = gtk_toggle_button_new_with_mnemonic (_("_Computer"));
  GtkWidget *phone = gtk_toggle_button_new_with_mnemonic (_("_Phone"));
  GtkWidget *export = gtk_button_new_with_mnemonic (_("_Export…"));

  self->phone = GTK_TOGGLE_BUTTON (phone);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (phone), GTK_TOGGLE_BUTTON (desktop));
  gtk_toggle_button_set_active (self->phone, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (desktop), GTK_ACCESSIBLE_PROPERTY_LABEL, _("As on a Computer"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (phone), GTK_ACCESSIBLE_PROPERTY_LABEL, _("As on a Phone"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (export), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Export Sign-In Screens"), -1);
  gtk_widget_set_tooltip_text (export, _("Save as a Picture for the Shop’s Owner"));
  pd_wrap_labels (desktop);
  pd_wrap_labels (phone);
  gtk_widget_add_css_class (sizes, "linked");
  gtk_box_append (GTK_BOX (sizes), desktop);
  gtk_box_append (GTK_BOX (sizes), phone);
  gtk_widget_set_halign (sizes, GTK_ALIGN_START);
  gtk_widget_set_halign (export, GTK_ALIGN_END);
  /* Where the words are long and the window is narrow, one below the other. */
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (bar), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (bar), 2);
  gtk_flow_box_insert (GTK_FLOW_BOX (bar), sizes, -1);
  gtk_flow_box_insert (GTK_FLOW_BOX (bar), export, -1);
  for (int i = 0; i < 2; i++)
    gtk_widget_set_focusable (GTK_WIDGET (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (bar), i)), FALSE);
  g_signal_connect_object (phone, "toggled", G_CALLBACK (show_screens), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (export, "clicked", G_CALLBACK (on_export_clicked), self, G_CONNECT_SWAPPED);
  return bar;
}

static void
pd_screens_view_dispose (GObject *object)
{
  PdScreensView *self = PD_SCREENS_VIEW (object);

  stop (self);
  g_clear_object (&self->logo_file);
  for (guint i = 0; i < PD_N_SCREENS; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
      g_clear_object (&self->screens[i][j]);
  }
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_screens_view_parent_class)->dispose (object);
}

static void
pd_screens_view_class_init (PdScreensViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pd_screens_view_dispose;
}

static void
pd_screens_view_init (PdScreensView *self)
{
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_row_spacing (self->flow, 12);
  gtk_flow_box_set_column_spacing (self->flow, 6);
  for (guint i = 0; i < PD_N_SCREENS; i++)
    add_picture (self, i);
}

/**
 * pd_screens_view_new:
 * @shop: an open shop
 * @compact: whether the pages of a phone are all that is shown
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
pd_screens_view_new (PdShop   *shop,
                     gboolean  compact)
{
  PdScreensView *self = g_object_new (PD_TYPE_SCREENS_VIEW, NULL);
  PdProfile *profile = pd_shop_get_profile (shop);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->shop = g_object_ref (shop);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Sign-In Screens"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Drawings: they show where the store name, the logo and the privacy policy stand."));
  pd_wrap_labels (group);
  if (!compact)
    gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->flow));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), box);
  adw_bin_set_child (ADW_BIN (self), group);

  for (guint i = 0; i < G_N_ELEMENTS (shown_fields); i++) {
    g_autofree char *detail = g_strconcat ("changed::", shown_fields[i], NULL);

    g_signal_connect_object (profile, detail, G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  }
  g_signal_connect_object (profile, "notify::generation", G_CALLBACK (show_screens), self, G_CONNECT_SWAPPED);
  show_screens (self);
  refresh (self);
  return GTK_WIDGET (self);
}

/* (transfer none): the drawing, for tests. */
PdScreen *
pd_screens_view_get_screen (PdScreensView *self,
                            PdScreenKind   kind,
                            int            width)
{
  return self->screens[kind][width == PD_SCREEN_PHONE];
}

/**
 * pd_screens_view_export:
 * @self: the view
 * @file: where to
 *
 * Writes the screens that this shop's shoppers see, in both widths, into one PNG file.
 */
void
pd_screens_view_export (PdScreensView *self,
                        GFile         *file)
{
  PdProfile *profile = pd_shop_get_profile (self->shop);
  const char *name = pd_profile_get_text (profile, "store-name");
  g_autofree char *title = g_strdup_printf (_("Sign-In Screens of “%s”"), *name != '\0' ? name : pd_profile_get_name (profile));
  g_autoptr (GListStore) screens = g_list_store_new (PD_TYPE_SCREEN);
  Export *export = g_new0 (Export, 1);

  for (guint i = 0; i < PD_N_SCREENS; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (widths) && pd_screen_kind_applies (i, pd_profile_get_generation (profile)); j++)
      g_list_store_append (screens, self->screens[i][j]);
  }
  export->self = g_object_ref (self);
  export->file = g_object_ref (file);
  pd_screen_sheet_render_async (G_LIST_MODEL (screens), title, pd_profile_get_text (profile, "privacy-policy-url"), NULL, on_sheet,
                                export);
}
