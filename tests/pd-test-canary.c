/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pd-test-canary.h"

#define SHADOW_LEAST (64UL << 30)

#define MASK  0x5a
#define CHUNK (1024 * 1024)

void
pd_test_canary_init (PdTestCanary *self)
{
  static const char digits[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  for (guint i = 0; i < PD_TEST_CANARY_LENGTH; i++)
    self->masked[i] = (guint8) digits[g_random_int_range (0, sizeof digits - 1)] ^ MASK;
}

void
pd_test_canary_write (const PdTestCanary *self,
                      char               *text)
{
  for (guint i = 0; i < PD_TEST_CANARY_LENGTH; i++)
    text[i] = (char) (self->masked[i] ^ MASK);
  text[PD_TEST_CANARY_LENGTH] = '\0';
}

PdSecretText *
pd_test_canary_text (const PdTestCanary *self)
{
  char          text[PD_TEST_CANARY_LENGTH + 1];
  PdSecretText *secret;

  pd_test_canary_write (self, text);
  secret = pd_secret_text_new (text);
  pd_secret_wipe (text, sizeof text);
  return secret;
}

static guint
count_in (const PdTestCanary *self,
          const guint8       *bytes,
          gsize               length)
{
  guint n = 0;

  for (gsize i = 0; i + PD_TEST_CANARY_LENGTH <= length; i++) {
    gsize j = 0;

    while (j < PD_TEST_CANARY_LENGTH && (bytes[i + j] ^ MASK) == self->masked[j])
      j++;
    if (j == PD_TEST_CANARY_LENGTH)
      n++;
  }
  return n;
}

guint
pd_test_canary_count (const PdTestCanary *self)
{
  /* A mapping of its own, so that it can be left out of the search. */
  guint8 *chunk = mmap (NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  FILE   *maps = fopen ("/proc/self/maps", "re");
  int     memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  char    line[512];
  guint   n = 0;

  g_assert_true (chunk != MAP_FAILED && maps != NULL && memory >= 0);
  while (fgets (line, sizeof line, maps) != NULL) {
    unsigned long start;
    unsigned long end;
    char          mode;

    if (sscanf (line, "%lx-%lx %c", &start, &end, &mode) != 3 || mode != 'r' || strstr (line, "[v") != NULL)
      continue;
    /* A sanitizer's shadow, terabytes of it, says of memory whether it may be used, and holds nothing. */
    if (end - start > SHADOW_LEAST)
      continue;
    /* Neighbouring mappings of the same kind are one. */
    for (unsigned long at = start; at < end; at += CHUNK - PD_TEST_CANARY_LENGTH + 1) {
      gsize  wanted = MIN (CHUNK, end - at);
      gssize got;

      if (at < (unsigned long) chunk + CHUNK && (unsigned long) chunk < at + wanted) {
        /* up to the chunk, and on behind it */
        if (at < (unsigned long) chunk) {
          got = pread (memory, chunk, (unsigned long) chunk - at, (off_t) at);
          n += got > 0 ? count_in (self, chunk, (gsize) got) : 0;
        }
        at = (unsigned long) chunk + CHUNK - (CHUNK - PD_TEST_CANARY_LENGTH + 1);
        continue;
      }
      got = pread (memory, chunk, wanted, (off_t) at);
      n += got > 0 ? count_in (self, chunk, (gsize) got) : 0;
    }
  }
  munmap (chunk, CHUNK);
  close (memory);
  fclose (maps);
  return n;
}
