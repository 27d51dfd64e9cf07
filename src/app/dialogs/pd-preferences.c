/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The order of the list, in the words of the setting. */
static const struct
{
  const char *nick;
  const char *label;
} styles[] = {
  { "default", N_("Follow System") },
  { "force-light", N_("Light") },
  { "force-dark", N_("Dark") },
};

static gboolean
style_to_row (GValue   *value,
              GVariant *variant,
              gpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
    if (g_str_equal (styles[i].nick, g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  }
  return TRUE;
}

static GVariant *
style_from_row (const GValue       *value,
                const GVariantType *type,
                gpointer            user_data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (styles) ? g_variant_new_string (styles[i].nick) : NULL;
}

static GtkWidget *
make_style_row (GSettings *settings)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("_Style"), "use-underline", TRUE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_string_list_append (model, _(styles[i].label));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "style", row, "selected", G_SETTINGS_BIND_DEFAULT, style_to_row, style_from_row, NULL, NULL);
  return row;
}

static GtkWidget *
make_switch_row (GSettings  *settings,
                 const char *key,
                 const char *title,
                 const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "use-underline", TRUE, NULL);
  GtkWidget *toggle = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);
  g_auto (GStrv) parts = g_strsplit (title, "_", 2);
  g_autofree char *name = g_strjoinv (NULL, parts);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  /* GTK 4.8 makes no name of a relation to a row. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

/**
 * pd_preferences_apply:
 * @settings: the application's settings
 *
 * Lets the style follow its setting, from now on.
 */
void
pd_preferences_apply (GSettings *settings)
{
  g_settings_bind (settings, "style", adw_style_manager_get_default (), "color-scheme", G_SETTINGS_BIND_GET);
}

/**
 * pd_preferences_show:
 * @parent: (nullable): the window that asks
 * @settings: the application's settings
 *
 * Opens the preferences; each takes effect at once. The floor has no AdwPreferencesDialog.
 */
void
pd_preferences_show (GtkWindow *parent,
                     GSettings *settings)
{
  GtkWidget *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, "search-enabled", FALSE,
                                    "title", _("Preferences"), "default-width", 480, "default-height", 360, NULL);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *appearance = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Appearance"), NULL);
  AdwPreferencesGroup *start = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("At the Start"), NULL);

  adw_preferences_group_add (appearance, make_style_row (settings));
  adw_preferences_group_add (start, make_switch_row (settings, "open-last-shop", _("_Open the Last Shop"),
                                                     _("Show the shop again that was shown when Paydesk was closed")));
  adw_preferences_page_add (page, appearance);
  adw_preferences_page_add (page, start);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
}
