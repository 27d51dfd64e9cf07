/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-client.h"
#include "pd-connection.h"

G_BEGIN_DECLS

#define PD_VISIT_MAX_HOPS 5

/* Which redirects are followed; never one from https to http, nor more than five. */
typedef enum {
  PD_VISIT_NONE,
  PD_VISIT_SAME_ORIGIN,
  PD_VISIT_ANYWHERE,
} PdVisitFollow;

/* How a visit ended. */
typedef enum {
  PD_VISIT_ANSWERED,        /* the answer's status says more */
  PD_VISIT_NOT_HERE,        /* neither practice nor the rehearsal's file knows that host */
  PD_VISIT_UNKNOWN_NAME,    /* there is no such host, though other names are found */
  PD_VISIT_NO_NAMES,        /* no name can be looked up */
  PD_VISIT_PRIVATE,         /* the name leads to an address that nobody outside can reach; it was not connected to */
  PD_VISIT_REFUSED,
  PD_VISIT_NO_WAY,          /* no route, or a proxy that refuses */
  PD_VISIT_TIMEOUT,
  PD_VISIT_EXPIRED,         /* the certificate, and so on */
  PD_VISIT_NOT_YET_VALID,
  PD_VISIT_WRONG_HOST,
  PD_VISIT_SELF_SIGNED,
  PD_VISIT_INCOMPLETE_CHAIN,
  PD_VISIT_UNTRUSTED,
  PD_VISIT_BAD_CERTIFICATE,
  PD_VISIT_OLD_TLS,
  PD_VISIT_NO_TLS,
  PD_VISIT_TOO_LARGE,
  PD_VISIT_BROKEN_OFF,
  PD_VISIT_REDIRECTED,      /* to an address that was not to be followed */
  PD_VISIT_TO_HTTP,
  PD_VISIT_ASTRAY,          /* redirected to what is no web address */
  PD_VISIT_IN_CIRCLES,
  PD_VISIT_CANCELLED,
} PdVisitEnd;

#define PD_VISIT_N_ENDS (PD_VISIT_CANCELLED + 1)

/**
 * PdVisit:
 * @end: how it ended
 * @url: the address asked at last
 * @hops: (element-type utf8): every address that was asked after the first
 * @target: (nullable): where the last answer points to, where that was not followed
 * @address: (nullable): the private address that a name leads to
 * @response: (nullable): the last answer
 * @connection: (nullable): the way to it, or as far as it went
 * @error: (nullable): what went wrong on the way, in the words of an operator
 *
 * What became of a GET of one page of the shop's own.
 */
typedef struct {
  PdVisitEnd    end;
  char         *url;
  GPtrArray    *hops;
  char         *target;
  char         *address;
  PdResponse   *response;
  PdConnection *connection;
  GError       *error;
} PdVisit;

void     pd_visit_free     (PdVisit *self);

void     pd_visit_async    (PdClient *client, PdEnvironment environment, const char *url, PdVisitFollow follow, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
PdVisit *pd_visit_finish   (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdVisit, pd_visit_free)

G_END_DECLS
