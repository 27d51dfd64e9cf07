/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-application.h"
#include "pd-explain-page.h"
#include "pd-signature-page.h"
#include "pd-shop-list.h"
#include "pd-shop-page.h"

G_BEGIN_DECLS

#define PD_TYPE_WINDOW (pd_window_get_type ())

G_DECLARE_FINAL_TYPE (PdWindow, pd_window, PD, WINDOW, AdwApplicationWindow)

PdWindow   *pd_window_new         (PdApplication *application);
void        pd_window_add_accels  (GtkApplication *application);
void        pd_window_shops_ready (PdWindow *self);
gboolean    pd_window_is_ready    (PdWindow *self);
void        pd_window_say         (PdWindow *self, const char *text);
void        pd_window_open_shop   (PdWindow *self, PdProfile *profile);
void        pd_window_export      (PdWindow *self, GFile *file, GPtrArray *profiles);
void        pd_window_import      (PdWindow *self, GBytes *document);
void        pd_window_import_file (PdWindow *self, GFile *file);
PdShopPage *pd_window_get_page    (PdWindow *self);
PdShopList *pd_window_get_list    (PdWindow *self);
PdTester   *pd_window_get_tester  (PdWindow *self);
PdExplainPage *pd_window_get_explain (PdWindow *self);
PdSignaturePage *pd_window_get_signature (PdWindow *self);

G_END_DECLS
