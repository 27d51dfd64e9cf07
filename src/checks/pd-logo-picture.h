/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

#include "pd-logo-facts.h"

G_BEGIN_DECLS

/**
 * PdLogoPicture:
 * @width: 150, or 300 at scale 2
 * @height: 50, or 100
 * @place: where the picture lies in it; beside that it is transparent
 * @pixels: RGBA, row by row, alpha not multiplied in
 * @png: the same as a file
 *
 * A logo as shoppers see it (S077). Immutable.
 */
typedef struct {
  guint        width;
  guint        height;
  PdLogoPlace  place;
  GBytes      *pixels;
  GBytes      *png;
} PdLogoPicture;

PdLogoPicture *pd_logo_picture_ref           (PdLogoPicture *self);
void           pd_logo_picture_unref         (PdLogoPicture *self);

/* Decodes in paydesk-logo, a process of its own that is stopped when it takes too long or says too much. Fails with PD_ERROR_BAD_INPUT
 * (damaged), PD_ERROR_TOO_LARGE, PD_ERROR_NOT_FOUND (no such program, or no decoder), PD_ERROR_TIMEOUT, PD_ERROR_GARBAGE (it crashed,
 * or answered nonsense), G_IO_ERROR_CANCELLED. */
void           pd_logo_picture_render_async  (GBytes *content, guint scale, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
PdLogoPicture *pd_logo_picture_render_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdLogoPicture, pd_logo_picture_unref)

G_END_DECLS
