/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-shop-page.h"

#include <glib/gi18n.h>

#include "pd-banner.h"
#include "pd-catalogue.h"
#include "pd-column-layout.h"
#include "pd-dates-view.h"
#include "pd-domain-dialog.h"
#include "pd-fields-view.h"
#include "pd-notifications-view.h"
#include "pd-paster.h"
#include "pd-screens-view.h"
#include "pd-shop-bar.h"
#include "pd-tests-view.h"
#include "pd-upgrade-view.h"
#include "pd-url-private.h"

/**
 * PdShopPage:
 *
 * The chosen shop: its name, its five views, each built when it is first looked at, and the side pane beside them.
 */
struct _PdShopPage
{
  AdwBin        parent_instance;
  PdShop       *shop;
  PdTester     *tester;
  PdShopBar    *bar;
  PdBanner     *keyring;
  AdwFlap      *flap;
  AdwViewStack *stack;
  PdSidePane   *pane;  /* made when it is first shown */
  const PdField *field; /* that had the focus last */
  AdwBin       *pages[PD_N_VIEWS];
};

static const struct
{
  PdView      view;
  const char *icon;
} views[] = {
  { PD_VIEW_API_INFORMATION, "dialog-password-symbolic" },
  { PD_VIEW_SELLER_CENTRAL, "web-browser-symbolic" },
  { PD_VIEW_NOTIFICATIONS, "preferences-system-notifications-symbolic" },
  { PD_VIEW_UPGRADE, "software-update-available-symbolic" },
  { PD_VIEW_TESTS, "system-run-symbolic" },
};

G_DEFINE_FINAL_TYPE (PdShopPage, pd_shop_page, ADW_TYPE_BIN)

static GtkWidget *
make_content (PdShopPage *self,
              PdView      view)
{
  GtkWidget *content;

  if (view == PD_VIEW_TESTS)
    return pd_tests_view_new (self->shop, self->tester);
  if (view == PD_VIEW_NOTIFICATIONS)
    return pd_notifications_view_new (self->shop);
  content = pd_fields_view_new (self->shop, view);
  if (view == PD_VIEW_SELLER_CENTRAL)
    pd_fields_view_set_around (PD_FIELDS_VIEW (content), NULL, pd_screens_view_new (self->shop, FALSE));
  if (view == PD_VIEW_UPGRADE) {
    pd_fields_view_set_around (PD_FIELDS_VIEW (content), NULL, pd_dates_view_new (self->shop));
    pd_fields_view_set_between (PD_FIELDS_VIEW (content), pd_catalogue_lookup ("generation"), pd_upgrade_view_new (self->shop));
  }
  return content;
}

static void
show_view (PdShopPage *self)
{
  PdView view = pd_shop_page_get_view (self);
  GtkWidget *content;

  if (self->shop == NULL || adw_bin_get_child (self->pages[view]) != NULL)
    return;
  content = make_content (self, view);
  pd_column_layout_apply (content);
  adw_bin_set_child (self->pages[view], content);
}

static void
refresh_keyring (PdShopPage *self)
{
  const GError *why = self->shop != NULL ? pd_shop_get_keyring_error (self->shop) : NULL;
  guint n_pending = self->shop != NULL ? pd_secrets_get_n_pending (pd_desk_get_secrets (pd_shop_get_desk (self->shop))) : 0;
  g_autofree char *waiting = NULL;
  g_autofree char *text = NULL;

  if (why == NULL && n_pending == 0) {
    pd_banner_hide (self->keyring);
    return;
  }
  if (n_pending > 0)
    waiting = g_strdup_printf (ngettext ("%'u secret is not stored yet, only in memory.",
                                         "%'u secrets are not stored yet, only in memory.", n_pending), n_pending);
  text = g_strdup_printf ("%s%s%s", why != NULL ? why->message : "",
                          why == NULL || waiting == NULL || g_str_has_suffix (why->message, "。") ? "" : " ", waiting != NULL ? waiting : "");
  pd_banner_show (self->keyring, text);
}

static void
go_to_field_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  pd_shop_page_focus_field (PD_SHOP_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
mark_entered_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  pd_profile_set_mark (pd_shop_get_profile (PD_SHOP_PAGE (widget)->shop), g_variant_get_string (parameter, NULL), TRUE);
}

/* Of an address that goes with an origin, the origin that is missing. */
static void
add_origin_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  PdProfile *profile = pd_shop_get_profile (PD_SHOP_PAGE (widget)->shop);
  g_autofree char *origin = pd_url_get_origin (g_variant_get_string (parameter, NULL));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  g_autofree char *said = NULL;

  if (origin == NULL)
    return;
  g_strv_builder_addv (builder, (const char **) pd_profile_get_list (profile, "javascript-origins"));
  g_strv_builder_add (builder, origin);
  values = g_strv_builder_end (builder);
  pd_profile_begin_step (profile);
  pd_profile_set_list (profile, "javascript-origins", (const char *const *) values, NULL);
  pd_profile_end_step (profile);
  said = g_strdup_printf (_("Origin %s added"), origin);
  gtk_widget_activate_action (widget, "win.say", "s", said);
}

static void
move_domain_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  const char *from, *to;

  g_variant_get (parameter, "(&s&s)", &from, &to);
  pd_domain_dialog_ask (widget, pd_shop_get_profile (PD_SHOP_PAGE (widget)->shop), *from != '\0' ? from : NULL, *to != '\0' ? to : NULL);
}

static gboolean
on_drop (PdShopPage   *self,
         const GValue *value)
{
  if (self->shop == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    for (GSList *files = g_value_get_boxed (value); files != NULL; files = files->next)
      pd_paster_take_file (GTK_WIDGET (self), self->shop, files->data);
  } else if (G_VALUE_HOLDS_STRING (value)) {
    pd_paster_take_text (GTK_WIDGET (self), self->shop, g_value_get_string (value), strlen (g_value_get_string (value)), NULL);
  }
  return TRUE;
}

static void
pd_shop_page_dispose (GObject *object)
{
  PdShopPage *self = PD_SHOP_PAGE (object);

  if (self->shop != NULL)
    g_signal_handlers_disconnect_by_data (self->shop, self);
  g_clear_object (&self->shop);
  g_clear_object (&self->tester);
  G_OBJECT_CLASS (pd_shop_page_parent_class)->dispose (object);
}

static void
pd_shop_page_class_init (PdShopPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pd_shop_page_dispose;

  g_type_ensure (PD_TYPE_BANNER);
  g_type_ensure (PD_TYPE_SHOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-shop-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PdShopPage, bar);
  gtk_widget_class_bind_template_child (widget_class, PdShopPage, keyring);
  gtk_widget_class_bind_template_child (widget_class, PdShopPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PdShopPage, flap);
  gtk_widget_class_install_action (widget_class, "shop.go-to-field", "s", go_to_field_action);
  gtk_widget_class_install_action (widget_class, "shop.mark-entered", "s", mark_entered_action);
  gtk_widget_class_install_action (widget_class, "shop.add-origin", "s", add_origin_action);
  gtk_widget_class_install_action (widget_class, "shop.move-domain", "(ss)", move_domain_action);
}

static void
pd_shop_page_init (PdShopPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    PdView view = views[i].view;
    AdwViewStackPage *page;

    self->pages[view] = ADW_BIN (adw_bin_new ());
    page = adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->pages[view]), pd_view_to_id (view), pd_view_get_label (view));
    adw_view_stack_page_set_icon_name (page, views[i].icon);
  }
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (show_view), self, G_CONNECT_SWAPPED);

  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * pd_shop_page_set_shop:
 * @self: the page
 * @shop: (nullable): the shop to show
 * @tester: who runs its checks
 *
 * The view stays the same one.
 */
void
pd_shop_page_set_shop (PdShopPage *self,
                       PdShop     *shop,
                       PdTester   *tester)
{
  if (self->shop != NULL) {
    g_signal_handlers_disconnect_by_data (self->shop, self);
    g_signal_handlers_disconnect_by_data (pd_desk_get_secrets (pd_shop_get_desk (self->shop)), self);
  }
  for (guint i = 0; i < PD_N_VIEWS; i++)
    adw_bin_set_child (self->pages[i], NULL);
  g_set_object (&self->shop, shop);
  g_set_object (&self->tester, tester);
  pd_shop_bar_set_shop (self->bar, shop);
  self->field = NULL;
  if (self->pane != NULL)
    pd_side_pane_set_shop (self->pane, shop, tester);
  if (shop != NULL) {
    g_signal_connect_object (shop, "secrets-changed", G_CALLBACK (refresh_keyring), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (pd_desk_get_secrets (pd_shop_get_desk (shop)), "notify::n-pending", G_CALLBACK (refresh_keyring),
                             self, G_CONNECT_SWAPPED);
    show_view (self);
  }
  refresh_keyring (self);
}

/* (nullable) (transfer none) */
PdShop *
pd_shop_page_get_shop (PdShopPage *self)
{
  return self->shop;
}

AdwViewStack *
pd_shop_page_get_stack (PdShopPage *self)
{
  return self->stack;
}

AdwFlap *
pd_shop_page_get_flap (PdShopPage *self)
{
  return self->flap;
}

/* Made when it is first asked for: the first frame has no use for it. */
PdSidePane *
pd_shop_page_get_pane (PdShopPage *self)
{
  if (self->pane == NULL) {
    self->pane = g_object_new (PD_TYPE_SIDE_PANE, NULL);
    adw_flap_set_flap (self->flap, GTK_WIDGET (self->pane));
    pd_side_pane_set_shop (self->pane, self->shop, self->tester);
    pd_side_pane_set_field (self->pane, self->field);
  }
  return self->pane;
}

/* The field that has the focus now, for the side pane to tell of. */
void
pd_shop_page_note_field (PdShopPage    *self,
                         const PdField *field)
{
  self->field = field;
  if (self->pane != NULL)
    pd_side_pane_set_field (self->pane, field);
}

PdView
pd_shop_page_get_view (PdShopPage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < PD_N_VIEWS; i++) {
    if (g_strcmp0 (name, pd_view_to_id (i)) == 0)
      return i;
  }
  return PD_VIEW_API_INFORMATION;
}

void
pd_shop_page_set_view (PdShopPage *self,
                       PdView      view)
{
  adw_view_stack_set_visible_child_name (self->stack, pd_view_to_id (view));
}

/* (nullable) (transfer none): the view's widget, where it has been built. */
GtkWidget *
pd_shop_page_get_content (PdShopPage *self,
                          PdView      view)
{
  return adw_bin_get_child (self->pages[view]);
}

/**
 * pd_shop_page_focus_view:
 * @self: the page
 *
 * Puts the focus into the view that is shown, for whoever came by a key. Where it was when the view was left, it is again.
 */
void
pd_shop_page_focus_view (PdShopPage *self)
{
  GtkWidget *content = pd_shop_page_get_content (self, pd_shop_page_get_view (self));

  if (content == NULL || (gtk_widget_get_state_flags (content) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    return;
  if (PD_IS_FIELDS_VIEW (content))
    pd_fields_view_focus_first (PD_FIELDS_VIEW (content));
  else if (PD_IS_NOTIFICATIONS_VIEW (content))
    pd_notifications_view_focus_first (PD_NOTIFICATIONS_VIEW (content));
  else
    gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

/**
 * pd_shop_page_focus_field:
 * @self: the page
 * @field_id: a field's id
 *
 * Goes to the view that has the field, and puts the caret into it.
 *
 * Returns: whether the shop uses the field
 */
gboolean
pd_shop_page_focus_field (PdShopPage *self,
                          const char *field_id)
{
  const PdField *field = pd_catalogue_lookup (field_id);
  GtkWidget *content;

  if (field == NULL || self->shop == NULL)
    return FALSE;
  pd_shop_page_set_view (self, field->view);
  content = pd_shop_page_get_content (self, field->view);
  if (PD_IS_TESTS_VIEW (content))
    return pd_tests_view_focus_field (PD_TESTS_VIEW (content), field_id);
  if (PD_IS_NOTIFICATIONS_VIEW (content))
    return pd_notifications_view_focus_field (PD_NOTIFICATIONS_VIEW (content), field_id);
  return PD_IS_FIELDS_VIEW (content) && pd_fields_view_focus_field (PD_FIELDS_VIEW (content), field_id);
}

/* F2: lets the person type another name. */
void
pd_shop_page_rename (PdShopPage *self)
{
  pd_shop_bar_open (self->bar);
}

void
pd_shop_page_set_saved (PdShopPage *self,
                        const char *text)
{
  pd_shop_bar_set_saved (self->bar, text);
}

void
pd_shop_page_set_name_shown (PdShopPage *self,
                             gboolean    shown)
{
  pd_shop_bar_set_name_shown (self->bar, shown);
}
