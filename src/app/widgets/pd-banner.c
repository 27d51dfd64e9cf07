/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-banner.h"

#include "pd-announce.h"

/**
 * PdBanner:
 *
 * A lasting state, said above the content until it is over, with at most one button. The floor has no AdwBanner.
 */
struct _PdBanner
{
  AdwBin       parent_instance;
  GtkRevealer *revealer;
  GtkLabel    *label;
  GtkButton   *button;
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  PROP_REVEALED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PdBanner, pd_banner, ADW_TYPE_BIN)

static void
pd_banner_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  PdBanner *self = PD_BANNER (object);

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, gtk_label_get_label (self->label));
    break;
  case PROP_BUTTON_LABEL:
    g_value_set_string (value, gtk_button_get_label (self->button));
    break;
  case PROP_ACTION_NAME:
    g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)));
    break;
  case PROP_REVEALED:
    g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->revealer));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pd_banner_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  PdBanner *self = PD_BANNER (object);

  switch (prop_id) {
  case PROP_TITLE:
    gtk_label_set_label (self->label, g_value_get_string (value));
    break;
  case PROP_BUTTON_LABEL:
    gtk_button_set_label (self->button, g_value_get_string (value));
    gtk_widget_set_visible (GTK_WIDGET (self->button), g_value_get_string (value) != NULL);
    break;
  case PROP_ACTION_NAME:
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), g_value_get_string (value));
    break;
  case PROP_REVEALED:
    if (g_value_get_boolean (value) && !gtk_revealer_get_reveal_child (self->revealer))
      pd_announce (GTK_WIDGET (self), gtk_label_get_label (self->label));
    gtk_revealer_set_reveal_child (self->revealer, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pd_banner_class_init (PdBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pd_banner_get_property;
  object_class->set_property = pd_banner_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUTTON_LABEL] =
    g_param_spec_string ("button-label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTION_NAME] =
    g_param_spec_string ("action-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/paydesk/Paydesk/ui/pd-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, PdBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, PdBanner, label);
  gtk_widget_class_bind_template_child (widget_class, PdBanner, button);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
pd_banner_init (PdBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

PdBanner *
pd_banner_new (void)
{
  return g_object_new (PD_TYPE_BANNER, NULL);
}

const char *
pd_banner_get_title (PdBanner *self)
{
  return gtk_label_get_label (self->label);
}

/**
 * pd_banner_show:
 * @self: a banner
 * @title: what is the case, a plain sentence; no markup
 */
void
pd_banner_show (PdBanner   *self,
                const char *title)
{
  g_return_if_fail (PD_IS_BANNER (self));
  if (!gtk_revealer_get_reveal_child (self->revealer) || !g_str_equal (gtk_label_get_label (self->label), title))
    pd_announce (GTK_WIDGET (self), title);
  gtk_label_set_label (self->label, title);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
pd_banner_hide (PdBanner *self)
{
  g_return_if_fail (PD_IS_BANNER (self));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
