/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PD_TYPE_TEXT_CARD (pd_text_card_get_type ())

G_DECLARE_FINAL_TYPE (PdTextCard, pd_text_card, PD, TEXT_CARD, AdwBin)

void  pd_text_card_set_name (PdTextCard *self, const char *name, const char *placeholder);
char *pd_text_card_dup_text (PdTextCard *self);
void  pd_text_card_set_text (PdTextCard *self, const char *text);
void  pd_text_card_focus    (PdTextCard *self);

G_END_DECLS
