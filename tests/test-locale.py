#!/usr/bin/python3
"""Dates, times and numbers as the person's own locale writes them, in the window and in what paydeskctl tells; and never in what a
program reads. The locales are the system's, or made for the test from their sources."""
import csv
import glob
import io
import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import time
import zlib

SESSION = os.environ["PD_SESSION"]
LOCALES = os.path.join(SESSION, "locales")


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit()


sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import atspi  # noqa: E402
import ctl as ctl_py  # noqa: E402
from atspi import Atspi, GLib  # noqa: E402
from ctl import main, test  # noqa: E402

NAMES = ("ja_JP", "en_US", "de_DE")
INSTALLED = {line.lower().replace("-", "") for line in subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
             .stdout.splitlines()}
# a folder of our own hides the system's
ARE_INSTALLED = all(name.lower() + ".utf8" in INSTALLED for name in NAMES)
if not ARE_INSTALLED and (not shutil.which("localedef") or not os.path.exists("/usr/share/i18n/locales/ja_JP")):
    skip("neither the locales (the package locales-all) nor their sources (the package locales) are installed")

WINDOW = atspi.PATH + "/window/1"
# one of 1,266 characters has 1,234 too many
LONG = "amzn1.application-oa2-client." + "a" * (32 + 1234)
# 2026-03-04T08:06:07Z in Tokyo: a day and a month that change places, and an hour after noon.
WHEN, DAY, STAMP = "2026-03-04T08:06:07Z", "2026-03-04", "20260304T080607Z"
# locale → day, day and time of day, 1234, a secret's date, a run's, how many characters of an ID are too many
EXPECTED = {
    "ja_JP": ("2026年03月04日", "2026年03月04日 17:06", "1,234",
              "2026年03月04日に保存", "前回の検査(2026年03月04日 17:06)", "1,234文字余分です。"),
    "en_US": ("03/04/2026", "03/04/2026 5:06 PM", "1,234",
              "Stored on 03/04/2026", "Last test on 03/04/2026 5:06 PM", "There are 1,234 characters too many."),
    "de_DE": ("04.03.2026", "04.03.2026 17:06", "1.234",
              "Stored on 04.03.2026", "Last test on 04.03.2026 17:06", "There are 1.234 characters too many."),
    # no locale: unmistakable all the same
    "C": ("2026-03-04", "2026-03-04 17:06", "1234",
          "Stored on 2026-03-04", "Last test on 2026-03-04 17:06", "There are 1234 characters too many."),
}


def environment(name, data, **more):
    """What a desktop set to that locale has; the language of the words can be another one than that of dates."""
    locale = name + ".UTF-8"
    env = dict(os.environ, **({} if ARE_INSTALLED else {"LOCPATH": LOCALES}), LANG=locale, TZ="Asia/Tokyo", XDG_DATA_HOME=data, GTK_A11Y="atspi",
               LANGUAGE="ja" if name == "ja_JP" else "en", PD_LOCALEDIR=os.path.join(os.environ["PD_BUILD_DIR"], "po"))
    return dict(env, LC_ALL=locale, **more) if "LC_ALL" not in more else dict(env, **more)


def ctl(name, data, *args, **more):
    return ctl_py.ctl(*args, env=environment(name, data, **more))


def picture(path):
    """A PNG of 300 × 100 that does not get small."""
    rows = b"".join(b"\0" + random.Random(y).randbytes(900) for y in range(100))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 300, 100, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b""))
    return os.path.getsize(path)


def rewrite(path, pattern, text):
    with open(path, encoding="utf-8") as file:
        content = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(pattern, text, content))


def make_data():
    """A shop of which everything happened on that day."""
    data = os.path.join(SESSION, "data")
    os.mkdir(data)
    code, out, err = ctl("C", data, "new", "Lantern", "--practice")
    assert code == 0, err
    assert ctl("C", data, "check", "Lantern")[0] == 0
    folder = os.path.join(data, "paydesk", "profiles", out.strip())
    rewrite(os.path.join(folder, "profile.json"), r'"stored": "[^"]*"', f'"stored": "{WHEN}"')
    run, = glob.glob(os.path.join(folder, "runs", "*.json"))
    rewrite(run, r'"started":"[^"]*"', f'"started":"{WHEN}"')
    os.rename(run, os.path.join(folder, "runs", STAMP + "-01.json"))
    return data


def copy_data(name, damaged=0):
    data = os.path.join(SESSION, "data-" + name)
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(DATA, data)
    for i in range(damaged):
        folder = os.path.join(data, "paydesk", "profiles", f"00000000-0000-4000-8000-{i:012}")
        os.mkdir(folder)
        with open(os.path.join(folder, "profile.json"), "w", encoding="utf-8") as file:
            file.write("{")
    return data


def set_long(name, data):
    """What is said of it."""
    code, _, err = ctl(name, data, "set", "Lantern", "client-id", LONG)
    assert code == 0, err
    return err.replace(LONG, "")


def walk(node):
    yield node
    for child in atspi.children(node):
        yield from walk(child)


def texts(pid):
    """All that stands on the screen."""
    application = atspi.application(pid)
    for node in walk(application) if application else ():
        try:
            yield node.get_name() or ""
            yield node.get_description() or ""
            # newer GTK gives what has the role of a status no name, only its text
            text = node.get_text_iface()
            if text:
                yield atspi.Atspi.Text.get_text(text, 0, -1)
        except GLib.Error:
            pass


def is_seen(pid, wanted):
    return any(wanted in text for text in texts(pid))


def wait_for(pid, wanted):
    end = time.time() + atspi.PATIENCE
    while not is_seen(pid, wanted):
        assert os.path.exists(f"/proc/{pid}/exe"), "the window is gone"
        if time.time() > end:
            words = [text for text in texts(pid) if any(c.isdigit() for c in text)]
            raise AssertionError(f"“{wanted}” is not there, but {words}")
        time.sleep(.3)


def look_at_window(name, env):
    _, _, _, stored, tested, long = EXPECTED[name]
    paydesk = subprocess.Popen([os.path.join(os.environ["PD_BUILD_DIR"], "src", "app", "paydesk")], env=env,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(paydesk.pid, "Lantern")
        atspi.activate(WINDOW, "api-information")
        wait_for(paydesk.pid, stored)
        wait_for(paydesk.pid, long)
        atspi.activate(WINDOW, "tests")
        wait_for(paydesk.pid, tested)
        if os.environ.get("PD_PICTURES"):
            subprocess.run(["import", "-window", "root", os.path.join(os.environ["PD_PICTURES"], f"locale-{name}.png")], check=False)
    finally:
        paydesk.kill()
        paydesk.wait()


def register(name):
    @test(f"/locale/{name}/window")
    def _():
        data = copy_data(name)
        set_long(name, data)
        look_at_window(name, environment(name, data))

    @test(f"/locale/{name}/told")
    def _():
        day, moment, number, *_ = EXPECTED[name]
        data = copy_data(name)
        assert f"  {day}\n" in ctl(name, data, "doctor")[1], ctl(name, data, "doctor")
        # To the second, as the next run may be within the minute.
        exactly = moment.replace(":06", ":06:07")
        assert f"  {exactly}  {STAMP}-01" in ctl(name, data, "history", "Lantern")[1], ctl(name, data, "history", "Lantern")
        err = set_long(name, data)
        assert number in err and (number == "1234" or "1234" not in err), err
        size = str(picture(os.path.join(SESSION, "logo.png")))
        mark = {"1,234": ",", "1.234": ".", "1234": ""}[number]
        assert f"{size[:-3]}{mark}{size[-3:]}" in ctl(name, data, "logo", os.path.join(SESSION, "logo.png"))[1]


for each in EXPECTED:
    register(each)


@test("/locale/dates-and-words-of-different-countries")
def _():
    data = copy_data("mixed")
    env = {"LC_ALL": "", "LANG": "en_US.UTF-8", "LC_TIME": "ja_JP.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "LANGUAGE": "en"}
    out = ctl("en_US", data, "history", "Lantern", **env)[1]
    assert EXPECTED["ja_JP"][1] in out and "Passed" in out, out
    out = ctl("en_US", data, "logo", os.path.join(SESSION, "logo.png"), **env)[1]
    assert re.search(r"\d\d\.\d{3} bytes", out), out


@test("/locale/one-and-many")
def _():
    for name, one, two in (("en_US", "1 file of", "2 files of"), ("de_DE", "1 file of", "2 files of"), ("ja_JP", "1件", "2件")):
        for n, wanted in ((1, one), (2, two)):
            err = ctl(name, copy_data("plural", damaged=n), "list")[2]
            assert wanted in err, err


def what_programs_read(name):
    """Each output for programs, in English words whatever the locale."""
    data = copy_data("machine")
    env = {"LANGUAGE": "en"}
    said = {}
    for args in (("list", "--json"), ("show", "Lantern", "--json"), ("history", "Lantern", "--json"), ("doctor", "--json")):
        code, out, err = ctl(name, data, *args, **env)
        assert code == 0, (args, err)
        json.loads(out)
        said[args] = out
    for ending in ("json", "csv"):
        path = os.path.join(SESSION, f"out.{ending}")
        code, _, err = ctl(name, data, "export", "Lantern", "--output", path, **env)
        assert code == 0, err
        with open(path, encoding="utf-8-sig", newline="") as file:
            said[ending] = re.sub(r'"exported": *"[^"]*"', "", file.read())
        os.remove(path)
    assert list(csv.reader(io.StringIO(said["csv"])))
    # what is written, and what a check keeps
    assert ctl(name, data, "set", "Lantern", "store-name", "Laterne", **env)[0] == 0
    folder, = glob.glob(os.path.join(data, "paydesk", "profiles", "*"))
    with open(os.path.join(folder, "profile.json"), encoding="utf-8") as file:
        said["profile"] = file.read()
    code, out, err = ctl(name, data, "check", "Lantern", "--json", **env)
    assert code == 0, err
    kept = max(glob.glob(os.path.join(folder, "runs", "*.json")))
    for text in (out, open(kept, encoding="utf-8").read()):
        run = json.loads(text)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", run["started"]), run["started"]
        timed = [each["evidence"]["elapsed_ms"] for each in run["findings"] if each["evidence"]]
        assert timed and all(isinstance(each, int) for each in timed if each is not None), timed
    assert re.fullmatch(r"\d{8}T\d{6}Z-\d\d\.json", os.path.basename(kept)), kept
    return said


@test("/locale/never-for-programs")
def _():
    plain = what_programs_read("C")
    assert f'"{WHEN}"' in plain[("history", "Lantern", "--json")] and f'"{WHEN}"' in plain["profile"]
    for name in NAMES:
        ours = what_programs_read(name)
        for what, text in plain.items():
            ours[what] = ours[what].replace("data-" + name, "data")
            assert ours[what] == text, (name, what, ours[what], text)


@test("/locale/a-finding-is-read-elsewhere")
def _():
    data = copy_data("finding")
    subprocess.run(["secret-tool", "clear", "field", "mws-auth-token"], check=True)
    out = ctl("en_US", data, "check", "Lantern", "--only", "completeness")[1]
    assert f"was stored on {DAY}" in out, out


for each in () if ARE_INSTALLED else NAMES:
    os.makedirs(LOCALES, exist_ok=True)
    # 1: made, with warnings about its source
    if subprocess.run(["localedef", "-i", each, "-f", "UTF-8", os.path.join(LOCALES, each + ".UTF-8")], capture_output=True,
                      check=False).returncode > 1:
        skip(f"localedef cannot make {each}")
DATA = make_data()
BUS = atspi.start_bus()
Atspi.init()
try:
    main()
finally:
    atspi.end_bus(BUS)
