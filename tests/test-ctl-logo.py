#!/usr/bin/python3
"""paydeskctl logo, the logo of a shop, and its check."""
import json
import os
import shutil
import stat
import struct
import subprocess
import sys
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import CTL, ctl, document, field, main, test  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "fuzz", "corpus", "logo-facts")
SCRATCH = os.environ["PD_SESSION"]
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, colour=(200, 30, 30, 255), size=None):
    """A picture with a light frame; padded to a size by a chunk that no decoder minds."""
    def pixel(x, y):
        return bytes(colour) if 2 <= x < width - 2 and 2 <= y < height - 2 else bytes((90, 90, 90, colour[3]))
    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    start = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
    end = chunk(b"IEND", b"")
    if size is not None:
        start += chunk(b"zZzZ", bytes(size - len(start) - len(end) - 12))
    return start + end


def bits(width, height):
    """One bit a pixel, all black: a bomb in a few thousand bytes."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def read_png(content):
    """(width, height, rows of RGBA): of what paydesk-logo writes."""
    assert content.startswith(SIGNATURE)
    at, body = 8, b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        data = content[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", data)
            assert (depth, colour, interlace) == (8, 6, 0)
        elif kind == b"IDAT":
            body += data
        at += 12 + length
    raw, stride, rows = zlib.decompress(body), width * 4, []
    above = bytes(stride)
    for y in range(height):
        how, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride):
            left, up, corner = line[i - 4] if i >= 4 else 0, above[i], above[i - 4] if i >= 4 else 0
            guess = left + up - corner
            distances = [abs(guess - left), abs(guess - up), abs(guess - corner)]
            paeth = (left, up, corner)[distances.index(min(distances))]
            line[i] = (line[i] + (0, left, up, (left + up) // 2, paeth)[how]) & 255
        rows.append([tuple(line[x * 4:x * 4 + 4]) for x in range(width)])
        above = bytes(line)
    return width, height, rows


def scratch(name, content):
    path = os.path.join(SCRATCH, name)
    with open(path, "wb") as f:
        f.write(content)
    return path


def rule(out, name):
    return next((f["verdict"] for f in out["findings"] if f["rule"] == name), None)


@test("/ctl-logo/document")
def _():
    out = document("logo", scratch("good.png", png(300, 100)))
    assert list(out) == ["verdict", "type", "width", "height", "frames", "bytes", "findings"], out
    assert out["verdict"] == "passed" and out["type"] == "png" and (out["width"], out["height"], out["frames"]) == (300, 100, 1), out
    assert out["bytes"] == os.path.getsize(os.path.join(SCRATCH, "good.png"))
    for finding in out["findings"]:
        assert list(finding) == ["rule", "verdict", "message"] and finding["verdict"] == "passed" and finding["message"], finding
    assert document("logo", "-", stdin=png(300, 100)) == out
    code, text, err = ctl("logo", os.path.join(SCRATCH, "good.png"))
    assert code == 0 and all(f["message"] in text for f in out["findings"]) and not err, (text, err)


@test("/ctl-logo/width")
def _():
    for width, verdict, status in ((149, "failed", 1), (150, "passed", 0), (151, "passed", 0)):
        out = document("logo", "-", stdin=png(width, 50), status=status)
        assert rule(out, "width") == verdict == out["verdict"], out


@test("/ctl-logo/bytes")
def _():
    for size, verdict, status in ((9_999_999, "passed", 0), (10_000_000, "passed", 0), (10_000_001, "warning", 0),
                                  (10_485_760, "warning", 0), (10_485_761, "failed", 1), (40_000_000, "failed", 1)):
        path = scratch("sized.png", png(300, 100, size=size))
        for given in ({"args": [path]}, {"args": ["-"], "stdin": open(path, "rb").read()}):
            out = document("logo", *given["args"], stdin=given.get("stdin"), status=status)
            assert out["bytes"] == size and rule(out, "bytes") == verdict == out["verdict"], (size, out)
        messages = " ".join(f["message"] for f in out["findings"] if f["rule"] == "bytes")
        assert "1,048,576" in messages, messages
    os.unlink(path)


@test("/ctl-logo/type-by-content")
def _():
    for name, kind in (("picture.svg", "png"), ("picture.jpg", "png"), ("picture", "png")):
        assert document("logo", scratch(name, png(300, 100)))["type"] == kind
    shutil.copy(os.path.join(CORPUS, "svg.png"), SCRATCH)
    for path in (os.path.join(SCRATCH, "svg.png"), scratch("empty.png", b""), scratch("page.png", b"<!doctype html><p>no</p>")):
        out = document("logo", path, status=1)
        assert out["type"] is None and out["width"] is None and out["frames"] is None and rule(out, "type") == "failed", out


@test("/ctl-logo/preview")
def _():
    picture = os.path.join(SCRATCH, "preview.png")
    assert ctl("logo", scratch("wide.png", png(300, 100)), "--preview", picture)[0] == 0
    width, height, rows = read_png(open(picture, "rb").read())
    assert (width, height) == (150, 50) and rows[25][75] == (200, 30, 30, 255) and rows[0][0] == (90, 90, 90, 255)
    out = document("logo", scratch("square.png", png(200, 200)), "--preview", picture)
    assert rule(out, "ratio") == "warning" and out["verdict"] == "warning", out
    width, height, rows = read_png(open(picture, "rb").read())
    assert (width, height) == (150, 50)
    assert [x for x in range(150) if rows[25][x][3]] == list(range(50, 100)), "in the middle, and nothing beside it"
    # What is written may be any file, and standard output.
    done = subprocess.run([CTL, "logo", os.path.join(SCRATCH, "square.png"), "--preview", "-"], capture_output=True)
    assert done.returncode == 0 and read_png(done.stdout) == (width, height, rows)
    assert ctl("logo", os.path.join(SCRATCH, "square.png"), "--preview", "-", "--json")[0] == 2
    assert ctl("logo", os.path.join(SCRATCH, "square.png"), "--preview", "/nonexistent/out.png")[0] == 3
    # A picture that breaks a rule is shown too.
    os.unlink(picture)
    assert ctl("logo", scratch("narrow.png", png(90, 30)), "--preview", picture)[0] == 1
    assert read_png(open(picture, "rb").read())[:2] == (150, 50)


@test("/ctl-logo/hints")
def _():
    out = document("logo", "-", stdin=png(300, 100, (250, 250, 250, 0)))
    assert rule(out, "transparency") == "warning", out
    out = document("logo", os.path.join(CORPUS, "animated.gif"), status=1)
    assert out["frames"] == 3 and rule(out, "still") == "warning" and rule(out, "sharpness") == "warning", out
    out = document("logo", os.path.join(CORPUS, "cmyk.jpg"), status=1)
    assert out["type"] == "jpeg" and rule(out, "colours") == "warning" and rule(out, "content") == "passed", out
    out = document("logo", os.path.join(CORPUS, "exif-big-endian.jpg"), status=1)
    assert (out["width"], out["height"]) == (48, 144) and rule(out, "orientation") == "warning" and rule(out, "ratio") == "passed", out


@test("/ctl-logo/hostile")
def _():
    picture = os.path.join(SCRATCH, "hostile.png")
    for path in (os.path.join(CORPUS, "bomb.gif"), scratch("19000.png", bits(19000, 19000))):
        code, _, err = ctl("logo", path, "--preview", picture)
        assert code == 1 and err and not os.path.exists(picture), (path, code)
        assert rule(document("logo", path, status=1), "pixels") == "failed"
    # Just below the cap it is opened; nothing here waits for it to fail.
    out = document("logo", scratch("7000.png", bits(7000, 7000)), "--preview", picture)
    assert rule(out, "content") == "passed" and rule(out, "pixels") is None, out
    whole = png(200, 60)
    for length in range(9, len(whole), 11):
        code, text, err = ctl("logo", "-", "--json", stdin=whole[:length])
        assert code in (0, 1) and rule(json.loads(text), "content") in ("failed", "warning"), (length, text, err)
    for name in os.listdir(CORPUS):
        code, text, err = ctl("logo", os.path.join(CORPUS, name), "--json")
        assert code == 1 and json.loads(text)["verdict"] == "failed", (name, code, text, err)


@test("/ctl-logo/program-that-opens-pictures")
def _():
    folder = os.path.join(SCRATCH, "src")
    os.makedirs(os.path.join(folder, "ctl"))
    copy = shutil.copy(CTL, os.path.join(folder, "ctl"))
    good, narrow = scratch("good.png", png(300, 100)), scratch("narrow.png", png(90, 30))
    picture = os.path.join(SCRATCH, "unseen.png")

    def judge(path):
        environment = {k: v for k, v in os.environ.items() if k != "G_DEBUG"}
        done = subprocess.run([copy, "logo", path, "--json", "--preview", picture], capture_output=True, env=environment, timeout=60)
        return done.returncode, json.loads(done.stdout)

    def is_unseen(path, status, verdict):
        code, out = judge(path)
        assert code == status and out["verdict"] == verdict and rule(out, "content") == "undetermined", (code, out)
        assert rule(out, "bytes") == "passed" and not os.path.exists(picture), out

    is_unseen(good, 3, "undetermined")  # there is none
    is_unseen(narrow, 1, "failed")
    os.makedirs(os.path.join(folder, "logo"))
    helper = os.path.join(folder, "logo", "paydesk-logo")
    for script in ("kill -SEGV $$", "kill -KILL $$", "exec cat /dev/zero", "echo nonsense", "exit 5"):
        with open(helper, "w") as f:
            f.write(f"#!/bin/sh\n{script}\n")
        os.chmod(helper, stat.S_IRWXU)
        is_unseen(good, 3, "undetermined")
    shutil.copy(os.path.join(os.environ["PD_BUILD_DIR"], "src", "logo", "paydesk-logo"), helper)
    assert judge(good) == (0, document("logo", good)) and os.path.exists(picture)


@test("/ctl-logo/set")
def _():
    shop = document("new", "Set")["id"]
    code, out, err = ctl("set", shop, "logo", scratch("good.png", png(300, 100)))
    assert code == 0 and not err, err
    code, out, err = ctl("set", shop, "logo", scratch("narrow.png", png(149, 50)))
    assert code == 0 and "149 × 50" in err, err
    kept = field(shop, "logo")
    assert kept["value"], kept
    code, out, err = ctl("set", shop, "logo", os.path.join(CORPUS, "svg.png"))
    assert code == 2 and err and field(shop, "logo") == kept


@test("/ctl-logo/check")
def _():
    shop = document("new", "Checked")["id"]

    def check(status=0):
        findings = document("check", shop, "--only", "logo", status=status)["findings"]
        assert len(findings) == 1 and findings[0]["check"] == "logo" and findings[0]["fields"] == ["logo"], findings
        return findings[0]

    assert check()["verdict"] == "skipped"
    ctl("set", shop, "logo", scratch("good.png", png(300, 100)))
    passed = check()
    assert passed["verdict"] == "passed" and "300 × 100" in passed["summary"] and passed["value"].endswith(".png"), passed
    ctl("set", shop, "logo", scratch("square.png", png(200, 200)))
    assert check()["verdict"] == "warning"
    ctl("set", shop, "logo", scratch("narrow.png", png(149, 50)))
    failed = check(status=1)
    assert failed["verdict"] == "failed" and "149 × 50" in failed["summary"] and failed["next_step"] and failed["where"], failed
    os.unlink(os.path.join(os.environ["XDG_DATA_HOME"], "paydesk", "profiles", shop, failed["value"]))
    assert check(status=3)["verdict"] == "undetermined"


@test("/ctl-logo/usage")
def _():
    assert ctl("logo")[0] == 2 and ctl("logo", "a", "b")[0] == 2
    for bad in ("/nonexistent.png", SCRATCH):
        code, out, err = ctl("logo", bad, "--json")
        assert code == 2 and not out and err, (bad, code, err)


def folder_of(shop):
    """What stands in the shop's folder."""
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "paydesk", "profiles", shop)
    return {name: open(os.path.join(folder, name), "rb").read() for name in os.listdir(folder)
            if os.path.isfile(os.path.join(folder, name))}


def assert_refused(shop, sentence, *before, **more):
    """Neither a logo nor a word is saved, nothing is lost, and it is said why."""
    kept = folder_of(shop)
    for verb, *value in (("set", "logo", scratch("refused.png", png(300, 100, (9, 9, 9, 255)))), ("unset", "logo"),
                         ("set", "store-name", "Another")):
        done = subprocess.run([*before, CTL, verb, shop, *value], capture_output=True, text=True, check=False, **more)
        assert done.returncode != 0 and sentence in done.stderr, (verb, value, done.returncode, done.stderr)
        assert folder_of(shop) == kept, (verb, value, sorted(folder_of(shop)))


def make_kept():
    shop = document("new", "Kept")["id"]
    ctl("set", shop, "store-name", "Kept")
    ctl("set", shop, "logo", scratch("kept.png", png(300, 100)))
    assert "logo.png" in folder_of(shop) and "profile.json" in folder_of(shop)
    return shop


@test("/ctl/logo/disk-takes-nothing")
def _():
    shop = make_kept()
    # Python ignores SIGXFSZ, and so does its child: a file that may not grow is then an error, as on a full disk.
    assert_refused(shop, "The disk does not take a file of this size. Nothing was saved.", "prlimit", "--fsize=0", restore_signals=False)


@test("/ctl/logo/disk-that-can-only-be-read")
def _():
    shop = make_kept()
    data = os.environ["XDG_DATA_HOME"]
    before = ("bwrap", "--dev-bind", "/", "/", "--ro-bind", data, data)
    # where no folder can be mounted anew, as within a sandbox, there is none to try it with
    if shutil.which("bwrap") and subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 0:
        assert_refused(shop, "Paydesk’s folder is on a disk that can only be read.", *before)


main()
