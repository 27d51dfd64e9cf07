/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PdError:
 * @PD_ERROR_BAD_INPUT: what was given cannot be used (a file, a pasted text, a value)
 * @PD_ERROR_BAD_KEY: not a usable RSA private key
 * @PD_ERROR_NOT_FOUND: no such profile, field, item or file
 * @PD_ERROR_AMBIGUOUS: a name that more than one profile bears
 * @PD_ERROR_DAMAGED_PROFILE: what is on disk cannot be read whole
 * @PD_ERROR_NEWER_FORMAT: written by a later Paydesk; left untouched
 * @PD_ERROR_CONFLICT: the same field was changed here and elsewhere
 * @PD_ERROR_STORAGE: the disk refused (full, read-only, permission)
 * @PD_ERROR_KEYRING_LOCKED: the person must unlock the keyring
 * @PD_ERROR_KEYRING_ABSENT: there is no Secret Service to ask
 * @PD_ERROR_KEYRING_DENIED: the person or the service said no
 * @PD_ERROR_KEYRING_FAILED: the service misbehaved or went away mid-call
 * @PD_ERROR_OFFLINE: the name was not found, or nothing answered there
 * @PD_ERROR_TLS: no trustworthy encrypted connection
 * @PD_ERROR_TIMEOUT: the answer did not come in time
 * @PD_ERROR_TOO_LARGE: the answer went past a limit
 * @PD_ERROR_GARBAGE: an answer that cannot be understood
 * @PD_ERROR_NOT_ALLOWED: Paydesk itself refuses to do this (a host off the list, a redirect)
 *
 * One value for each thing that a caller would do differently. The message is
 * a translated sentence for an operator, with the next step in it.
 */
typedef enum {
  PD_ERROR_BAD_INPUT,
  PD_ERROR_BAD_KEY,
  PD_ERROR_NOT_FOUND,
  PD_ERROR_AMBIGUOUS,
  PD_ERROR_DAMAGED_PROFILE,
  PD_ERROR_NEWER_FORMAT,
  PD_ERROR_CONFLICT,
  PD_ERROR_STORAGE,
  PD_ERROR_KEYRING_LOCKED,
  PD_ERROR_KEYRING_ABSENT,
  PD_ERROR_KEYRING_DENIED,
  PD_ERROR_KEYRING_FAILED,
  PD_ERROR_OFFLINE,
  PD_ERROR_TLS,
  PD_ERROR_TIMEOUT,
  PD_ERROR_TOO_LARGE,
  PD_ERROR_GARBAGE,
  PD_ERROR_NOT_ALLOWED,
} PdError;

#define PD_ERROR (pd_error_quark ())

GQuark pd_error_quark (void);

G_END_DECLS
