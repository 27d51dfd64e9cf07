/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GAsyncReadyCallback that keeps the result, and a wait for it that turns the main loop. */
void pd_test_keep (GObject *source, GAsyncResult *result, gpointer slot);
void pd_test_wait (GAsyncResult **slot);

/* Turns the main loop until `condition` holds; fails the test when it never does. */
void pd_test_until (gboolean (*condition) (gpointer data), gpointer data);

/* Runs a program to its end and returns its exit status; output may be NULL. */
int  pd_test_run (const char *const *argv, char **output);

/* A connection of its own to the session's bus, and one that answers there, under a well-known name, for the first interface of an introspection. */
GDBusConnection *pd_test_connect_bus (void);
GDBusConnection *pd_test_serve (const char *name, const char *path, const char *introspection, const GDBusInterfaceVTable *vtable, gpointer data);
void             pd_test_own_name (GDBusConnection *connection, const char *name);

G_END_DECLS
