/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PdMode:
 * @PD_MODE_DISABLED: コマースクリエイター無効: the legacy admin and site only (S005)
 * @PD_MODE_ENABLED: コマースクリエイター有効: both admins, legacy site in operation (S006)
 * @PD_MODE_OPERATING: コマースクリエイター運用中(切替後): the new admin and site only (S007)
 *
 * The shop's Commerce Creator state. Values are flags, so that a catalogue row
 * can name several.
 */
typedef enum {
  PD_MODE_DISABLED  = 1 << 0,
  PD_MODE_ENABLED   = 1 << 1,
  PD_MODE_OPERATING = 1 << 2,
} PdMode;

#define PD_MODE_ANY    (PD_MODE_DISABLED | PD_MODE_ENABLED | PD_MODE_OPERATING)
#define PD_MODE_LEGACY (PD_MODE_DISABLED | PD_MODE_ENABLED)  /* has the legacy admin */
#define PD_MODE_CC     (PD_MODE_ENABLED | PD_MODE_OPERATING) /* has the Commerce Creator admin */

/**
 * PdGeneration:
 * @PD_GENERATION_BEFORE_UPGRADE: still on Amazon Pay v1
 * @PD_GENERATION_AFTER_UPGRADE: upgraded to v2
 * @PD_GENERATION_NEW: on v2 from the start: 'setup completed' notice on or after 2020-11-18 (S022)
 */
typedef enum {
  PD_GENERATION_BEFORE_UPGRADE = 1 << 0,
  PD_GENERATION_AFTER_UPGRADE  = 1 << 1,
  PD_GENERATION_NEW            = 1 << 2,
} PdGeneration;

#define PD_GENERATION_ANY (PD_GENERATION_BEFORE_UPGRADE | PD_GENERATION_AFTER_UPGRADE | PD_GENERATION_NEW)
#define PD_GENERATION_V2  (PD_GENERATION_AFTER_UPGRADE | PD_GENERATION_NEW)

/**
 * PdEnvironment:
 * @PD_ENVIRONMENT_PRACTICE: the practice endpoint on this computer
 * @PD_ENVIRONMENT_SANDBOX: Amazon's sandbox; futureshop shops do not need it (S037)
 * @PD_ENVIRONMENT_PRODUCTION: the real thing
 */
typedef enum {
  PD_ENVIRONMENT_PRACTICE   = 1 << 0,
  PD_ENVIRONMENT_SANDBOX    = 1 << 1,
  PD_ENVIRONMENT_PRODUCTION = 1 << 2,
} PdEnvironment;

/* Where in the window a field lives. The ids of pd_view_to_id() are the "pane" of `paydeskctl show`. */
typedef enum {
  PD_VIEW_API_INFORMATION,
  PD_VIEW_SELLER_CENTRAL,
  PD_VIEW_NOTIFICATIONS,
  PD_VIEW_UPGRADE,
  PD_VIEW_TESTS,
} PdView;

#define PD_N_VIEWS (PD_VIEW_TESTS + 1)

typedef enum {
  PD_DIRECTION_NONE,           /* Paydesk's own: mode, environment, … */
  PD_DIRECTION_AMAZON_TO_SHOP, /* copied from Seller Central into futureshop */
  PD_DIRECTION_SHOP_TO_AMAZON, /* copied from futureshop into Seller Central */
} PdDirection;

typedef enum {
  PD_FIELD_TEXT,
  PD_FIELD_LIST,   /* any number of values, in order */
  PD_FIELD_SECRET, /* in the keyring, never in the profile */
  PD_FIELD_CHOICE, /* one of PdField.choices */
  PD_FIELD_DATE,   /* YYYY-MM-DD */
  PD_FIELD_IMAGE,  /* a file kept beside the profile */
} PdFieldKind;

/* The manual's three kinds of item (S124–S128): a property of a path, not of an ID. */
typedef enum {
  PD_SITE_COMMON, /* 共通 */
  PD_SITE_LEGACY, /* 以前からのECサイト用 */
  PD_SITE_CC,     /* コマースクリエイター用 */
} PdSite;

/**
 * PdPlace:
 * @id: the manual's number for the path (N1–N11 of the manual's glued paths, or the S-number)
 * @path: menu path with '>' between steps, in the very words of the Japanese screens; not translated
 * @url: (nullable): page that 'Open' opens; the manual's page where the screen itself has no public address
 * @modes: the modes in which the path exists
 * @generations: the generations for which it is shown
 * @site: the manual's kind, for the coloured edge
 * @note: (nullable): a translatable remark
 *
 * One place where a value is found or entered. Lists of places end with a row whose @path is %NULL.
 */
typedef struct {
  const char  *id;
  const char  *path;
  const char  *url;
  guint        modes;
  guint        generations;
  PdSite       site;
  const char  *note;
} PdPlace;

typedef struct _PdShape PdShape;

/**
 * PdField:
 *
 * One row of the field catalogue. Everything that Paydesk knows of a field stands here and is read
 * from here by views, validation, `paydeskctl`, import, export and checks: a new field is a new row.
 */
typedef struct {
  const char         *id;                  /* final; see the command line's contract */
  PdView              view;
  const char         *group;               /* translatable heading within the view */
  const char         *label;               /* translatable */
  const char         *seller_central_name; /* as Seller Central spells it; NULL where it has none */
  const char         *futureshop_name;     /* as futureshop's admin spells it; NULL where it has none */
  PdDirection         direction;
  PdFieldKind         kind;
  guint               modes;
  guint               generations;
  guint               required_generations; /* of @generations, those where an empty field is a mistake */
  const PdShape      *shape;               /* NULL: any text */
  const char *const  *choices;             /* for PD_FIELD_CHOICE, NULL-terminated ids */
  const char         *preset;              /* value of a fresh profile, or NULL */
  const PdPlace      *found;               /* where the value is read off */
  const PdPlace      *entered;             /* where it has to be typed in */
  const char         *sandbox_of;          /* id of the plain field, for `….sandbox` rows */
  const char         *seen_of;             /* id of the plain field, for `….seen` rows */
  const char         *help;                /* translatable, a sentence or two */
} PdField;

const char    *pd_mode_to_id             (PdMode mode);
gboolean       pd_mode_from_id           (const char *id, PdMode *mode);
const char    *pd_mode_get_label         (PdMode mode);
const char    *pd_mode_get_definition    (PdMode mode);
const char    *pd_generation_to_id       (PdGeneration generation);
gboolean       pd_generation_from_id     (const char *id, PdGeneration *generation);
const char    *pd_generation_get_label   (PdGeneration generation);
const char    *pd_generation_get_definition (PdGeneration generation);
const char    *pd_environment_to_id      (PdEnvironment environment);
gboolean       pd_environment_from_id    (const char *id, PdEnvironment *environment);
const char    *pd_environment_get_label  (PdEnvironment environment);
const char    *pd_view_to_id             (PdView view);
const char    *pd_view_get_label         (PdView view);
const char    *pd_site_get_label         (PdSite site);
const char    *pd_choice_get_label       (const PdField *field, const char *choice);

const char    *pd_field_get_label        (const PdField *field);
const char    *pd_field_get_help         (const PdField *field);
gboolean       pd_field_is_secret        (const PdField *field);
gboolean       pd_field_applies          (const PdField *field, PdMode mode, PdGeneration generation);
gboolean       pd_field_is_required      (const PdField *field, PdGeneration generation);
gboolean       pd_place_applies          (const PdPlace *place, PdMode mode, PdGeneration generation);
char         **pd_place_split            (const PdPlace *place);
GPtrArray     *pd_field_get_found        (const PdField *field, PdMode mode, PdGeneration generation);
GPtrArray     *pd_field_get_entered      (const PdField *field, PdMode mode, PdGeneration generation);

G_END_DECLS
