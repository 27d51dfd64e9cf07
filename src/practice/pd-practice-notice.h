/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is wrong with a sample. */
typedef enum {
  PD_PRACTICE_FLAW_NONE,
  PD_PRACTICE_FLAW_FORGED,          /* signed by somebody else */
  PD_PRACTICE_FLAW_ALTERED,         /* changed after it was signed */
  PD_PRACTICE_FLAW_CERTIFICATE_URL, /* another's certificate */
  PD_PRACTICE_FLAW_EXPIRED,         /* made after the certificate ended */
  PD_PRACTICE_FLAW_VERSION,         /* a way of signing that does not exist */
  PD_PRACTICE_FLAW_NO_SIGNATURE,
  PD_PRACTICE_FLAW_TOPIC,           /* the header names another topic */
  PD_PRACTICE_FLAW_KIND,            /* the header names another kind */
  PD_PRACTICE_FLAW_TWO_NAMES,       /* the shop stands there twice, and differently */
  PD_PRACTICE_FLAW_CUT,             /* the body ends in the middle */
  PD_PRACTICE_FLAW_OTHER_SHOP,      /* genuine, and not for this shop */
} PdPracticeFlaw;

/**
 * PdPracticeSample:
 * @id: its name
 * @title: translatable
 * @kind: the envelope's Type
 * @version: the SignatureVersion
 * @notification_type: (nullable): of a message
 * @object_type: (nullable): of a message of API v2
 * @data: (nullable): the XML of a legacy message
 * @flaw: what is wrong with it
 * @fault: (nullable): why it has to be refused, as `paydeskctl notification` says it
 *
 * One message of the practice endpoint: a row of pd_practice_samples().
 */
typedef struct {
  const char     *id;
  const char     *title;
  const char     *kind;
  const char     *version;
  const char     *notification_type;
  const char     *object_type;
  const char     *data;
  PdPracticeFlaw  flaw;
  const char     *fault;
} PdPracticeSample;

const PdPracticeSample *pd_practice_samples        (guint *n_samples);
const PdPracticeSample *pd_practice_sample_lookup  (const char *id);
/* (transfer full): the Message of such a sample, for that shop. */
char                   *pd_practice_sample_message (const PdPracticeSample *sample, const char *merchant_id);

/* A notification as it travels: SNS's headers, and the body; and whether a receiver must refuse it. */
typedef struct {
  char     *kind;
  char     *message_id;
  char     *topic;
  char     *body;
  gboolean  is_bad;
} PdPracticeNotice;

PdPracticeNotice *pd_practice_notice_copy    (const PdPracticeNotice *self);
void              pd_practice_notice_free    (PdPracticeNotice *self);
char             *pd_practice_notice_to_text (const PdPracticeNotice *self); /* a whole request */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdPracticeNotice, pd_practice_notice_free)

G_END_DECLS
