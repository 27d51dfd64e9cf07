/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shop-bar.h"

#include <glib/gi18n.h>

#include "pd-catalogue.h"
#include "pd-choice-row.h"
#include "pd-composing.h"

/**
 * PdShopBar:
 *
 * The shop's name, always in sight, and what kind of shop it is; behind the button both are changed. Whether all is
 * saved is said quietly.
 */
struct _PdShopBar
{
  AdwBin          parent_instance;
  PdShop         *shop;
  GtkLabel       *name;
  GtkLabel       *saved;
  GtkMenuButton  *kind;
  GtkLabel       *kind_label;
  GtkPopover     *popover;
  GtkListBox     *settings;
  AdwEntryRow    *name_row;
  GPtrArray      *choices;
  gboolean        updating;
  gboolean        refused; /* what is typed is no name */
};

/* The fields that decide what the views show, by their place in the catalogue's contract. */
static const char *const deciding[] = { "mode", "generation", "environment" };

G_DEFINE_FINAL_TYPE (PdShopBar, pd_shop_bar, ADW_TYPE_BIN)

static void
refresh (PdShopBar *self)
{
  PdProfile *profile;
  const char *name;
  g_autofree char *kind = NULL;

  if (self->shop == NULL)
    return;
  profile = pd_shop_get_profile (self->shop);
  name = pd_profile_get_name (profile);
  kind = g_strdup_printf ("%s · %s", pd_mode_get_label (pd_profile_get_mode (profile)),
                          pd_generation_get_label (pd_profile_get_generation (profile)));
  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_label_set_label (self->kind_label, kind);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kind_label), kind);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), name)) {
    self->updating = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
    self->updating = FALSE;
    self->refused = FALSE;
  }
}

static void
on_name_edited (PdShopBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  if (self->updating || self->shop == NULL)
    return;
  /* A shop without a name could not be told from others; the last one stays until there is a new one. */
  self->refused = *text == '\0' || !pd_profile_set_text (pd_shop_get_profile (self->shop), "name", text, NULL);
}

static void
on_name_composed (gpointer data,
                  gboolean composing)
{
  PdShopBar *self = data;

  if (self->refused && !composing)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
}

static void
on_name_activated (PdShopBar *self)
{
  gtk_popover_popdown (self->popover);
}

static void
on_popover_closed (PdShopBar *self)
{
  self->refused = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  refresh (self);
}

static void
pd_shop_bar_dispose (GObject *object)
{
  PdShopBar *self = PD_SHOP_BAR (object);

  pd_shop_bar_set_shop (self, NULL);
  G_OBJECT_CLASS (pd_shop_bar_parent_class)->dispose (object);
}

static void
pd_shop_bar_finalize (GObject *object)
{
  g_ptr_array_unref (PD_SHOP_BAR (object)->choices);
  G_OBJECT_CLASS (pd_shop_bar_parent_class)->finalize (object);
}

static void
pd_shop_bar_class_init (PdShopBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_shop_bar_dispose;
  object_class->finalize = pd_shop_bar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-shop-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, name);
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, saved);
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, kind);
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, kind_label);
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, popover);
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, settings);
  gtk_widget_class_bind_template_child (widget_class, PdShopBar, name_row);
  gtk_widget_class_bind_template_callback (widget_class, on_name_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_closed);
}

static void
pd_shop_bar_init (PdShopBar *self)
{
  self->choices = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->name_row), FALSE);
  pd_composing_watch (GTK_EDITABLE (self->name_row), on_name_composed, self);
}

/**
 * pd_shop_bar_set_shop:
 * @self: the bar
 * @shop: (nullable): the shop to show
 */
void
pd_shop_bar_set_shop (PdShopBar *self,
                      PdShop    *shop)
{
  PdProfile *profile;

  if (self->shop != NULL)
    g_signal_handlers_disconnect_by_data (pd_shop_get_profile (self->shop), self);
  for (guint i = 0; i < self->choices->len && self->settings != NULL; i++)
    gtk_list_box_remove (self->settings, g_ptr_array_index (self->choices, i));
  g_ptr_array_set_size (self->choices, 0);
  g_set_object (&self->shop, shop);
  if (shop == NULL)
    return;

  profile = pd_shop_get_profile (shop);
  for (guint i = 0; i < G_N_ELEMENTS (deciding); i++) {
    const PdField *field = pd_catalogue_lookup (deciding[i]);
    GtkWidget *row = pd_choice_row_new (shop, field);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), pd_field_get_label (field));
    g_ptr_array_add (self->choices, row);
    gtk_list_box_append (self->settings, row);
  }
  g_signal_connect_object (profile, "notify::name", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::mode", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::generation", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/* "Saved", or whatever is the case. */
void
pd_shop_bar_set_saved (PdShopBar  *self,
                       const char *text)
{
  gtk_label_set_label (self->saved, text);
}

/* Where the name stands in the header, it need not stand here too. */
void
pd_shop_bar_set_name_shown (PdShopBar *self,
                            gboolean   shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name), shown);
}

/* Opens the settings with the name selected, for another one to be typed. */
void
pd_shop_bar_open (PdShopBar *self)
{
  gtk_menu_button_popup (self->kind);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  gtk_editable_select_region (GTK_EDITABLE (self->name_row), 0, -1);
}
