/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#pragma once

#include "pd-shelf.h"
#include "pd-store.h"

G_BEGIN_DECLS

/* A write in a worker thread. Whoever cannot wait for the main loop may wait for `done` instead. */
typedef struct {
  PdShelfWrite *write;
  GPtrArray    *tasks;     /* of GTask that it answers */
  GMutex        mutex;
  GCond         cond;
  gboolean      done;      /* under the mutex */
  gboolean      taken_in;  /* main thread: the outcome has been dealt with */
} PdStoreJob;

/* Of a profile that has been opened. */
typedef struct {
  gulong      changed;     /* signal handlers */
  gulong      restoring;
  guint       timer;       /* of autosave */
  gint64      dirty_since;
  PdStoreJob *job;         /* in flight */
  GPtrArray  *waiting;     /* of GTask, for the write after that */
  GHashTable *held;        /* ids of fields in conflict, which are not saved until that is resolved */
} PdStoreSaving;

/* What the store knows of one of its profiles. There may be thousands, of which few are ever opened. */
typedef struct {
  char           id[PD_SHELF_ID_SIZE]; /* first: as key and value are one pointer, the table of them has one array less */
  guint8         mode;     /* where it is packed: as PdSkim has it */
  guint8         generation;
  guint8         environment;
  PdStore       *store;    /* not owned */
  PdProfile     *profile;  /* pd_store_open_record() */
  PdStoreSaving *saving;   /* with the profile */
  PdPack        *pack;     /* until then: has the file's content and the name in it, */
  guint          packed;   /* under this number */
  guint          seen;     /* by which scan it was last found as it was; under the store's lock */
  guint          stamped;  /* how many scans had begun when it got its stamp */
  PdStamp        stamp;    /* of the file last read or written; changed under the lock, pd_store_set_stamp() */
} PdStoreRecord;

struct _PdStore
{
  GObject       parent_instance;
  char         *dir;
  GPtrArray    *records;    /* of PdStoreRecord, in the list's order */
  GHashTable   *by_id;      /* id → PdStoreRecord; changed under the lock */
  GMutex        lock;       /* for a scan's thread, which looks records up */
  GHashTable   *removed;    /* id → PdProfile that can be restored with its undo steps */
  GListStore   *set_aside;
  gboolean      autosave;
  gboolean      watching;
  GFileMonitor *monitor;
  guint         aside_source;
  guint         rescan_timer;
  guint         rescan_soon;
  gboolean      rescanning;
  guint         n_scans;    /* that have begun */
  gboolean      rescan_again;
  GQueue        imports;     /* of GTask; the first is under way */
  GCancellable *cancellable; /* ends what is under way with the store */
};

enum {
  PD_STORE_CONFLICT,
  PD_STORE_DAMAGED,
  PD_STORE_SAVED,
  PD_STORE_SAVE_FAILED,
  PD_STORE_RESTORE_SECRET,
  PD_STORE_N_SIGNALS
};

extern guint pd_store_signals[PD_STORE_N_SIGNALS];

/* pd-store.c */
void           pd_store_take_in        (PdStore *self, GArray *entries);
PdStoreRecord *pd_store_get_record     (PdStore *self, PdProfile *profile);
PdStoreRecord *pd_store_lookup         (PdStore *self, const char *id);
PdStoreRecord *pd_store_insert         (PdStore *self, PdProfile *profile, const PdStamp *stamp);
void           pd_store_take_out       (PdStore *self, PdStoreRecord *record);
void           pd_store_sort_again     (PdStoreRecord *record);
void           pd_store_note_set_aside (PdStore *self, const char *id, const char *path, const GError *why, PdProfile *salvaged,
                                        gboolean is_new);

/* pd-store-record.c */
PdStoreRecord *pd_store_record_new        (PdStore *self, const char *id, const PdStamp *stamp);
PdStoreRecord *pd_store_record_new_read   (PdStore *self, PdShelfEntry *entry);
PdStoreRecord *pd_store_record_new_opened (PdStore *self, PdProfile *profile, const PdStamp *stamp);
void           pd_store_record_free       (PdStoreRecord *record);
void           pd_store_record_open       (PdStoreRecord *record, PdProfile *profile);
PdProfile     *pd_store_open_record       (PdStoreRecord *record);
gboolean       pd_store_is_changed        (PdStoreRecord *record);
const char    *pd_store_get_name          (PdStoreRecord *record);
void           pd_store_set_stamp         (PdStoreRecord *record, const PdStamp *stamp);

/* pd-store-order.c */
guint          pd_store_find_position (GPtrArray *records, PdStoreRecord *record);
void           pd_store_sort          (GPtrArray *records);

/* pd-store-save.c */
void           pd_store_schedule       (PdStoreRecord *record);
gboolean       pd_store_write_now      (PdStoreRecord *record, GError **error);
PdStoreJob    *pd_store_get_job        (PdStoreRecord *record);
void           pd_store_wait           (PdStoreRecord *record);
void           pd_store_absorb         (PdStoreRecord *record, JsonNode *base, JsonNode *theirs, const PdStamp *stamp);

/* pd-store-watch.c */
void           pd_store_stop_watching  (PdStore *self);

G_END_DECLS
