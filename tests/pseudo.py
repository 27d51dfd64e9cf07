#!/usr/bin/python3
"""pseudo.py CATALOGUE.mo FOLDER COMMAND…: runs COMMAND in a language made of the catalogue's own English: accented, 40 % longer, in
brackets. What then has no brackets is not translatable; what has only one of them is cut."""
import os
import re
import struct
import sys

# What stays: directives, tags, entities, escapes.
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:l|ll|h|z)?[a-zA-Z%]|<[^>]*>|&[a-z]+;")
ACCENTS = str.maketrans("ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz", "ÀÇÐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽàçðéĝĥîĵķļñöŕšţûŵýž")


def lengthen(text):
    """Each word by itself, so that lines still break where they would in a language with longer words."""
    return re.sub(r"[^\W_]+", lambda word: word.group().translate(ACCENTS) + "~" * ((len(word.group()) * 2 + 4) // 5), text)


def translate(text):
    body, at = "", 0
    for kept in KEPT.finditer(text):
        body += lengthen(text[at:kept.start()]) + kept.group()
        at = kept.end()
    return f"⟦{body}{lengthen(text[at:])}⟧"


def read(path):
    """The originals, as they stand in the catalogue: context and plural within."""
    with open(path, "rb") as file:
        data = file.read()
    _, _, n, table = struct.unpack_from("<4I", data)
    for i in range(n):
        length, offset = struct.unpack_from("<2I", data, table + i * 8)
        yield data[offset:offset + length].decode()


def write(path, entries):
    entries = sorted((key.encode(), value.encode()) for key, value in entries)
    head, n = 28, len(entries)
    blob, originals, translations = b"", b"", b""
    for key, _ in entries:
        originals += struct.pack("<2I", len(key), head + 16 * n + len(blob))
        blob += key + b"\0"
    for _, value in entries:
        translations += struct.pack("<2I", len(value), head + 16 * n + len(blob))
        blob += value + b"\0"
    with open(path, "wb") as file:
        file.write(struct.pack("<7I", 0x950412de, 0, n, head, head + 8 * n, 0, 0) + originals + translations + blob)


def make(catalogue, folder, language="qps"):
    target = os.path.join(folder, language, "LC_MESSAGES")
    os.makedirs(target, exist_ok=True)
    entries = [("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n")]
    for original in read(catalogue):
        if original:
            entries.append((original, "\0".join(map(translate, original.split("\4")[-1].split("\0")))))
    write(os.path.join(target, "paydesk.mo"), entries)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])
    os.environ.update(PD_LOCALEDIR=sys.argv[2], LANGUAGE="qps")
    os.execvp(sys.argv[3], sys.argv[3:])
