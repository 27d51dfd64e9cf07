/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The exit statuses of the contract. */
typedef enum {
  PD_CTL_DONE = 0,
  PD_CTL_FAILED = 1, /* a finding failed, or a verification said no */
  PD_CTL_USAGE = 2,  /* wrong usage, or no such profile, field or file */
  PD_CTL_UNDONE = 3, /* could not be judged or done */
} PdCtlStatus;

/* What a text is to a person; shown as a colour, on a terminal only. */
typedef enum {
  PD_CTL_PLAIN,
  PD_CTL_BOLD,
  PD_CTL_DIM,
  PD_CTL_GOOD,
  PD_CTL_ODD,
  PD_CTL_BAD,
  PD_CTL_UNSURE,
} PdCtlStyle;

/* Standard output carries what was asked for, and nothing else; it is flushed, and that is verified, at the end. */
void        pd_ctl_out          (const char *format, ...) G_GNUC_PRINTF (1, 2);
void        pd_ctl_out_styled   (PdCtlStyle style, const char *text);
void        pd_ctl_out_padded   (const char *text, guint width);
void        pd_ctl_out_wrapped  (const char *text, guint indent);
void        pd_ctl_out_json     (JsonNode *node);
gboolean    pd_ctl_flush        (void);
guint       pd_ctl_get_width    (const char *text);

/* Standard error: everything else. */
void        pd_ctl_say          (const char *format, ...) G_GNUC_PRINTF (1, 2);
void        pd_ctl_progress     (const char *text);
PdCtlStatus pd_ctl_usage        (const char *format, ...) G_GNUC_PRINTF (1, 2);
PdCtlStatus pd_ctl_fail         (const GError *error);

/* Members of an open object. */
void        pd_ctl_json_string  (JsonBuilder *builder, const char *member, const char *value);
void        pd_ctl_json_boolean (JsonBuilder *builder, const char *member, gboolean value);
void        pd_ctl_json_strings (JsonBuilder *builder, const char *member, const char *const *values);

G_END_DECLS
