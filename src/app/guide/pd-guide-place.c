/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-guide-place.h"

#define KEY "guide-steps"

/* Every shop's step but that of one. */
static void
copy_others (GSettings       *settings,
             GVariantBuilder *builder,
             const char      *profile_id)
{
  g_autoptr (GVariant) steps = g_settings_get_value (settings, KEY);
  GVariantIter iter;
  const char *id, *step;

  g_variant_builder_init (builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, steps);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &step)) {
    if (!g_str_equal (id, profile_id))
      g_variant_builder_add (builder, "{ss}", id, step);
  }
}

/**
 * pd_guide_place_remember:
 * @profile_id: a shop
 * @step_id: the step that is open
 */
void
pd_guide_place_remember (const char *profile_id,
                         const char *step_id)
{
  g_autoptr (GSettings) settings = g_settings_new (PD_APP_ID);
  GVariantBuilder builder;

  copy_others (settings, &builder, profile_id);
  g_variant_builder_add (&builder, "{ss}", profile_id, step_id);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

/**
 * pd_guide_place_recall:
 * @profile_id: a shop
 *
 * Returns: (transfer full) (nullable): the step that was open last
 */
char *
pd_guide_place_recall (const char *profile_id)
{
  g_autoptr (GSettings) settings = g_settings_new (PD_APP_ID);
  g_autoptr (GVariant) steps = g_settings_get_value (settings, KEY);
  char *step = NULL;

  g_variant_lookup (steps, profile_id, "s", &step);
  return step;
}

/* The shop is gone. */
void
pd_guide_place_forget (const char *profile_id)
{
  g_autoptr (GSettings) settings = g_settings_new (PD_APP_ID);
  GVariantBuilder builder;

  copy_others (settings, &builder, profile_id);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}
