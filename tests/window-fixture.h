/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-fields-view.h"
#include "pd-window.h"

G_BEGIN_DECLS

/* A window of its own application and data folder, with one shop open. */
typedef struct _Fixture Fixture;

struct _Fixture
{
  void        (* body) (Fixture *self);
  char          *dir;
  PdApplication *application;
  PdWindow      *window; /* unowned */
  PdDesk        *desk;   /* unowned */
  PdProfile     *profile;
};

void        window_fixture_run              (gconstpointer body);
PdStore    *window_fixture_get_store        (Fixture *self);
char       *window_fixture_read             (Fixture *self);
void        window_fixture_save             (Fixture *self);

GtkWidget  *window_fixture_row              (Fixture *self, const char *field_id);
char       *window_fixture_note             (GtkWidget *row);
GtkWidget  *window_fixture_find             (GtkWidget *widget, GType type, const char *label);
gboolean    window_fixture_shows            (GtkWidget *widget, const char *text);
gboolean    window_fixture_is_shown         (Fixture *self, const char *text);
void        window_fixture_press            (GtkWidget *root, const char *label);
void        window_fixture_act              (Fixture *self, const char *action);
void        window_fixture_answer           (Fixture *self, const char *response);
void        window_fixture_type             (GtkWidget *row, const char *text);
const char *window_fixture_get_text         (GtkWidget *row);
void        window_fixture_paste            (GtkWidget *row, const char *text);
GtkWidget  *window_fixture_open_entry       (GtkWidget *row);
void        window_fixture_enter_secret     (GtkWidget *row, const char *text);
void        window_fixture_use_built_helper (void);
void        window_fixture_settle           (void);
gboolean    window_fixture_is_gone          (gpointer weak);
GtkWindow  *window_fixture_dialog           (Fixture *self);

G_END_DECLS
