/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "pd-json.h"
#include "pd-notification-private.h"
#include "pd-response-private.h"

#define MAX_DEPTH   16
#define MAX_MEMBERS 400
#define MAX_VALUE   2000 /* bytes of a value that are shown */
#define DATA        "NotificationData"

PdNotificationMember *
pd_notification_member_new (const char *path,
                            const char *value)
{
  PdNotificationMember *self = g_new0 (PdNotificationMember, 1);

  self->name = pd_response_make_harmless (path, strlen (path), MAX_VALUE);
  self->value = pd_response_make_harmless (value, strlen (value), MAX_VALUE);
  self->meaning = g_strdup (pd_notification_term_lookup (path));
  self->value_meaning = g_strdup (pd_notification_value_lookup (path, value));
  return self;
}

void
pd_notification_member_free (PdNotificationMember *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self->meaning);
  g_free (self->value_meaning);
  g_free (self);
}

/* What is read of the XML: the local names down to where the reader is, and the text of the innermost element. */
typedef struct {
  PdNotificationInner *inner;
  char                *names[MAX_DEPTH];
  gboolean             has_children[MAX_DEPTH];
  GString             *text;
} Reading;

/* The root only says again what the notification's type says. */
static char *
join_path (Reading *reading,
           int      depth)
{
  GString *path = g_string_new (DATA);

  for (int i = 1; i <= depth; i++)
    g_string_append_printf (path, "/%s", reading->names[i]);
  return g_string_free (path, FALSE);
}

/* Below the root stands what it is about; its first …Id names which one. */
static void
note_object (Reading    *reading,
             int         depth,
             const char *value)
{
  PdNotificationInner *inner = reading->inner;

  if (depth >= 1 && inner->object_type == NULL)
    inner->object_type = g_strdup (reading->names[1]);
  if (depth == 2 && inner->object_id == NULL && g_str_has_suffix (reading->names[2], "Id"))
    inner->object_id = g_strdup (value);
}

static gboolean
end_element (Reading *reading,
             int      depth)
{
  g_autofree char *path = NULL;

  if (reading->has_children[depth])
    return TRUE;
  if (depth == 0 || reading->inner->members->len >= MAX_MEMBERS)
    return FALSE;
  path = join_path (reading, depth);
  g_strstrip (reading->text->str);
  note_object (reading, depth, reading->text->str);
  g_ptr_array_add (reading->inner->members, pd_notification_member_new (path, reading->text->str));
  return TRUE;
}

static gboolean
begin_element (Reading          *reading,
               xmlTextReaderPtr  reader,
               int               depth)
{
  if (depth < 0 || depth >= MAX_DEPTH)
    return FALSE;
  g_free (reading->names[depth]);
  reading->names[depth] = g_strdup ((const char *) xmlTextReaderConstLocalName (reader));
  reading->has_children[depth] = FALSE;
  if (depth > 0)
    reading->has_children[depth - 1] = TRUE;
  g_string_truncate (reading->text, 0);
  return !xmlTextReaderIsEmptyElement (reader) || end_element (reading, depth);
}

/* FALSE where the document is none that Amazon would send. */
static gboolean
read_node (Reading          *reading,
           xmlTextReaderPtr  reader)
{
  int depth = xmlTextReaderDepth (reader);

  switch (xmlTextReaderNodeType (reader)) {
  case XML_READER_TYPE_ELEMENT:
    return begin_element (reading, reader, depth);
  case XML_READER_TYPE_END_ELEMENT:
    return end_element (reading, depth);
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
    g_string_append (reading->text, (const char *) xmlTextReaderConstValue (reader));
    return TRUE;
  case XML_READER_TYPE_DOCUMENT_TYPE:
  case XML_READER_TYPE_ENTITY:
  case XML_READER_TYPE_ENTITY_REFERENCE:
    return FALSE;
  default:
    return TRUE;
  }
}

/**
 * pd_notification_inner_read_data:
 * @self: where the parts go
 * @data: the XML document of a legacy notification
 *
 * Read without network, document type and entities, and as UTF-8 whatever it says: it comes out of a JSON text. Local names
 * count.
 *
 * Returns: whether it could be read
 */
gboolean
pd_notification_inner_read_data (PdNotificationInner *self,
                                 const char          *data)
{
  const int        options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  Reading          reading = { .inner = self };
  xmlTextReaderPtr reader;
  int              more = -1;
  gboolean         good = TRUE;

  while (g_ascii_isspace (*data))
    data++;
  reader = xmlReaderForMemory (data, (int) strlen (data), NULL, "UTF-8", options);
  if (reader == NULL)
    return FALSE;
  reading.text = g_string_new (NULL);
  while (good && (more = xmlTextReaderRead (reader)) == 1)
    good = read_node (&reading, reader);
  good = good && more == 0;
  xmlFreeTextReader (reader);
  xmlResetLastError ();
  g_string_free (reading.text, TRUE);
  for (guint i = 0; i < MAX_DEPTH; i++)
    g_free (reading.names[i]);
  return good;
}

/* Amazon's page spells the members with a small first letter in one place and a capital in another. */
static const PdNotificationMember *
find (PdNotificationInner *self,
      const char          *name)
{
  for (guint i = 0; i < self->members->len; i++) {
    const PdNotificationMember *member = g_ptr_array_index (self->members, i);

    if (g_ascii_strcasecmp (member->name, name) == 0)
      return member;
  }
  return NULL;
}

static char *
dup_value (PdNotificationInner *self,
           const char          *name)
{
  const PdNotificationMember *member = find (self, name);

  return member != NULL ? g_strdup (member->value) : NULL;
}

/* FALSE where two spellings of one name stand side by side: nobody could say which one counts. */
static gboolean
read_members (PdNotificationInner *self,
              JsonObject          *object,
              char               **data,
              const char         **where)
{
  JsonObjectIter  iter;
  const char     *name;
  JsonNode       *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_dup_string (node) : pd_json_to_string (node, FALSE);

    if (find (self, name) != NULL || (g_ascii_strcasecmp (name, DATA) == 0 && *data != NULL) || self->members->len >= MAX_MEMBERS) {
      *where = "Message";
      return FALSE;
    }
    if (g_ascii_strcasecmp (name, DATA) == 0)
      *data = g_steal_pointer (&value);
    else
      g_ptr_array_add (self->members, pd_notification_member_new (name, value));
  }
  return TRUE;
}

/**
 * pd_notification_inner_new:
 * @message: an envelope's Message
 * @where: (out): the member that cannot be read
 *
 * Reads a message of either generation ("Set up Instant Payment Notifications" of API v2, "Handling IPN" of the legacy API).
 *
 * Returns: (transfer full) (nullable): what it says
 */
PdNotificationInner *
pd_notification_inner_new (const char  *message,
                           const char **where)
{
  g_autoptr (PdNotificationInner) self = g_new0 (PdNotificationInner, 1);
  g_autoptr (JsonNode)            node = pd_json_parse (message, -1, &pd_json_limits_answer, NULL);
  g_autofree char                *data = NULL;

  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) pd_notification_member_free);
  *where = "Message";
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !read_members (self, json_node_get_object (node), &data, where))
    return NULL;
  self->kind = dup_value (self, "NotificationType");
  if (data != NULL) {
    *where = DATA;
    self->merchant_id = dup_value (self, "SellerId");
    self->generation = self->merchant_id != NULL ? "legacy" : NULL;
    if (!pd_notification_inner_read_data (self, data))
      return NULL;
  } else {
    self->merchant_id = dup_value (self, "MerchantID");
    self->generation = self->merchant_id != NULL ? "v2" : NULL;
    self->object_type = dup_value (self, "ObjectType");
    self->object_id = dup_value (self, "ObjectId");
  }
  return g_steal_pointer (&self);
}

void
pd_notification_inner_free (PdNotificationInner *self)
{
  g_free (self->merchant_id);
  g_free (self->object_type);
  g_free (self->object_id);
  g_free (self->kind);
  g_ptr_array_unref (self->members);
  g_free (self);
}
