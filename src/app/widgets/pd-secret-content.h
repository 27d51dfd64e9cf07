/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gtk/gtk.h>

#include "pd-secret-text.h"

G_BEGIN_DECLS

#define PD_TYPE_SECRET_CONTENT (pd_secret_content_get_type ())

G_DECLARE_FINAL_TYPE (PdSecretContent, pd_secret_content, PD, SECRET_CONTENT, GdkContentProvider)

GdkContentProvider *pd_secret_content_new (PdSecretText *secret);

G_END_DECLS
