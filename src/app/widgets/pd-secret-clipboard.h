/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

#define PD_SECRET_CLIPBOARD_SECONDS 45

void     pd_secret_clipboard_copy    (GdkClipboard *clipboard, PdSecretText *secret, guint seconds);
void     pd_secret_clipboard_clear   (void);
gboolean pd_secret_clipboard_is_ours (void);

G_END_DECLS
