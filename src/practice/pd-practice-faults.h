/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

#include "pd-practice-certificate.h"

G_BEGIN_DECLS

/* One row of API v2's "Manage errors": which status comes with which code. */
typedef struct {
  const char *code;
  guint       status;
  const char *message; /* what is said where nothing more exact is known */
} PdPracticeReason;

/* What a fault does, by the place where it strikes. */
typedef enum {
  PD_PRACTICE_FAULT_NONE,
  PD_PRACTICE_FAULT_KEY_ID,      /* no key id is known */
  PD_PRACTICE_FAULT_CLOCK,       /* the caller's clock is ahead of the server's */
  PD_PRACTICE_FAULT_SIGNATURE,   /* no signature verifies */
  PD_PRACTICE_FAULT_STORE,       /* no Store ID is known */
  PD_PRACTICE_FAULT_REASON,      /* API v2 answers every call with one code */
  PD_PRACTICE_FAULT_SLOW,
  PD_PRACTICE_FAULT_GARBAGE,
  PD_PRACTICE_FAULT_HTML,
  PD_PRACTICE_FAULT_CUT,
  PD_PRACTICE_FAULT_REDIRECT,
  PD_PRACTICE_FAULT_HUGE,
  PD_PRACTICE_FAULT_CERTIFICATE,
  PD_PRACTICE_FAULT_MWS,         /* the legacy service answers every call with one of its codes */
  PD_PRACTICE_FAULT_LOGIN,       /* the code exchange does */
  PD_PRACTICE_FAULT_PAGE,        /* the shop's own pages are not as they should be */
} PdPracticeFaultKind;

/* What is wrong with a page. */
typedef enum {
  PD_PRACTICE_PAGE_FAULT_NONE,
  PD_PRACTICE_PAGE_FAULT_NOT_FOUND,
  PD_PRACTICE_PAGE_FAULT_PASSWORD,
  PD_PRACTICE_PAGE_FAULT_ELSEWHERE, /* leads to another site */
  PD_PRACTICE_PAGE_FAULT_HTTP,      /* leads to where nothing is encrypted */
  PD_PRACTICE_PAGE_FAULT_CIRCLE,
  PD_PRACTICE_PAGE_FAULT_OTHER,     /* something else than a privacy policy */
  PD_PRACTICE_PAGE_FAULT_PACKED,    /* compressed, though nobody asked for that */
} PdPracticePageFault;

typedef struct {
  const char             *name;
  PdPracticeFaultKind     kind;
  const PdPracticeReason *reason;      /* for _REASON */
  gboolean                every_path;  /* strikes the authorisation page as well */
  PdPracticeLeaf          leaf;        /* for _CERTIFICATE */
  PdPracticePageFault     page;        /* for _PAGE */
} PdPracticeFault;

#define PD_PRACTICE_CLOCK_OFFSET (60 * 60) /* seconds, for _CLOCK */

const PdPracticeReason *pd_practice_reason_find (const char *code);
const PdPracticeReason *pd_practice_reasons     (guint *n_reasons);
/* The answers of the legacy service and of the code exchange. An id is the code, or a code with the case it is said in. */
const PdPracticeReason *pd_practice_mws_reason_find   (const char *id);
const PdPracticeReason *pd_practice_login_reason_find (const char *id);

gboolean                pd_practice_fault_find  (const char *name, PdPracticeFault *fault);
const char *const      *pd_practice_faults      (void);

G_END_DECLS
