/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-problem.h"
#include "pd-profile.h"

G_BEGIN_DECLS

/* The day of futureshop's release with the new version (S016, S022). Both wordings of the manual include it (S026). */
#define PD_UPGRADE_DAY "2020-11-18"

/* The day of the 'setup completed' notice against PD_UPGRADE_DAY. Values are flags, so that a row can name several. */
typedef enum {
  PD_NOTICE_UNKNOWN = 1 << 0, /* not entered, or no date */
  PD_NOTICE_BEFORE  = 1 << 1,
  PD_NOTICE_ON_DAY  = 1 << 2,
  PD_NOTICE_AFTER   = 1 << 3,
} PdNotice;

#define PD_NOTICE_ANY (PD_NOTICE_UNKNOWN | PD_NOTICE_BEFORE | PD_NOTICE_ON_DAY | PD_NOTICE_AFTER)

typedef enum {
  PD_PRESENCE_NO      = 1 << 0,
  PD_PRESENCE_YES     = 1 << 1,
  PD_PRESENCE_UNKNOWN = 1 << 2, /* the keyring could not be asked */
} PdPresence;

#define PD_PRESENCE_ANY (PD_PRESENCE_NO | PD_PRESENCE_YES | PD_PRESENCE_UNKNOWN)

/**
 * PdUpgradeFacts:
 * @generation: what the operator says of the shop
 * @notice: when the 'setup completed' notice came
 * @token: whether there is an MWSAuthToken, be it the pre-set text
 * @old_values: whether there is any of the values that only a shop before the upgrade uses
 *
 * What is known here about a shop and its upgrade.
 */
typedef struct {
  PdGeneration generation;
  PdNotice     notice;
  PdPresence   token;
  PdPresence   old_values;
} PdUpgradeFacts;

/**
 * PdUpgradePattern:
 * @id: final
 * @token: which presence of the MWSAuthToken makes it this one
 * @title: translatable, a few words
 * @summary: translatable: what is to be done
 *
 * Which of the two ways through the upgrade a shop takes: FAQ 8214 decides it by the MWSAuthToken.
 */
typedef struct {
  const char *id;
  guint       token;
  const char *title;
  const char *summary;
} PdUpgradePattern;

/**
 * PdUpgradeStep:
 * @id: final
 * @tokens: for which presences of the token it is a step
 * @title: translatable, an imperative
 * @detail: translatable
 * @places: (nullable): where in Seller Central or the shop's admin
 * @more_places: (nullable): where it goes on
 * @ends: whether the shop is upgraded by it
 */
typedef struct {
  const char    *id;
  guint          tokens;
  const char    *title;
  const char    *detail;
  const PdPlace *places;
  const PdPlace *more_places;
  gboolean       ends;
} PdUpgradeStep;

/* What is different for shoppers. Both sentences are translatable. */
typedef struct {
  const char *before;
  const char *after;
} PdUpgradeChange;

/**
 * PdContradiction:
 * @id: final
 * @generations: flags; the row applies where all four match
 * @notices: flags
 * @tokens: flags
 * @old_values: flags
 * @severity: error: both cannot be true; warning: it looks wrong
 * @fields: ids, the likeliest to mend first
 * @names_old: whether those values of a shop before the upgrade that are there come before @fields
 * @places: (nullable): where it is looked up
 * @message: translatable
 * @next_step: translatable
 *
 * A state that does not go with the shop's fields.
 */
typedef struct {
  const char    *id;
  guint          generations;
  guint          notices;
  guint          tokens;
  guint          old_values;
  PdSeverity     severity;
  const char    *fields[3];
  gboolean       names_old;
  const PdPlace *places;
  const char    *message;
  const char    *next_step;
} PdContradiction;

PdNotice                pd_upgrade_read_notice        (const char *date);
PdPresence              pd_upgrade_get_presence       (PdProfile *profile, const char *field_id, GHashTable *stored);
void                    pd_upgrade_gather             (PdProfile *profile, GHashTable *stored, PdUpgradeFacts *facts);
const PdUpgradePattern *pd_upgrade_get_pattern        (const PdUpgradeFacts *facts);
GPtrArray              *pd_upgrade_list_steps         (const PdUpgradeFacts *facts);
GPtrArray              *pd_upgrade_list_contradictions (const PdUpgradeFacts *facts);
GPtrArray              *pd_upgrade_list_old_fields    (void);
GPtrArray              *pd_upgrade_list_needed_fields (void);
const PdUpgradeChange  *pd_upgrade_get_changes        (guint *n_changes);
const char             *pd_upgrade_describe_standing  (const PdUpgradeFacts *facts);
const char             *pd_upgrade_describe_deadline  (const PdUpgradeFacts *facts);

G_END_DECLS
