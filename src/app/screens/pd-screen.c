/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include "pd-screen.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "pd-logo-facts.h"

/**
 * PdScreen:
 *
 * A neutral drawing of a page that shoppers see when they sign in (S088–S092): what of the shop stands on it, where, and how much room
 * it takes. Nothing on it is Amazon's. As wide as the page, as high as what is on it; what is drawn smaller is scaled.
 */
struct _PdScreen
{
  GObject       parent_instance;
  PdScreenKind  kind;
  int           width;
  int           height; /* 0: not laid out yet */
  char         *name;
  char         *privacy_url;
  GdkTexture   *logo;
};

typedef enum {
  PART_END,
  PART_LOGO,
  PART_NAME,
  PART_PRIVACY,
  PART_HEADING,
  PART_TEXT,
  PART_ITEM,
  PART_ENTRY,
  PART_BUTTON,
  PART_QUIET_BUTTON,
  PART_SPACE,
} PartKind;

typedef struct
{
  PartKind    kind;
  const char *text; /* translatable */
} Part;

static const Part sign_in_before[] = {
  { PART_LOGO, NULL },
  { PART_NAME, NULL },
  { PART_SPACE, NULL },
  { PART_HEADING, N_("Sign In") },
  { PART_ENTRY, N_("E-mail or mobile number") },
  { PART_ENTRY, N_("Password") },
  { PART_BUTTON, N_("Sign In") },
  { PART_END, NULL },
};

static const Part confirm_before[] = {
  { PART_LOGO, NULL },
  { PART_NAME, NULL },
  { PART_SPACE, NULL },
  { PART_TEXT, N_("When the shopper goes on, the shop is told:") },
  { PART_ITEM, N_("Name") },
  { PART_ITEM, N_("E-mail address") },
  { PART_ITEM, N_("Postal code") },
  { PART_SPACE, NULL },
  { PART_PRIVACY, NULL },
  { PART_BUTTON, N_("Continue") },
  { PART_QUIET_BUTTON, N_("Cancel") },
  { PART_END, NULL },
};

static const Part sign_in[] = {
  { PART_LOGO, NULL },
  { PART_NAME, NULL },
  { PART_PRIVACY, NULL },
  { PART_SPACE, NULL },
  { PART_HEADING, N_("Sign In") },
  { PART_ENTRY, N_("E-mail or mobile number") },
  { PART_ENTRY, N_("Password") },
  { PART_BUTTON, N_("Sign In and Continue") },
  { PART_END, NULL },
};

static const struct
{
  const char *title;
  guint       generations;
  const Part *parts;
} kinds[] = {
  [PD_SCREEN_SIGN_IN_BEFORE] = { N_("Before the Upgrade: Sign-In"), PD_GENERATION_BEFORE_UPGRADE, sign_in_before },
  [PD_SCREEN_CONFIRM_BEFORE] = { N_("Before the Upgrade: Confirmation"), PD_GENERATION_BEFORE_UPGRADE, confirm_before },
  [PD_SCREEN_SIGN_IN] = { N_("After the Upgrade: Sign-In"), PD_GENERATION_ANY, sign_in },
};

/* The page is not the window's: its colours stay in a dark window. */
static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA ink = { 0.10, 0.10, 0.10, 1 };
static const GdkRGBA grey = { 0.40, 0.40, 0.40, 1 };
static const GdkRGBA pale = { 0.93, 0.93, 0.93, 1 };
static const GdkRGBA line = { 0.62, 0.62, 0.62, 1 };
static const GdkRGBA link_blue = { 0.02, 0.32, 0.58, 1 };
static const GdkRGBA accent = { 0.30, 0.36, 0.44, 1 };

#define BAR_HEIGHT 48
#define MARGIN     16
#define CARD_WIDTH 352
#define PADDING    20
#define SPACING    10

/* Where the next part goes. Without a snapshot only the room is measured. */
typedef struct
{
  PdScreen     *screen;
  GtkSnapshot  *snapshot; /* or NULL */
  PangoContext *context;
  float         x;
  float         y;
  float         width;
} Pen;

static void pd_screen_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PdScreen, pd_screen, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, pd_screen_paintable_init))

/* As a page does it: a line breaks between words, and where there are none, between characters. Nothing is cut off. */
static PangoLayout *
make_layout (Pen         *pen,
             const char  *text,
             int          pixels,
             PangoWeight  weight,
             float        width)
{
  PangoLayout *layout = pango_layout_new (pen->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("sans-serif");

  pango_font_description_set_absolute_size (font, pixels * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static int
put_layout (Pen           *pen,
            PangoLayout   *layout,
            float          x,
            float          y,
            const GdkRGBA *colour)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  if (pen->snapshot != NULL) {
    gtk_snapshot_save (pen->snapshot);
    gtk_snapshot_translate (pen->snapshot, &GRAPHENE_POINT_INIT (x, y));
    gtk_snapshot_append_layout (pen->snapshot, layout, colour);
    gtk_snapshot_restore (pen->snapshot);
  }
  return height;
}

static void
put_box (Pen           *pen,
         float          x,
         float          y,
         float          width,
         float          height,
         float          radius,
         const GdkRGBA *fill,
         const GdkRGBA *edge)
{
  const float    widths[4] = { 1, 1, 1, 1 };
  GskRoundedRect box;

  if (pen->snapshot == NULL)
    return;
  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  if (fill != NULL) {
    gtk_snapshot_push_rounded_clip (pen->snapshot, &box);
    gtk_snapshot_append_color (pen->snapshot, fill, &box.bounds);
    gtk_snapshot_pop (pen->snapshot);
  }
  if (edge != NULL)
    gtk_snapshot_append_border (pen->snapshot, &box, widths, (const GdkRGBA[4]) { *edge, *edge, *edge, *edge });
}

static void
draw_text (Pen           *pen,
           const char    *text,
           int            pixels,
           PangoWeight    weight,
           const GdkRGBA *colour)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, pixels, weight, pen->width);

  pen->y += put_layout (pen, layout, pen->x, pen->y, colour) + SPACING;
}

/* What is missing is an empty place, not an invented value. */
static void
draw_placeholder (Pen        *pen,
                  const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, 14, PANGO_WEIGHT_NORMAL, pen->width - 16);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  put_box (pen, pen->x, pen->y, pen->width, height + 12, 4, &pale, &line);
  put_layout (pen, layout, pen->x + 8, pen->y + 6, &grey);
  pen->y += height + 12 + SPACING;
}

static void
draw_logo (Pen *pen)
{
  GdkTexture *logo = pen->screen->logo;

  if (logo == NULL)
    return;
  if (pen->snapshot != NULL)
    gtk_snapshot_append_texture (pen->snapshot, logo, &GRAPHENE_RECT_INIT (pen->x, pen->y, PD_LOGO_WIDTH, PD_LOGO_HEIGHT));
  pen->y += PD_LOGO_HEIGHT + SPACING;
}

static void
draw_name (Pen *pen)
{
  if (*pen->screen->name != '\0')
    draw_text (pen, pen->screen->name, 18, PANGO_WEIGHT_BOLD, &ink);
  else
    draw_placeholder (pen, _("The store name goes here"));
}

static void
draw_privacy (Pen *pen)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoAttrList *attributes;

  if (*pen->screen->privacy_url == '\0') {
    draw_placeholder (pen, _("The link to the privacy policy goes here"));
    return;
  }
  layout = make_layout (pen, _("Privacy policy"), 14, PANGO_WEIGHT_NORMAL, pen->width);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pen->y += put_layout (pen, layout, pen->x, pen->y, &link_blue) + SPACING;
}

static void
draw_item (Pen        *pen,
           const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, 14, PANGO_WEIGHT_NORMAL, pen->width - 16);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  put_box (pen, pen->x + 2, pen->y + height / 2.0f - 2, 5, 5, 2.5f, &grey, NULL);
  pen->y += put_layout (pen, layout, pen->x + 16, pen->y, &ink) + SPACING / 2.0f;
}

static void
draw_entry (Pen        *pen,
            const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, 14, PANGO_WEIGHT_SEMIBOLD, pen->width);

  pen->y += put_layout (pen, layout, pen->x, pen->y, &ink) + 4;
  put_box (pen, pen->x, pen->y, pen->width, 34, 4, &white, &line);
  pen->y += 34 + SPACING;
}

static void
draw_button (Pen           *pen,
             const char    *text,
             const GdkRGBA *fill,
             const GdkRGBA *colour)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, 14, PANGO_WEIGHT_SEMIBOLD, pen->width - 16);
  int height;

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  put_box (pen, pen->x, pen->y, pen->width, height + 18, 6, fill, &line);
  put_layout (pen, layout, pen->x + 8, pen->y + 9, colour);
  pen->y += height + 18 + SPACING;
}

static void
draw_part (Pen        *pen,
           const Part *part)
{
  switch (part->kind) {
  case PART_LOGO:
    draw_logo (pen);
    break;
  case PART_NAME:
    draw_name (pen);
    break;
  case PART_PRIVACY:
    draw_privacy (pen);
    break;
  case PART_HEADING:
    draw_text (pen, _(part->text), 22, PANGO_WEIGHT_NORMAL, &ink);
    break;
  case PART_TEXT:
    draw_text (pen, _(part->text), 14, PANGO_WEIGHT_NORMAL, &ink);
    break;
  case PART_ITEM:
    draw_item (pen, _(part->text));
    break;
  case PART_ENTRY:
    draw_entry (pen, _(part->text));
    break;
  case PART_BUTTON:
    draw_button (pen, _(part->text), &accent, &white);
    break;
  case PART_QUIET_BUTTON:
    draw_button (pen, _(part->text), &white, &ink);
    break;
  case PART_SPACE:
    pen->y += SPACING;
    break;
  case PART_END:
    break;
  }
}

/* Draws, or measures only; returns the page's height. */
static int
draw (PdScreen    *self,
      GtkSnapshot *snapshot)
{
  gboolean wide = self->width > CARD_WIDTH + 2 * PADDING + 2 * MARGIN;
  float card_width = wide ? CARD_WIDTH + 2 * PADDING : (float) self->width;
  float card_x = ((float) self->width - card_width) / 2;
  float top = BAR_HEIGHT + (wide ? 2 * MARGIN : 0);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  Pen pen = { self, NULL, context, card_x + (wide ? PADDING : MARGIN), top + PADDING, card_width - 2 * (wide ? PADDING : MARGIN) };

  /* The page is a Japanese one: Han characters take their Japanese shape whatever the language of the window. */
  pango_context_set_language (context, pango_language_from_string ("ja"));
  if (snapshot != NULL) {
    pen.snapshot = snapshot;
    gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, (float) self->width, (float) self->height));
    /* In place of the payment service's own mark. */
    gtk_snapshot_append_color (snapshot, &pale, &GRAPHENE_RECT_INIT (0, 0, (float) self->width, BAR_HEIGHT));
    put_box (&pen, ((float) self->width - 96) / 2, BAR_HEIGHT / 2 - 8, 96, 16, 8, &line, NULL);
    if (wide)
      put_box (&pen, card_x, top, card_width, (float) self->height - top - 2 * MARGIN, 6, NULL, &line);
  }
  for (const Part *part = kinds[self->kind].parts; part->kind != PART_END; part++)
    draw_part (&pen, part);
  g_object_unref (context);
  return (int) (pen.y - SPACING + PADDING + (wide ? 2 * MARGIN : 0));
}

static int
measure (PdScreen *self)
{
  if (self->height == 0)
    self->height = draw (self, NULL);
  return self->height;
}

static void
pd_screen_snapshot (GdkPaintable *paintable,
                    GdkSnapshot  *snapshot,
                    double        width,
                    double        height)
{
  PdScreen *self = PD_SCREEN (paintable);

  measure (self);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, (float) (width / self->width), (float) (height / self->height));
  draw (self, snapshot);
  gtk_snapshot_restore (snapshot);
}

static int
pd_screen_get_intrinsic_width (GdkPaintable *paintable)
{
  return PD_SCREEN (paintable)->width;
}

static int
pd_screen_get_intrinsic_height (GdkPaintable *paintable)
{
  return measure (PD_SCREEN (paintable));
}

static void
pd_screen_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = pd_screen_snapshot;
  iface->get_intrinsic_width = pd_screen_get_intrinsic_width;
  iface->get_intrinsic_height = pd_screen_get_intrinsic_height;
}

static void
pd_screen_finalize (GObject *object)
{
  PdScreen *self = PD_SCREEN (object);

  g_free (self->name);
  g_free (self->privacy_url);
  g_clear_object (&self->logo);
  G_OBJECT_CLASS (pd_screen_parent_class)->finalize (object);
}

static void
pd_screen_class_init (PdScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pd_screen_finalize;
}

static void
pd_screen_init (PdScreen *self)
{
  self->name = g_strdup ("");
  self->privacy_url = g_strdup ("");
}

static void
on_changed (PdScreen *self)
{
  int before = self->height;

  self->height = 0;
  if (measure (self) != before)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/* What the screen is called, translated. */
const char *
pd_screen_kind_get_title (PdScreenKind kind)
{
  return _(kinds[kind].title);
}

/* Whether shoppers of such a shop see the screen, or will. */
gboolean
pd_screen_kind_applies (PdScreenKind kind,
                        PdGeneration generation)
{
  return (kinds[kind].generations & generation) != 0;
}

/**
 * pd_screen_new:
 * @kind: which screen
 * @width: the page's width in pixels
 *
 * Returns: (transfer full): a drawing with nothing of the shop on it yet
 */
PdScreen *
pd_screen_new (PdScreenKind kind,
               int          width)
{
  PdScreen *self = g_object_new (PD_TYPE_SCREEN, NULL);

  self->kind = kind;
  self->width = width;
  return self;
}

/**
 * pd_screen_set_name:
 * @self: a screen
 * @name: the store name, "" where it is not entered yet
 */
void
pd_screen_set_name (PdScreen   *self,
                    const char *name)
{
  if (g_str_equal (self->name, name))
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  on_changed (self);
}

/**
 * pd_screen_set_privacy_url:
 * @self: a screen
 * @url: where the link to the privacy policy leads, "" where that is not entered yet
 */
void
pd_screen_set_privacy_url (PdScreen   *self,
                           const char *url)
{
  if (g_str_equal (self->privacy_url, url))
    return;
  g_free (self->privacy_url);
  self->privacy_url = g_strdup (url);
  on_changed (self);
}

/**
 * pd_screen_set_logo:
 * @self: a screen
 * @logo: (nullable): the logo as shoppers see it, at any scale of 150 × 50
 */
void
pd_screen_set_logo (PdScreen   *self,
                    GdkTexture *logo)
{
  if (g_set_object (&self->logo, logo))
    on_changed (self);
}

PdScreenKind
pd_screen_get_kind (PdScreen *self)
{
  return self->kind;
}

/* (transfer full): what is to be seen, for those who do not. */
char *
pd_screen_describe (PdScreen *self)
{
  GString *text = g_string_new (pd_screen_kind_get_title (self->kind));
  gboolean has_privacy = FALSE;

  for (const Part *part = kinds[self->kind].parts; part->kind != PART_END; part++)
    has_privacy |= part->kind == PART_PRIVACY;
  g_string_append_printf (text, ". %s", *self->name != '\0' ? self->name : _("No store name yet"));
  g_string_append_printf (text, ". %s", self->logo != NULL ? _("With the logo") : _("Without a logo"));
  if (has_privacy)
    g_string_append_printf (text, ". %s", *self->privacy_url != '\0' ? _("With the link to the privacy policy")
                                                                      : _("No privacy policy URL yet"));
  return g_string_free (text, FALSE);
}
