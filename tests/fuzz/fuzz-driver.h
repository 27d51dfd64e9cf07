/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* What a target has to offer; libFuzzer or fuzz-driver.c calls it. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
