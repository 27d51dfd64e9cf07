/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-shop.h"

G_BEGIN_DECLS

#define PD_TYPE_REPORT_DIALOG (pd_report_dialog_get_type ())

G_DECLARE_FINAL_TYPE (PdReportDialog, pd_report_dialog, PD, REPORT_DIALOG, AdwWindow)

/* The values are the positions in the dialog's list. */
typedef enum {
  PD_REPORT_AS_HTML,
  PD_REPORT_AS_MARKDOWN,
  PD_REPORT_AS_PDF,
} PdReportFormat;

PdReportDialog *pd_report_dialog_present  (GtkWindow *parent, PdShop *shop);
void            pd_report_dialog_choose   (PdReportDialog *self, const char *language, PdReportFormat format);
void            pd_report_dialog_save_to  (PdReportDialog *self, GFile *file);

G_END_DECLS
