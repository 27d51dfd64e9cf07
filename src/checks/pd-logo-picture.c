/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pd-error.h"
#include "pd-logo-picture-private.h"
#include "pd-logo-wire.h"

#define HELPER_NAME "paydesk-logo"
#define PATIENCE_MS 20000

/* The task's data: one process, and what it has said so far. */
typedef struct {
  GSubprocess  *process;
  GCancellable *inner;      /* ends the reading, on our own account too */
  gulong        cancelled;
  guint         scale;
  GBytes       *content;
  int           input;      /* what the process reads, or -1 */
  guint8       *output;     /* one byte larger than an answer may be */
  gsize         length;
  GSource      *patience;
  gboolean      late;
} Call;

static char *test_helper;
static guint test_patience_ms;

PdLogoPicture *
pd_logo_picture_ref (PdLogoPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
picture_clear (gpointer data)
{
  PdLogoPicture *self = data;

  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_clear_pointer (&self->png, g_bytes_unref);
}

void
pd_logo_picture_unref (PdLogoPicture *self)
{
  g_atomic_rc_box_release_full (self, picture_clear);
}

static void
call_free (Call *call)
{
  g_clear_object (&call->process);
  g_clear_object (&call->inner);
  g_clear_pointer (&call->content, g_bytes_unref);
  if (call->input >= 0)
    close (call->input);
  if (call->patience != NULL)
    g_source_destroy (call->patience);
  g_clear_pointer (&call->patience, g_source_unref);
  g_free (call->output);
  g_free (call);
}

void
pd_logo_picture_set_helper (const char *path,
                            guint       patience_ms)
{
  g_free (test_helper);
  test_helper = g_strdup (path);
  test_patience_ms = patience_ms;
}

/* Beside a build folder's programs lies its own one; installed ones use the system's place. */
static char *
find_helper (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "..", "logo", HELPER_NAME, NULL) : NULL;

  if (test_helper != NULL)
    return g_strdup (test_helper);
  if (built != NULL && (g_str_has_suffix (folder, "/src/ctl") || g_str_has_suffix (folder, "/src/app")))
    return g_steal_pointer (&built);
  return g_build_filename (LIBEXECDIR, HELPER_NAME, NULL);
}

/* The whole file lies ready: no pipe to fill, none that breaks. */
static int
make_input (GBytes  *content,
            GError **error)
{
  gsize       length;
  const char *data = g_bytes_get_data (content, &length);
  int         fd = memfd_create (HELPER_NAME, MFD_CLOEXEC);

  while (fd >= 0 && length > 0) {
    gssize n = write (fd, data, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    data += n;
    length -= (gsize) n;
  }
  if (fd >= 0 && length == 0 && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  g_set_error (error, PD_ERROR, PD_ERROR_STORAGE, _("The picture could not be handed on: %s. Close other programs, and try again."), g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Takes @input. */
static GSubprocess *
start (int      input,
       guint    scale,
       GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char                *helper = find_helper ();
  g_autoptr (GError)              local = NULL;
  const char                     *argv[] = { helper, scale == 2 ? "2" : "1", NULL };
  GSubprocess                    *process;

  g_subprocess_launcher_take_stdin_fd (launcher, input);
  /* A decoder has no business with where things are in the person's home. */
  g_subprocess_launcher_set_cwd (launcher, "/");
  process = g_subprocess_launcher_spawnv (launcher, argv, &local);
  if (process == NULL)
    g_set_error (error, PD_ERROR, PD_ERROR_NOT_FOUND,
                 _("The program that opens pictures (%s) cannot be started: the picture is not shown. Reinstall Paydesk."), HELPER_NAME);
  return process;
}

static gboolean
refuse (GError     **error,
        PdError      code,
        const char  *message)
{
  g_set_error_literal (error, PD_ERROR, code, message);
  return FALSE;
}

/* An exit is the program's word; a signal is a crash, or one of its limits. */
static gboolean
judge_end (Call    *call,
           GError **error)
{
  const char *crashed = _("The program that opens pictures was stopped: the file asks too much of it, or is made to do harm. "
                          "Save the picture again with a graphics program.");

  if (call->late)
    return refuse (error, PD_ERROR_TIMEOUT, _("Opening the picture took too long and was stopped. Save it again with a graphics program, smaller."));
  if (call->length > PD_LOGO_WIRE_MAX_OUTPUT)
    return refuse (error, PD_ERROR_GARBAGE, _("The program that opens pictures gave no proper answer. Reinstall Paydesk."));
  if (!g_subprocess_get_if_exited (call->process))
    return refuse (error, PD_ERROR_GARBAGE, crashed);
  switch (g_subprocess_get_exit_status (call->process)) {
    case PD_LOGO_WIRE_DONE:
      return TRUE;
    case PD_LOGO_WIRE_DAMAGED:
      return refuse (error, PD_ERROR_BAD_INPUT, _("The picture is damaged and cannot be opened. Save it again with a graphics program."));
    case PD_LOGO_WIRE_TOO_LARGE:
      return refuse (error, PD_ERROR_TOO_LARGE, _("The picture is larger than Paydesk opens. Make it smaller."));
    case PD_LOGO_WIRE_NO_MEMORY:
      return refuse (error, PD_ERROR_TOO_LARGE, _("The picture takes more memory than Paydesk gives it. Make it smaller."));
    case PD_LOGO_WIRE_NO_DECODER:
      return refuse (error, PD_ERROR_NOT_FOUND, _("This computer lacks what opens this kind of picture. Save it as PNG."));
    default:
      return refuse (error, PD_ERROR_GARBAGE, crashed);
  }
}

/* What comes from in there is believed no more than the file was. */
static PdLogoPicture *
read_answer (Call    *call,
             GError **error)
{
  PdLogoWireHead head;
  PdLogoPicture *picture;
  gsize          n_pixels = (gsize) PD_LOGO_WIDTH * PD_LOGO_HEIGHT * 4 * call->scale * call->scale;
  const guint8  *body = call->output + sizeof head;

  if (call->length < sizeof head + n_pixels) {
    refuse (error, PD_ERROR_GARBAGE, _("The program that opens pictures gave no proper answer. Reinstall Paydesk."));
    return NULL;
  }
  memcpy (&head, call->output, sizeof head);
  if (head.magic != PD_LOGO_WIRE_MAGIC || head.width != PD_LOGO_WIDTH * call->scale || head.height != PD_LOGO_HEIGHT * call->scale ||
      head.place.x > head.width || head.place.width > head.width - head.place.x ||
      head.place.y > head.height || head.place.height > head.height - head.place.y ||
      head.png_length != call->length - sizeof head - n_pixels) {
    refuse (error, PD_ERROR_GARBAGE, _("The program that opens pictures gave no proper answer. Reinstall Paydesk."));
    return NULL;
  }
  picture = g_atomic_rc_box_new0 (PdLogoPicture);
  picture->width = head.width;
  picture->height = head.height;
  picture->place = head.place;
  picture->pixels = g_bytes_new (body, n_pixels);
  picture->png = g_bytes_new (body + n_pixels, head.png_length);
  return picture;
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask)  task = data;
  g_autoptr (GError) error = NULL;
  Call              *call = g_task_get_task_data (task);
  PdLogoPicture     *picture = NULL;

  g_subprocess_wait_finish (call->process, result, NULL);
  g_cancellable_disconnect (g_task_get_cancellable (task), call->cancelled);
  call->cancelled = 0;
  if (call->patience != NULL)
    g_source_destroy (call->patience);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (judge_end (call, &error))
    picture = read_answer (call, &error);
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) pd_logo_picture_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GTask *task = data;
  Call  *call = g_task_get_task_data (task);

  /* What was read before an error counts; how the process ends tells the rest. */
  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &call->length, NULL);
  if (call->length > PD_LOGO_WIRE_MAX_OUTPUT)
    g_subprocess_force_exit (call->process);
  g_subprocess_wait_async (call->process, NULL, on_ended, task);
}

static gboolean
on_late (gpointer data)
{
  Call *call = data;

  call->late = TRUE;
  g_subprocess_force_exit (call->process);
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable,
              Call         *call)
{
  g_subprocess_force_exit (call->process);
  g_cancellable_cancel (call->inner);
}

static void
on_input_made (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask)  task = data;
  g_autoptr (GError) error = NULL;
  Call              *call = g_task_get_task_data (task);
  GCancellable      *cancellable = g_task_get_cancellable (task);

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;
  call->process = start (g_steal_fd (&call->input), call->scale, &error);
  if (call->process == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  call->patience = g_timeout_source_new (test_patience_ms > 0 ? test_patience_ms : PATIENCE_MS);
  g_source_set_callback (call->patience, on_late, call, NULL);
  g_source_attach (call->patience, g_main_context_get_thread_default ());
  if (cancellable != NULL)
    call->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), call, NULL);
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (call->process), call->output, PD_LOGO_WIRE_MAX_OUTPUT + 1, G_PRIORITY_DEFAULT,
                                 call->inner, on_read, g_steal_pointer (&task));
}

/* Copying ten megabytes takes its time. */
static void
make_input_in_thread (GTask        *making,
                      gpointer      source,
                      gpointer      data,
                      GCancellable *cancellable)
{
  Call   *call = g_task_get_task_data (source);
  GError *error = NULL;

  call->input = make_input (call->content, &error);
  if (call->input >= 0)
    g_task_return_boolean (making, TRUE);
  else
    g_task_return_error (making, error);
}

/**
 * pd_logo_picture_render_async:
 * @content: a file, of whatever content
 * @scale: 1, or 2 for 300 × 100
 * @cancellable: (nullable): stops the process
 * @callback: called with the picture
 * @user_data: for @callback
 *
 * Decodes and scales in a process of its own. Nothing of the file's content is looked at in this one.
 */
void
pd_logo_picture_render_async (GBytes              *content,
                              guint                scale,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask)  task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask)  making = NULL;
  Call              *call = g_new0 (Call, 1);

  call->input = -1;
  g_return_if_fail (scale >= 1 && scale <= PD_LOGO_WIRE_MAX_SCALE);

  g_task_set_source_tag (task, pd_logo_picture_render_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  call->scale = scale;
  call->content = g_bytes_ref (content);
  call->inner = g_cancellable_new ();
  call->output = g_malloc (PD_LOGO_WIRE_MAX_OUTPUT + 1);
  making = g_task_new (task, NULL, on_input_made, g_object_ref (task));
  g_task_run_in_thread (making, make_input_in_thread);
}

/**
 * pd_logo_picture_render_finish:
 * @result: the result
 * @error: see pd_logo_picture_render_async()
 *
 * Returns: (transfer full) (nullable): the picture
 */
PdLogoPicture *
pd_logo_picture_render_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
