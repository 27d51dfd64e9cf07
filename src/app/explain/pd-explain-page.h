/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

#include "pd-explain.h"

G_BEGIN_DECLS

#define PD_TYPE_EXPLAIN_PAGE (pd_explain_page_get_type ())

G_DECLARE_FINAL_TYPE (PdExplainPage, pd_explain_page, PD, EXPLAIN_PAGE, AdwBin)

void     pd_explain_page_set_profile (PdExplainPage *self, PdProfile *profile);
void     pd_explain_page_set_text    (PdExplainPage *self, const char *text);
void     pd_explain_page_show_cause  (PdExplainPage *self, const char *cause_id, const char *text);
void     pd_explain_page_focus       (PdExplainPage *self);
gboolean pd_explain_page_is_busy     (PdExplainPage *self);

G_END_DECLS
