/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pd-desk.h"

G_BEGIN_DECLS

/* The exit statuses of the contract. */
typedef enum {
  PD_CTL_DONE = 0,
  PD_CTL_FAILED = 1, /* a finding failed, or a verification said no */
  PD_CTL_USAGE = 2,  /* wrong usage, or no such profile, field or file */
  PD_CTL_UNDONE = 3, /* could not be judged or done */
} PdCtlStatus;

/* What every verb works with. */
typedef struct {
  PdStore   *store;
  PdSecrets *secrets;
  PdDesk    *desk;
} PdCtl;

/* One verb: a row of the table in main.c. */
typedef struct {
  const char  *name;
  const char  *operands; /* as shown in the help */
  const char  *summary;  /* translatable */
  const GOptionEntry *options;
  int          min_operands;
  int          max_operands; /* -1: any number */
  gboolean     needs_store;
  PdCtlStatus (*run) (PdCtl *ctl, char **operands);
} PdCtlVerb;

extern const PdCtlVerb pd_ctl_list, pd_ctl_new, pd_ctl_show, pd_ctl_set, pd_ctl_set_secret, pd_ctl_unset, pd_ctl_import,
  pd_ctl_export, pd_ctl_duplicate, pd_ctl_delete, pd_ctl_check, pd_ctl_practice, pd_ctl_doctor;

/* Output: what people read goes through these, so that a full disk or a closed pipe is noticed. */
void           pd_ctl_out           (const char *format, ...) G_GNUC_PRINTF (1, 2);
void           pd_ctl_out_json      (JsonNode *node);
void           pd_ctl_say           (const char *format, ...) G_GNUC_PRINTF (1, 2); /* standard error */
gboolean       pd_ctl_flush         (void);

PdCtlStatus    pd_ctl_fail          (const GError *error);
PdCtlStatus    pd_ctl_usage         (const char *format, ...) G_GNUC_PRINTF (1, 2);

PdProfile     *pd_ctl_find_profile  (PdCtl *ctl, const char *id_or_name, PdCtlStatus *status);
const PdField *pd_ctl_find_field    (const char *id, PdCtlStatus *status);

/* Waiting for an asynchronous call: pass pd_ctl_keep and &result, then pd_ctl_wait (&result). */
void           pd_ctl_keep          (GObject *source, GAsyncResult *result, gpointer slot);
void           pd_ctl_wait          (GAsyncResult **slot);

/* FILE, or standard input for "-". */
GBytes        *pd_ctl_read_file     (const char *file, gsize limit, GError **error);
gboolean       pd_ctl_write_file    (const char *file, GBytes *content, GError **error);
GHashTable    *pd_ctl_fetch_secrets (PdCtl *ctl, PdProfile *profile, GError **error);

void           pd_ctl_json_string   (JsonBuilder *builder, const char *name, const char *value);
void           pd_ctl_json_profile  (JsonBuilder *builder, PdProfile *profile);

G_END_DECLS
