/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-disk.h"
#include "pd-pack.h"
#include "pd-profile.h"
#include "pd-skim.h"

G_BEGIN_DECLS

/* The folders below the data folder. */
#define PD_SHELF_PROFILES "profiles"
#define PD_SHELF_TRASH    "trash"
#define PD_SHELF_FILE     "profile.json"

/* What the store does on the disk: no state, no main loop, safe from any thread. */

/* A UUID as text. */
#define PD_SHELF_ID_SIZE 37

/* One profile's folder, as it was found. Of a file that can be used there is its content, packed or not, or, where it had to be parsed,
 * its profile. */
typedef struct {
  char       id[PD_SHELF_ID_SIZE];
  PdStamp    stamp;
  GBytes    *content;
  PdSkim     skim;      /* of the content */
  PdProfile *profile;   /* see pd_shelf_entry_get_profile() */
  PdPack    *pack;      /* has the content and the name, */
  guint      packed;    /* under this number */
  char      *path;      /* of a file that cannot be used */
  GError    *why;       /* what is wrong with that */
  PdProfile *salvaged;  /* what could be read of it */
  gboolean   moved;     /* it was moved aside just now */
} PdShelfEntry;

/* Whether a profile's file is as the process knows it that looks again. Asked in the thread that looks. */
typedef gboolean (*PdShelfKnownFunc) (const char *id, const PdStamp *stamp, gpointer data);

/* One write, on its way from snapshot to outcome. */
typedef struct {
  char      *dir;
  char      *id;
  JsonNode  *base;      /* what this process began with; NULL for a new profile */
  JsonNode  *mine;
  gboolean   ask;       /* conflicts are kept aside, instead of refusing to write */
  gboolean   revive;    /* a profile that was deleted elsewhere is written again */

  JsonNode  *written;   /* what the disk holds now; NULL with an error */
  GPtrArray *conflicts; /* fields in which the disk's value stands against mine */
  PdStamp    stamp;
  char      *set_aside; /* path of a damaged file that stood in the way */
  GError    *error;
} PdShelfWrite;

GArray       *pd_shelf_scan        (const char *dir, GCancellable *cancellable, GError **error);
GArray       *pd_shelf_scan_again  (const char *dir, PdShelfKnownFunc known, gpointer data, GCancellable *cancellable, GError **error);
GArray       *pd_shelf_scan_aside  (const char *dir, GCancellable *cancellable, GError **error);
void          pd_shelf_write       (PdShelfWrite *write);
PdShelfWrite *pd_shelf_write_new   (const char *dir, JsonNode *base, JsonNode *mine);
void          pd_shelf_write_free  (PdShelfWrite *write);
void          pd_shelf_entry_free  (PdShelfEntry *entry);
gboolean      pd_shelf_entry_is_sound (const PdShelfEntry *entry);
PdProfile    *pd_shelf_entry_get_profile (PdShelfEntry *entry);

gboolean      pd_shelf_remove      (const char *dir, const char *id, GError **error);
gboolean      pd_shelf_restore     (const char *dir, const char *id, GError **error);
gboolean      pd_shelf_purge       (const char *dir, const char *id, GError **error);
char        **pd_shelf_list_trash  (const char *dir);
gboolean      pd_shelf_drop_aside  (const char *dir, const char *id, const char *path, GError **error);
gboolean      pd_shelf_is_taken    (const char *dir, const char *id);
PdShelfEntry *pd_shelf_read        (const char *dir, const char *id, GError **error);

gboolean      pd_shelf_is_file_name (const char *name);
char         *pd_shelf_keep_file   (const char *dir, const char *id, const char *stem, const char *suffix, GBytes *content, GError **error);
GBytes       *pd_shelf_read_file   (const char *dir, const char *id, const char *name, GError **error);
char         *pd_shelf_get_file    (const char *dir, const char *id, const char *name);
guint         pd_shelf_drop_unused (const char *dir, const char *id, const char *stem, const char *const *keep, gint64 before);

/* A picture that was made of another has its name, and this behind it. */
#define PD_SHELF_FITTED "-fitted"
char         *pd_shelf_get_original_name (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdShelfWrite, pd_shelf_write_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdShelfEntry, pd_shelf_entry_free)

G_END_DECLS
