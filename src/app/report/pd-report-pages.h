/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <pango/pangocairo.h>

#include "pd-report.h"

G_BEGIN_DECLS

/* A4 in points. */
#define PD_REPORT_PAGES_WIDTH  595.276
#define PD_REPORT_PAGES_HEIGHT 841.890

/* A report set on pages of A4: for a printer, or as PDF. To be made, drawn and freed in one thread. */
typedef struct _PdReportPages PdReportPages;

PdReportPages *pd_report_pages_new    (const PdReport *report);
void           pd_report_pages_free   (PdReportPages *self);
guint          pd_report_pages_count  (const PdReportPages *self);
void           pd_report_pages_draw   (const PdReportPages *self, cairo_t *cr, guint page);
GBytes        *pd_report_pages_to_pdf (const PdReportPages *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdReportPages, pd_report_pages_free)

G_END_DECLS
