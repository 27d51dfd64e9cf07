/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-field.h"

/* An enumeration's value, its final id and its translatable label. */
typedef struct {
  guint       value;
  const char *id;
  const char *label;
  const char *definition; /* translatable, the manual's; NULL where there is none */
} Name;

static const Name modes[] = {
  { PD_MODE_DISABLED, "disabled", N_("Commerce Creator disabled"),
    N_("The shop is built in the legacy admin (以前からの管理画面) and runs as a legacy site. It does not use Commerce Creator.") },
  { PD_MODE_ENABLED, "enabled", N_("Commerce Creator enabled"),
    N_("The shop is built and run with the legacy admin and the legacy site, and can use the Commerce Creator admin beside them.") },
  { PD_MODE_OPERATING, "operating", N_("Commerce Creator in operation"),
    N_("The shop has been switched over: it is built in the Commerce Creator admin, and runs as a site for Commerce Creator only. The legacy "
       "site is not used.") },
  { 0 }
};

static const Name generations[] = {
  { PD_GENERATION_BEFORE_UPGRADE, "before-upgrade", N_("Before the upgrade"),
    N_("The notice came before 2020-11-18, and the shop still has the old version.") },
  { PD_GENERATION_AFTER_UPGRADE, "after-upgrade", N_("After the upgrade"),
    N_("The notice came before 2020-11-18, and the shop has been upgraded since.") },
  { PD_GENERATION_NEW, "new", N_("New shop (since 2020-11-18)"),
    N_("The notice came on 2020-11-18 or later: the shop has the new version from the start.") },
  { 0 }
};

static const Name environments[] = {
  { PD_ENVIRONMENT_PRACTICE, "practice", N_("Practice (this computer)") },
  { PD_ENVIRONMENT_SANDBOX, "sandbox", N_("Sandbox") },
  { PD_ENVIRONMENT_PRODUCTION, "production", N_("Production") },
  { 0 }
};

static const Name views[] = {
  { PD_VIEW_API_INFORMATION, "api-information", N_("API Information") },
  { PD_VIEW_SELLER_CENTRAL, "seller-central", N_("Seller Central") },
  { PD_VIEW_NOTIFICATIONS, "notifications", N_("Notifications") },
  { PD_VIEW_UPGRADE, "upgrade", N_("Upgrade") },
  { PD_VIEW_TESTS, "tests", N_("Tests") },
  { 0 }
};

static const Name sites[] = {
  { PD_SITE_COMMON, "common", N_("Common") },
  { PD_SITE_LEGACY, "legacy", N_("Legacy site") },
  { PD_SITE_CC, "cc", N_("Commerce Creator") },
  { 0 }
};

static const Name *
find_value (const Name *names,
            guint       value)
{
  for (const Name *name = names; name->id != NULL; name++) {
    if (name->value == value)
      return name;
  }
  g_return_val_if_reached (names);
}

static const Name *
find_id (const Name *names,
         const char *id)
{
  for (const Name *name = names; name->id != NULL; name++) {
    if (g_strcmp0 (name->id, id) == 0)
      return name;
  }
  return NULL;
}

const char *
pd_mode_to_id (PdMode mode)
{
  return find_value (modes, mode)->id;
}

gboolean
pd_mode_from_id (const char *id,
                 PdMode     *mode)
{
  const Name *name = find_id (modes, id);

  if (name != NULL)
    *mode = name->value;
  return name != NULL;
}

const char *
pd_mode_get_label (PdMode mode)
{
  return _(find_value (modes, mode)->label);
}

/* What the manual means by the mode (S005–S007). */
const char *
pd_mode_get_definition (PdMode mode)
{
  return _(find_value (modes, mode)->definition);
}

const char *
pd_generation_to_id (PdGeneration generation)
{
  return find_value (generations, generation)->id;
}

gboolean
pd_generation_from_id (const char   *id,
                       PdGeneration *generation)
{
  const Name *name = find_id (generations, id);

  if (name != NULL)
    *generation = name->value;
  return name != NULL;
}

const char *
pd_generation_get_label (PdGeneration generation)
{
  return _(find_value (generations, generation)->label);
}

/* What the manual means by the generation (S022, S026). */
const char *
pd_generation_get_definition (PdGeneration generation)
{
  return _(find_value (generations, generation)->definition);
}

const char *
pd_environment_to_id (PdEnvironment environment)
{
  return find_value (environments, environment)->id;
}

gboolean
pd_environment_from_id (const char    *id,
                        PdEnvironment *environment)
{
  const Name *name = find_id (environments, id);

  if (name != NULL)
    *environment = name->value;
  return name != NULL;
}

const char *
pd_environment_get_label (PdEnvironment environment)
{
  return _(find_value (environments, environment)->label);
}

const char *
pd_view_to_id (PdView view)
{
  return find_value (views, view)->id;
}

const char *
pd_view_get_label (PdView view)
{
  return _(find_value (views, view)->label);
}

/**
 * pd_site_get_label:
 * @site: one of the manual's three kinds of item
 *
 * Returns: the kind's translated name (S124)
 */
const char *
pd_site_get_label (PdSite site)
{
  return _(find_value (sites, site)->label);
}

/**
 * pd_choice_get_label:
 * @field: a field of the kind %PD_FIELD_CHOICE
 * @choice: one of the ids in its choices
 *
 * Returns: the translated name of the choice; the id itself where it has none
 */
const char *
pd_choice_get_label (const PdField *field,
                     const char    *choice)
{
  const Name *tables[] = { modes, generations, environments };

  g_return_val_if_fail (field->kind == PD_FIELD_CHOICE, choice);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    const Name *name = find_id (tables[i], choice);

    if (name != NULL)
      return _(name->label);
  }
  return choice;
}

const char *
pd_field_get_label (const PdField *field)
{
  return _(field->label);
}

const char *
pd_field_get_help (const PdField *field)
{
  return field->help != NULL ? _(field->help) : "";
}

gboolean
pd_field_is_secret (const PdField *field)
{
  return field->kind == PD_FIELD_SECRET;
}

/**
 * pd_field_applies:
 * @field: a catalogue row
 * @mode: the shop's mode
 * @generation: the shop's generation
 *
 * Returns: whether such a shop has this field at all
 */
gboolean
pd_field_applies (const PdField *field,
                  PdMode         mode,
                  PdGeneration   generation)
{
  return (field->modes & mode) != 0 && (field->generations & generation) != 0;
}

gboolean
pd_field_is_required (const PdField *field,
                      PdGeneration   generation)
{
  return (field->required_generations & generation) != 0;
}

gboolean
pd_place_applies (const PdPlace *place,
                  PdMode         mode,
                  PdGeneration   generation)
{
  return (place->modes & mode) != 0 && (place->generations & generation) != 0;
}

/**
 * pd_place_split:
 * @place: a place
 *
 * Returns: (transfer full): the steps of the menu path, for `where` of a finding
 */
char **
pd_place_split (const PdPlace *place)
{
  return g_strsplit (place->path, ">", -1);
}

static GPtrArray *
applying (const PdPlace *places,
          PdMode         mode,
          PdGeneration   generation)
{
  GPtrArray *result = g_ptr_array_new ();

  for (const PdPlace *place = places; place != NULL && place->path != NULL; place++) {
    if (pd_place_applies (place, mode, generation))
      g_ptr_array_add (result, (gpointer) place);
  }
  return result;
}

/**
 * pd_field_get_found:
 * @field: a catalogue row
 * @mode: the shop's mode
 * @generation: the shop's generation
 *
 * Returns: (transfer container) (element-type PdPlace): where the value can be read off, possibly empty
 */
GPtrArray *
pd_field_get_found (const PdField *field,
                    PdMode         mode,
                    PdGeneration   generation)
{
  return applying (field->found, mode, generation);
}

/**
 * pd_field_get_entered:
 * @field: a catalogue row
 * @mode: the shop's mode
 * @generation: the shop's generation
 *
 * In mode %PD_MODE_ENABLED both admins' paths come back (S125).
 *
 * Returns: (transfer container) (element-type PdPlace): where the value has to be entered, possibly empty
 */
GPtrArray *
pd_field_get_entered (const PdField *field,
                      PdMode         mode,
                      PdGeneration   generation)
{
  return applying (field->entered, mode, generation);
}
