/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-error.h"
#include "pd-set-aside.h"

struct _PdSetAside
{
  GObject    parent_instance;
  char      *id;
  char      *path;
  GError    *why;
  PdProfile *salvaged;
};

enum {
  PROP_0,
  PROP_PATH,
  PROP_REASON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PdSetAside, pd_set_aside, G_TYPE_OBJECT)

static void
pd_set_aside_finalize (GObject *object)
{
  PdSetAside *self = PD_SET_ASIDE (object);

  g_free (self->id);
  g_free (self->path);
  g_clear_error (&self->why);
  g_clear_object (&self->salvaged);
  G_OBJECT_CLASS (pd_set_aside_parent_class)->finalize (object);
}

static void
pd_set_aside_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PdSetAside *self = PD_SET_ASIDE (object);

  switch (prop_id) {
  case PROP_PATH:
    g_value_set_string (value, self->path);
    break;
  case PROP_REASON:
    g_value_set_string (value, pd_set_aside_get_reason (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pd_set_aside_class_init (PdSetAsideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pd_set_aside_finalize;
  object_class->get_property = pd_set_aside_get_property;
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pd_set_aside_init (PdSetAside *self)
{
}

/**
 * pd_set_aside_new:
 * @profile_id: the id of the profile whose file it was
 * @path: where it is now
 * @why: what is wrong with it
 * @salvaged: (nullable): what could be read of it
 *
 * Returns: (transfer full): a new one
 */
PdSetAside *
pd_set_aside_new (const char   *profile_id,
                  const char   *path,
                  const GError *why,
                  PdProfile    *salvaged)
{
  PdSetAside *self = g_object_new (PD_TYPE_SET_ASIDE, NULL);

  self->id = g_strdup (profile_id);
  self->path = g_strdup (path);
  self->why = g_error_copy (why);
  g_set_object (&self->salvaged, salvaged);
  return self;
}

const char *
pd_set_aside_get_id (PdSetAside *self)
{
  return self->id;
}

const char *
pd_set_aside_get_path (PdSetAside *self)
{
  return self->path;
}

const char *
pd_set_aside_get_reason (PdSetAside *self)
{
  return self->why->message;
}

const GError *
pd_set_aside_get_error (PdSetAside *self)
{
  return self->why;
}

gboolean
pd_set_aside_is_newer (PdSetAside *self)
{
  return g_error_matches (self->why, PD_ERROR, PD_ERROR_NEWER_FORMAT);
}

PdProfile *
pd_set_aside_get_profile (PdSetAside *self)
{
  return self->salvaged;
}
