/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-report-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pd-banner.h"
#include "pd-catalogue.h"
#include "pd-file-picker.h"
#include "pd-file-write.h"
#include "pd-fit.h"
#include "pd-report-pages.h"
#include "pd-report.h"
#include "pd-run-store.h"

/**
 * PdReportDialog:
 *
 * Asks how the support report of a shop is wanted, and saves or prints it.
 */
struct _PdReportDialog
{
  AdwWindow     parent_instance;
  PdShop       *shop;
  GCancellable *cancellable;
  AdwComboRow  *language;
  AdwComboRow  *format;
  PdBanner     *trouble;
  GtkWidget    *save;
  GtkWidget    *print;
};

/* In pixels. */
#define DEFAULT_WIDTH 440

G_DEFINE_FINAL_TYPE (PdReportDialog, pd_report_dialog, ADW_TYPE_WINDOW)

static const struct { const char *suffix; const char *label; } formats[] = {
  [PD_REPORT_AS_HTML] = { ".html", N_("Web page (HTML)") },
  [PD_REPORT_AS_MARKDOWN] = { ".md", N_("Markdown") },
  [PD_REPORT_AS_PDF] = { ".pdf", N_("PDF") },
};

/* In their own words: who cannot read the window's language finds his. */
static const char *const languages[] = { "English", "日本語" };

/* One report on its way. */
typedef struct
{
  PdReportDialog *self;
  GFile          *file; /* NULL: to the printer */
  PdReportFormat  format;
  GPtrArray      *runs;
  PdReport       *report;
} Making;

static void
making_free (Making *making)
{
  g_clear_pointer (&making->report, pd_report_free);
  g_clear_pointer (&making->runs, g_ptr_array_unref);
  g_clear_object (&making->file);
  g_object_unref (making->self);
  g_free (making);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static void
set_busy (PdReportDialog *self,
          gboolean        busy)
{
  gtk_widget_set_sensitive (self->save, !busy);
  gtk_widget_set_sensitive (self->print, !busy);
}

static void
fail (PdReportDialog *self,
      const GError   *error)
{
  set_busy (self, FALSE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pd_banner_show (self->trouble, error->message);
}

/* What it has to say is said by the window behind it, which stays. */
static void
finish (PdReportDialog *self,
        const char     *said)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.say", "s", said);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Making) making = user_data;
  g_autoptr (GError) error = NULL;

  if (pd_file_write_finish (G_FILE (source), result, &error))
    finish (making->self, _("Report saved without secrets"));
  else
    fail (making->self, error);
}

static void
write_to_file (Making *making, /* (transfer full) */
               GBytes *content)
{
  pd_file_write_async (making->file, content, TRUE, making->self->cancellable, on_written, making);
}

static void
make_pdf (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  Making                   *making = data;
  g_autoptr (PdReportPages) pages = pd_report_pages_new (making->report);
  g_autoptr (GError)        error = NULL;
  GBytes                   *pdf = pd_report_pages_to_pdf (pages, &error);

  if (pdf != NULL)
    g_task_return_pointer (task, pdf, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_pdf_made (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Making) making = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = g_task_propagate_pointer (G_TASK (result), &error);

  if (pdf != NULL)
    write_to_file (g_steal_pointer (&making), pdf);
  else
    fail (making->self, error);
}

static void
on_begin_print (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                PdReportPages     *pages)
{
  gtk_print_operation_set_n_pages (operation, (int) pd_report_pages_count (pages));
}

static void
on_draw_page (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              PdReportPages     *pages)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double   scale = MIN (gtk_print_context_get_width (context) / PD_REPORT_PAGES_WIDTH,
                        gtk_print_context_get_height (context) / PD_REPORT_PAGES_HEIGHT);

  /* A sheet of another size has the same page on it, smaller or larger. */
  cairo_scale (cr, scale, scale);
  pd_report_pages_draw (pages, cr, (guint) page);
}

static void
print (Making *making)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup)      setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize)      paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (PdReportPages)     pages = pd_report_pages_new (making->report);
  g_autoptr (GError)            error = NULL;
  GtkPrintOperationResult       result;

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, pd_profile_get_name (pd_shop_get_profile (making->self->shop)));
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), pages);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), pages);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (making->self), &error);
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    fail (making->self, error);
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    finish (making->self, _("Report sent to the printer"));
  else
    set_busy (making->self, FALSE);
}

static void
deliver (Making *making) /* (transfer full) */
{
  g_autoptr (Making) kept = making;

  if (making->file == NULL) {
    print (making);
  } else if (making->format == PD_REPORT_AS_PDF) {
    g_autoptr (GTask) task = g_task_new (NULL, making->self->cancellable, on_pdf_made, g_steal_pointer (&kept));

    g_task_set_task_data (task, making, NULL);
    g_task_run_in_thread (task, make_pdf);
  } else {
    char              *text = making->format == PD_REPORT_AS_HTML ? pd_report_to_html (making->report)
                                                                  : pd_report_to_markdown (making->report);
    g_autoptr (GBytes) content = g_bytes_new_take (text, strlen (text));

    write_to_file (g_steal_pointer (&kept), content);
  }
}

/* (transfer full): secret's field id → PdSecretState. */
static GHashTable *
collect_states (PdShop *shop)
{
  GHashTable           *states = g_hash_table_new (g_str_hash, g_str_equal);
  guint                 n_fields;
  const PdField *const *fields = pd_catalogue_get_fields (&n_fields);

  for (guint i = 0; i < n_fields; i++) {
    if (pd_field_is_secret (fields[i]))
      g_hash_table_insert (states, (gpointer) fields[i]->id, GUINT_TO_POINTER (pd_shop_get_secret_state (shop, fields[i]->id)));
  }
  return states;
}

static void
on_secrets (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Making)     making = user_data;
  PdReportDialog        *self = making->self;
  g_autoptr (GError)     error = NULL;
  /* Only to mask them. Where they cannot be had, none of them can be known to the report either. */
  g_autoptr (GHashTable) secrets = pd_desk_fetch_secrets_finish (PD_DESK (source), result, &error);
  g_autoptr (GHashTable) states = collect_states (self->shop);
  g_autofree char       *gtk = g_strdup_printf ("%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_autofree char       *adw = g_strdup_printf ("%u.%u.%u", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  const char            *versions[] = { "gtk", gtk, "libadwaita", adw, NULL };
  g_autoptr (PdLanguage) language = NULL;
  PdReportInput          input = {
    .profile = pd_shop_get_profile (self->shop), .secrets = secrets, .states = states, .runs = making->runs, .versions = versions,
  };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  language = pd_language_new (pd_language_ids[adw_combo_row_get_selected (self->language)]);
  input.language = language;
  making->report = pd_report_new (&input);
  deliver (g_steal_pointer (&making));
}

static void
on_runs (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Making) making = user_data;
  PdReportDialog    *self = making->self;
  g_autoptr (GError) error = NULL;

  making->runs = pd_run_store_list_finish (result, NULL, &error);
  if (making->runs == NULL) {
    fail (self, error);
    return;
  }
  pd_desk_fetch_secrets_async (pd_shop_get_desk (self->shop), pd_shop_get_profile (self->shop), self->cancellable, on_secrets,
                               g_steal_pointer (&making));
}

static void
make (PdReportDialog *self,
      GFile          *file)
{
  PdStore *store = pd_desk_get_store (pd_shop_get_desk (self->shop));
  Making  *making = g_new0 (Making, 1);

  making->self = g_object_ref (self);
  making->file = file != NULL ? g_object_ref (file) : NULL;
  making->format = adw_combo_row_get_selected (self->format);
  pd_banner_hide (self->trouble);
  set_busy (self, TRUE);
  pd_run_store_list_async (pd_store_get_dir (store), pd_profile_get_id (pd_shop_get_profile (self->shop)), self->cancellable, on_runs, making);
}

static void
on_file_picked (GFile    *file,
                gpointer  user_data)
{
  pd_report_dialog_save_to (user_data, file);
}

static void
on_save (PdReportDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char      *name = g_strdup_printf ("%s %s%s", pd_profile_get_name (pd_shop_get_profile (self->shop)), date,
                                                formats[adw_combo_row_get_selected (self->format)].suffix);

  pd_file_picker_save (GTK_WIDGET (self), _("Save Support Report"), name, NULL, on_file_picked, self);
}

static void
on_print (PdReportDialog *self)
{
  make (self, NULL);
}

/* Whoever closes it does not want what is under way, which holds it: the keyring may be waiting for a password. */
static gboolean
pd_report_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (PD_REPORT_DIALOG (window)->cancellable);
  return GTK_WINDOW_CLASS (pd_report_dialog_parent_class)->close_request (window);
}

static void
pd_report_dialog_dispose (GObject *object)
{
  PdReportDialog *self = PD_REPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (pd_report_dialog_parent_class)->dispose (object);
}

static void
pd_report_dialog_class_init (PdReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pd_report_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = pd_report_dialog_close_request;

  g_type_ensure (PD_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-report-dialog.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, PdReportDialog, language);
  gtk_widget_class_bind_template_child (widget_class, PdReportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, PdReportDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, PdReportDialog, save);
  gtk_widget_class_bind_template_child (widget_class, PdReportDialog, print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
}

static void
pd_report_dialog_init (PdReportDialog *self)
{
  g_autoptr (GtkStringList) language_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) format_list = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    gtk_string_list_append (language_list, languages[i]);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (format_list, _(formats[i].label));
  adw_combo_row_set_model (self->language, G_LIST_MODEL (language_list));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (format_list));
  pd_report_dialog_choose (self, pd_language_get_own_id (), PD_REPORT_AS_HTML);
}

/**
 * pd_report_dialog_present:
 * @parent: the window that it is about
 * @shop: the shop to report
 *
 * Returns: (transfer none): the dialog, which destroys itself
 */
PdReportDialog *
pd_report_dialog_present (GtkWindow *parent,
                          PdShop    *shop)
{
  PdReportDialog *self = g_object_new (PD_TYPE_REPORT_DIALOG, "transient-for", parent, NULL);

  self->shop = g_object_ref (shop);
  pd_fit_size (GTK_WINDOW (self), parent, DEFAULT_WIDTH, -1);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/**
 * pd_report_dialog_choose:
 * @self: the dialog
 * @language: one of pd_language_ids
 * @format: the format
 *
 * As a person would in the two lists.
 */
void
pd_report_dialog_choose (PdReportDialog *self,
                         const char     *language,
                         PdReportFormat  format)
{
  for (guint i = 0; pd_language_ids[i] != NULL; i++) {
    if (g_str_equal (pd_language_ids[i], language))
      adw_combo_row_set_selected (self->language, i);
  }
  adw_combo_row_set_selected (self->format, format);
}

/* Makes the report and writes it to that file; the dialog goes when it is there. */
void
pd_report_dialog_save_to (PdReportDialog *self,
                          GFile          *file)
{
  make (self, file);
}
