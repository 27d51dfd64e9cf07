/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pd-catalogue.h"
#include "pd-places.h"
#include "pd-shape.h"
#include "pd-upgrade.h"

#define TOKEN "mws-auth-token"

/* Where the shop stands, in a sentence (S016–S022, S026). The first row that matches counts. */
static const struct
{
  guint       generations;
  guint       notices;
  const char *text;
} standings[] = {
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_ON_DAY,
    N_("The notice came on 2020-11-18 itself, which counts as “before” and as “from” that day. What “Amazon Payバージョンアップ設定” shows "
       "decides.") },
  { PD_GENERATION_BEFORE_UPGRADE, PD_NOTICE_ANY,
    N_("The shop still uses the first version of Amazon Pay, and has to be upgraded.") },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_ON_DAY,
    N_("The shop has been upgraded. Its notice came on 2020-11-18 itself, which counts as “before” and as “from” that day.") },
  { PD_GENERATION_AFTER_UPGRADE, PD_NOTICE_ANY,
    N_("The shop has been upgraded: the upgrade asks for nothing more.") },
  { PD_GENERATION_NEW, PD_NOTICE_ANY,
    N_("The shop has had the new version from the start: there is nothing to upgrade.") },
};

/* FAQ 8214: the field “MWSAuthToken(MWS認証トークン)” tells the two patterns apart. */
static const PdUpgradePattern patterns[] = {
  { "run", PD_PRESENCE_YES, N_("The token is there"),
    N_("All that is left is to run the upgrade in the shop’s admin.") },
  { "token-first", PD_PRESENCE_NO, N_("The token is blank"),
    N_("Obtain the MWS Auth Token first and enter it in the shop’s admin, then run the upgrade there.") },
  { "unknown", PD_PRESENCE_UNKNOWN, N_("Not known yet"),
    N_("Look at the field “MWSAuthToken(MWS認証トークン)” in the shop’s admin: where it is blank, obtain the token before the upgrade.") },
};

static const PdUpgradeStep steps[] = {
  { "token", PD_PRESENCE_NO | PD_PRESENCE_UNKNOWN, N_("Obtain the MWS Auth Token"),
    N_("Grant access to 株式会社フューチャーショップ (804019623754) in Seller Central, and enter the token that it shows in the shop’s "
       "admin. A pre-set token is neither deleted nor changed."),
    pd_places_token, pd_places_token_entered, FALSE },
  { "run", PD_PRESENCE_ANY, N_("Run the Upgrade"),
    N_("This is the step that ends it: from then on shoppers see the new screens."),
    pd_places_upgrade, NULL, TRUE },
  { "use", PD_PRESENCE_ANY, N_("Switch Amazon Pay On Again"),
    N_("If futureshop set it to “利用しない” after the deadline, set it to “利用する”. futureshop marks this setting “要閉店”: the shop is "
       "closed for the moment of the change."),
    pd_places_use, NULL, FALSE },
  { "preview", PD_PRESENCE_ANY, N_("Look at the Screens"),
    N_("Buy in the preview with another Amazon account than the one of Seller Central, which is refused."),
    pd_places_preview, NULL, FALSE },
};

/* S018, S089; FAQ 8214. */
static const PdUpgradeChange changes[] = {
  { N_("Two screens come first: one to sign in, one to confirm what the shop is told."),
    N_("One screen shows the shop’s name, its logo and the link to its privacy policy.") },
  { N_("Address and payment are chosen on the shop’s own page."),
    N_("Address and payment are chosen on a page of Amazon’s, one page more on the way.") },
  { N_("Some browsers, such as Safari, get in the way."),
    N_("It works in every browser, and Amazon’s page says what is wrong.") },
};

static const PdContradiction contradictions[] = {
  {
    .id = "new-but-notice-before", .generations = PD_GENERATION_NEW, .notices = PD_NOTICE_BEFORE,
    .tokens = PD_PRESENCE_ANY, .old_values = PD_PRESENCE_ANY,
    .severity = PD_SEVERITY_ERROR, .fields = { "generation", "setup-notice-date" }, .places = pd_places_upgrade,
    .message = N_("The shop is entered as new, but its notice came before 2020-11-18."),
    .next_step = N_("Correct the date; or choose “before” or “after the upgrade” by what “Amazon Payバージョンアップ設定” shows."),
  },
  {
    .id = "old-but-notice-after", .generations = PD_GENERATION_BEFORE_UPGRADE | PD_GENERATION_AFTER_UPGRADE, .notices = PD_NOTICE_AFTER,
    .tokens = PD_PRESENCE_ANY, .old_values = PD_PRESENCE_ANY,
    .severity = PD_SEVERITY_ERROR, .fields = { "generation", "setup-notice-date" }, .places = pd_places_upgrade,
    .message = N_("The notice came after 2020-11-18: such a shop is new, and was never upgraded."),
    .next_step = N_("Choose “new shop”, or correct the date."),
  },
  {
    .id = "new-with-old-values", .generations = PD_GENERATION_NEW, .notices = PD_NOTICE_ANY,
    .tokens = PD_PRESENCE_ANY, .old_values = PD_PRESENCE_YES,
    .severity = PD_SEVERITY_WARNING, .fields = { "generation" }, .names_old = TRUE, .places = pd_places_upgrade,
    .message = N_("The shop is entered as new, but has values that only a shop before the upgrade uses."),
    .next_step = N_("If the shop is older than 2020-11-18, choose “before” or “after the upgrade”. Otherwise delete the values under “Upgrade”."),
  },
  {
    .id = "upgraded-without-token", .generations = PD_GENERATION_AFTER_UPGRADE, .notices = PD_NOTICE_ANY,
    .tokens = PD_PRESENCE_NO, .old_values = PD_PRESENCE_ANY,
    .severity = PD_SEVERITY_WARNING, .fields = { TOKEN, "generation" }, .places = pd_places_token_entered,
    .message = N_("The shop is entered as upgraded, but has no MWS Auth Token, which the upgrade needs."),
    .next_step = N_("Copy the token from the shop’s admin. If it is blank there too, the shop has not been upgraded yet."),
  },
  {
    .id = "before-without-old-values", .generations = PD_GENERATION_BEFORE_UPGRADE, .notices = PD_NOTICE_ANY,
    .tokens = PD_PRESENCE_YES, .old_values = PD_PRESENCE_NO,
    .severity = PD_SEVERITY_WARNING, .fields = { "generation" }, .places = pd_places_upgrade,
    .message = N_("The shop is entered as not upgraded, but has none of the three values that such a shop needs."),
    .next_step = N_("If “Amazon Payバージョンアップ設定” says that the upgrade is done, choose “after the upgrade”. Otherwise enter the values."),
  },
};

/**
 * pd_upgrade_read_notice:
 * @date: the date of the 'setup completed' notice, YYYY-MM-DD, or whatever was entered
 *
 * Returns: how it stands to 2020-11-18
 */
PdNotice
pd_upgrade_read_notice (const char *date)
{
  g_autoptr (GDateTime) read = NULL;
  g_autofree char      *text = g_strconcat (date, "T00:00:00Z", NULL);
  int                   order;

  if (strlen (date) == strlen (PD_UPGRADE_DAY))
    read = g_date_time_new_from_iso8601 (text, NULL);
  if (read == NULL)
    return PD_NOTICE_UNKNOWN;
  order = strcmp (date, PD_UPGRADE_DAY);
  return order < 0 ? PD_NOTICE_BEFORE : order > 0 ? PD_NOTICE_AFTER : PD_NOTICE_ON_DAY;
}

/**
 * pd_upgrade_get_presence:
 * @profile: a shop
 * @field_id: one of its fields, in use or not
 * @stored: (nullable) (element-type utf8): ids of the secrets that the keyring holds; %NULL where it could not be asked
 *
 * Returns: whether the field has a value
 */
PdPresence
pd_upgrade_get_presence (PdProfile  *profile,
                         const char *field_id,
                         GHashTable *stored)
{
  const PdField         *field = pd_catalogue_lookup (field_id);
  g_autoptr (GDateTime)  noted = NULL;

  if (*pd_profile_get_text (profile, field_id) != '\0')
    return PD_PRESENCE_YES;
  if (!pd_field_is_secret (field))
    return PD_PRESENCE_NO;
  if (stored != NULL)
    return g_hash_table_contains (stored, field_id) ? PD_PRESENCE_YES : PD_PRESENCE_NO;
  noted = pd_profile_get_secret_stored (profile, field_id);
  return noted != NULL ? PD_PRESENCE_UNKNOWN : PD_PRESENCE_NO;
}

/* One that is there outweighs those that could not be asked for. */
static PdPresence
combine (PdPresence a,
         PdPresence b)
{
  if (a == PD_PRESENCE_YES || b == PD_PRESENCE_YES)
    return PD_PRESENCE_YES;
  return a == PD_PRESENCE_UNKNOWN ? a : b;
}

/**
 * pd_upgrade_gather:
 * @profile: a shop
 * @stored: (nullable) (element-type utf8): ids of the secrets that the keyring holds; %NULL where it could not be asked
 * @facts: (out caller-allocates): what is known
 */
void
pd_upgrade_gather (PdProfile      *profile,
                   GHashTable     *stored,
                   PdUpgradeFacts *facts)
{
  g_autoptr (GPtrArray) old = pd_upgrade_list_old_fields ();

  facts->generation = pd_profile_get_generation (profile);
  facts->notice = pd_upgrade_read_notice (pd_profile_get_text (profile, "setup-notice-date"));
  facts->token = pd_upgrade_get_presence (profile, TOKEN, stored);
  facts->old_values = PD_PRESENCE_NO;
  for (guint i = 0; i < old->len; i++)
    facts->old_values = combine (facts->old_values,
                                 pd_upgrade_get_presence (profile, ((const PdField *) g_ptr_array_index (old, i))->id, stored));
}

/* Which pattern of FAQ 8214 it is; a shop that has nothing to upgrade has one too, and no use for it. */
const PdUpgradePattern *
pd_upgrade_get_pattern (const PdUpgradeFacts *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    if (patterns[i].token & facts->token)
      return &patterns[i];
  }
  g_return_val_if_reached (NULL);
}

/**
 * pd_upgrade_list_steps:
 * @facts: what is known
 *
 * Returns: (transfer container) (element-type PdUpgradeStep): the steps of a shop that has not been upgraded, in order
 */
GPtrArray *
pd_upgrade_list_steps (const PdUpgradeFacts *facts)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (steps[i].tokens & facts->token)
      g_ptr_array_add (list, (gpointer) &steps[i]);
  }
  return list;
}

/**
 * pd_upgrade_list_contradictions:
 * @facts: what is known
 *
 * Returns: (transfer container) (element-type PdContradiction): what cannot be, or hardly, the certain ones first
 */
GPtrArray *
pd_upgrade_list_contradictions (const PdUpgradeFacts *facts)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (contradictions); i++) {
    const PdContradiction *row = &contradictions[i];

    if ((row->generations & facts->generation) && (row->notices & facts->notice) && (row->tokens & facts->token) &&
        (row->old_values & facts->old_values))
      g_ptr_array_add (list, (gpointer) row);
  }
  return list;
}

static GPtrArray *
list_fields (guint required,
             guint without)
{
  GPtrArray            *list = g_ptr_array_new ();
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if ((fields[i]->required_generations & required) && !(fields[i]->generations & without))
      g_ptr_array_add (list, (gpointer) fields[i]);
  }
  return list;
}

/**
 * pd_upgrade_list_old_fields:
 *
 * Returns: (transfer container) (element-type PdField): what becomes unused by the upgrade (S032–S034, S050–S053)
 */
GPtrArray *
pd_upgrade_list_old_fields (void)
{
  return list_fields (PD_GENERATION_BEFORE_UPGRADE, PD_GENERATION_V2);
}

/**
 * pd_upgrade_list_needed_fields:
 *
 * Returns: (transfer container) (element-type PdField): what an upgraded shop cannot do without (S029–S031)
 */
GPtrArray *
pd_upgrade_list_needed_fields (void)
{
  return list_fields (PD_GENERATION_AFTER_UPGRADE, 0);
}

const PdUpgradeChange *
pd_upgrade_get_changes (guint *n_changes)
{
  *n_changes = G_N_ELEMENTS (changes);
  return changes;
}

/* (transfer none): where the shop stands, translated. */
const char *
pd_upgrade_describe_standing (const PdUpgradeFacts *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++) {
    if ((standings[i].generations & facts->generation) && (standings[i].notices & facts->notice))
      return _(standings[i].text);
  }
  g_return_val_if_reached ("");
}

/* (transfer none) (nullable): what the deadline means for a shop that has still to be upgraded, translated (S024, S025, S123). */
const char *
pd_upgrade_describe_deadline (const PdUpgradeFacts *facts)
{
  if (facts->generation != PD_GENERATION_BEFORE_UPGRADE)
    return NULL;
  return _("The deadline was spring 2021 and has passed: since then futureshop sets Amazon Pay to “利用しない”, and shoppers cannot use it "
           "until the shop is upgraded and it is switched on again. Waiting changes nothing.");
}
