/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "pd-fit.h"
#include "pd-reminder-row.h"
#include "pd-switch-row.h"

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
                                    "title", _("Preferences"), NULL);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *appearance = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Appearance"), NULL);
  AdwPreferencesGroup *start = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Startup"), NULL);
  AdwPreferencesGroup *reminders = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Reminders"), NULL);

  adw_preferences_group_add (appearance, make_style_row (settings));
  adw_preferences_group_add (start, pd_switch_row_new (settings, "open-last-shop", _("_Open the Last Shop"),
                                                       _("Show the shop again that was shown when Paydesk was closed")));
  adw_preferences_group_add (reminders, pd_reminder_row_new (settings));
  adw_preferences_page_add (page, appearance);
  adw_preferences_page_add (page, start);
  adw_preferences_page_add (page, reminders);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  pd_fit_size (GTK_WINDOW (window), parent, 480, 480);
  gtk_window_present (GTK_WINDOW (window));
}
