#!/usr/bin/python3
"""What scripts and hurried people do to paydeskctl: odd arguments, closed pipes, files in the way, and secrets in the wrong place."""
import hashlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import CTL, ctl, document, field, main, test  # noqa: E402

CLIENT = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
TOKEN = "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456"
PRESET = "Pre-Set_with_information_from_Amazon"
KEYS = {"merchant_id": "A1EXAMPLESELLER", "access_key": "AKIAEXAMPLEKEY000001", "secret_key": "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01",
        "client_id": CLIENT, "client_secret": "0123456789abcdef" * 4}
DATA = os.path.join(os.environ["XDG_DATA_HOME"], "paydesk")
VERBS = ("list", "new", "show", "set", "set-secret", "unset", "import", "export", "duplicate", "delete", "check", "practice", "doctor")

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00\x3b"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


def make(name, *options):
    return document("new", name, *options)["id"]


def scratch(name, content):
    path = os.path.join(os.environ["PD_SESSION"], name)
    with open(path, "wb") as f:
        f.write(content)
    return path


def names():
    return [p["name"] for p in document("list")["profiles"]]


def everything():
    """Path → (mode, time of change, digest) of all that is in the data folder."""
    found = {}
    for folder, folders, files in os.walk(DATA):
        for path in [folder] + [os.path.join(folder, f) for f in files]:
            status = os.lstat(path)
            digest = hashlib.sha256(open(path, "rb").read()).hexdigest() if os.path.isfile(path) else ""
            found[path] = (status.st_mode, status.st_ctime_ns, digest)
    return found


def on_terminal(args, typed):
    """(exit status, what the terminal showed) of paydeskctl with a terminal as standard input, and `typed` typed there."""
    pid, terminal = pty.fork()
    if pid == 0:
        environment = dict(os.environ)
        environment.pop("G_DEBUG", None)
        os.execve(CTL, [CTL, *args], environment)
    shown, sent = b"", False
    while True:
        if not select.select([terminal], [], [], 60)[0]:
            os.kill(pid, signal.SIGKILL)
            break
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        # Typed before the prompt is whole, it would be thrown away.
        if not sent and (b"Ctrl+D" in shown or b"?" in shown):
            os.write(terminal, typed)
            sent = True
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


# Arguments

@test("/ctl-edges/options-before-and-after-operands")
def _():
    shop = make("Order")
    assert json.loads(ctl("show", "--json", shop)[1])["id"] == json.loads(ctl("show", shop, "--json")[1])["id"] == shop
    assert ctl("set", shop, "description", "--", "-5")[0] == 0
    assert field(shop, "description")["value"] == "-5"
    code, out, err = ctl("set", shop, "description", "-5")
    assert code == 2 and "--" in err, err
    assert ctl("list", "--json", "extra")[0] == 2 and ctl("doctor", "extra")[0] == 2
    assert json.loads(ctl("new", "--mode=disabled", "Equals", "--json")[1])["name"] == "Equals"


@test("/ctl-edges/help")
def _():
    for verb in VERBS:
        code, out, err = ctl(verb, "--help")
        assert code == 0 and err == "" and out.startswith(f"Usage: paydeskctl {verb}"), (verb, out, err)
        code, japanese, err = ctl(verb, "-h", env={"LANGUAGE": "ja"})
        assert code == 0 and "オプション:" in japanese and "Options:" not in japanese, japanese
    code, out, err = ctl("--help")
    for verb in VERBS:
        assert re.search(rf"^  {verb} +\S", out, re.M), verb
    assert ctl("--version")[1] == f"paydeskctl {ctl('--version')[1].split()[1]}\n"
    code, out, err = ctl()
    assert code == 2 and out == "" and "--help" in err
    for fault in ("none", "wrong-key", "clock-ahead", "wrong-host"):
        assert fault in ctl("practice", "--help")[1]
    assert "return-url" in ctl("check", "--help")[1]


@test("/ctl-edges/man-pages-tell-everything")
def _():
    verbs = re.findall(r"^  ([a-z-]+)  ", ctl("--help")[1], re.M)
    assert set(VERBS) <= set(verbs)
    for page in ("paydeskctl.1", "ja/paydeskctl.1"):
        with open(os.path.join(os.environ["G_TEST_SRCDIR"], "..", "data", page), encoding="utf-8") as f:
            text = f.read()
        for verb in verbs:
            assert re.search(rf"^(\.It |\.)Cm {verb}\b", text, re.M), (page, verb)
            for option in re.findall(r"^  --([a-z-]+)", ctl(verb, "--help")[1], re.M):
                assert re.search(rf"Fl -{option}\b", text), (page, verb, option)


@test("/ctl-edges/any-locale")
def _():
    shop = make("日本語の店")
    for locale in ("C", "POSIX"):
        code, out, err = ctl("set", "日本語の店", "store-name", "ランタン", env={"LC_ALL": locale, "LANG": locale})
        assert code == 0, err
        assert field(shop, "store-name")["value"] == "ランタン"
        assert "日本語の店" in ctl("list", env={"LC_ALL": locale})[1]
    bad = subprocess.run([CTL.encode(), b"new", b"\xff\xfe"], capture_output=True)
    assert bad.returncode == 2 and b"UTF-8" in bad.stderr


@test("/ctl-edges/names")
def _():
    shop = make("  two \n words\t")
    assert document("show", shop)["name"] == "two words"
    assert ctl("new", " 　\n")[0] == 2 and ctl("set", shop, "name", "")[0] == 2 and ctl("duplicate", shop, " ")[0] == 2
    assert ctl("unset", shop, "name")[0] == 2
    first, second = make("Same"), make("Same")
    code, out, err = ctl("unset", "Same", "client-id")
    assert code == 2 and first in err and second in err and out == ""
    copy = document("duplicate", shop, "Copy")
    assert copy["name"] == "Copy" and document("show", copy["id"])["name"] == "Copy"


@test("/ctl-edges/secret-in-the-wrong-place-is-not-repeated")
def _():
    shop = make("Careless")
    pem = "-----BEGIN PRIVATE KEY-----\nCANARY9\n-----END PRIVATE KEY-----"
    for args in (("set-secret", shop, "private-key", pem), ("set-secret", shop, "client-secret", "CANARY9"), ("set-secret", shop, "CANARY9"),
                 ("set", shop, "client-secret", "CANARY9"), ("set", shop, "CANARY9", "x"), ("set", shop, "mode", "CANARY9"),
                 ("set-secret", shop, "client-secret", "--value=CANARY9"), ("set-secret", shop, "client-secret", "--CANARY9"),
                 ("unset", shop, "client-secret", "CANARY9"), ("show", shop, "CANARY9"), ("CANARY9",), ("set-secret", shop, "client-secret", "-CANARY9"),
                 ("import", "--into", shop, "-", "--CANARY9"), ("new", "X", "--mode", "CANARY9")):
        code, out, err = ctl(*args, stdin=b"CANARY8")
        assert code == 2 and out == "" and err and "CANARY" not in err, (args, code, err)
    assert field(shop, "mws-auth-token")["stored"] == "no"


@test("/ctl-edges/secret-on-standard-input")
def _():
    shop = make("Standard input")
    for given, held in ((b"amzn.mws.a\n", b"amzn.mws.a"), (b"amzn.mws.b\r\n", b"amzn.mws.b"), (b"amzn.mws.c", b"amzn.mws.c")):
        assert ctl("set-secret", shop, "mws-auth-token", stdin=given)[0] == 0
        found = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "mws-auth-token"], capture_output=True).stdout
        assert found == held, found
    for bad in (b"", b"\n", b"CANARY\xff", b"CANARY\nsecond line\n", b"CANARY\0x", b"x" * 70000):
        code, out, err = ctl("set-secret", shop, "mws-auth-token", stdin=bad)
        assert code == 2 and "CANARY" not in out + err, (bad[:20], code, err)
    found = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "mws-auth-token"], capture_output=True).stdout
    assert found == b"amzn.mws.c"
    assert b"CANARY" not in b"".join(open(p, "rb").read() for p in everything() if os.path.isfile(p))


@test("/ctl-edges/secret-from-a-terminal-is-not-echoed")
def _():
    shop = make("Terminal")
    code, shown = on_terminal(["set-secret", shop, "mws-auth-token"], TOKEN.encode() + b"\n\x04")
    assert code == 0 and TOKEN not in shown and "MWS Auth Token" in shown, (code, shown)
    found = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "mws-auth-token"], capture_output=True).stdout
    assert found == TOKEN.encode(), found


# Fields

@test("/ctl-edges/set-says-what-it-did")
def _():
    shop = make("Said")
    code, out, err = ctl("set", shop, "seller-id", "A1EXAMPLESELLER")
    assert (code, out, err) == (0, "", ""), err
    code, out, err = ctl("set", shop, "seller-id", "Ａ１ＥＸＡＭＰＬＥＳＥＬＬＥＲ ")
    assert code == 0 and out == "" and err.count("\n") == 1 and "seller-id" in err, err
    assert field(shop, "seller-id")["value"] == "A1EXAMPLESELLER"
    code, out, err = ctl("set", shop, "client-id", "nonsense")
    assert code == 0 and "client-id" in err and field(shop, "client-id")["value"] == "nonsense"
    code, out, err = ctl("set", shop, "access-key-id", "AKIAEXAMPLEKEY000001")
    assert code == 0 and "access-key-id" in err, err
    assert ctl("set", shop, "return-urls", "")[0] == 0 and field(shop, "return-urls")["value"] == []
    for member, choice in (("mode", "operating"), ("generation", "before-upgrade"), ("environment", "sandbox")):
        assert ctl("set", shop, member, choice)[0] == 0
        assert document("show", shop)[member] == choice
    assert field(shop, "access-key-id")["value"] == "AKIAEXAMPLEKEY000001"
    assert "A1EXAMPLESELLER" in ctl("show", shop)[1]


@test("/ctl-edges/pre-set-token")
def _():
    shop = make("Set up by Amazon")
    assert ctl("set", shop, "client-secret", PRESET)[0] == 2
    assert ctl("set", shop, "mws-auth-token", PRESET)[0] == 0 and ctl("set", shop, "mws-auth-token", PRESET)[0] == 0
    assert ctl("set-secret", shop, "mws-auth-token", stdin=PRESET.encode())[0] == 0
    code, out, err = ctl("unset", shop, "mws-auth-token")
    assert code == 2 and "--yes" in err and field(shop, "mws-auth-token")["value"] == PRESET
    assert ctl("unset", shop, "mws-auth-token", "--yes")[0] == 0
    f = field(shop, "mws-auth-token")
    assert f["value"] is None and f["stored"] == "no"


@test("/ctl-edges/the-same-field-by-many-at-once")
def _():
    shop = make("Rush")
    values = [f"Rush {n}" for n in range(12)]
    writers = [subprocess.Popen([CTL, "set", shop, "store-name", v], stderr=subprocess.PIPE) for v in values]
    codes = [(w.communicate()[1], w.returncode)[1] for w in writers]
    assert codes == [0] * len(codes), codes
    assert field(shop, "store-name")["value"] in values


@test("/ctl-edges/logo")
def _():
    shop = make("Logo")
    for content, suffix in ((PNG, ".png"), (JPEG, ".jpg"), (GIF, ".gif")):
        assert ctl("set", shop, "logo", scratch("picture", content))[0] == 0
        name = field(shop, "logo")["value"]
        assert name.endswith(suffix), name
        kept = os.path.join(DATA, "profiles", shop, name)
        assert open(kept, "rb").read() == content and os.stat(kept).st_mode & 0o077 == 0
    assert ctl("set", shop, "logo", "-", stdin=PNG)[0] == 0 and field(shop, "logo")["value"].endswith(".png")
    before = field(shop, "logo")
    for bad in (scratch("page.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), scratch("empty.png", b""), "/nonexistent.png",
                os.environ["PD_SESSION"], scratch("large.png", PNG + bytes(17 * 1024 * 1024))):
        code, out, err = ctl("set", shop, "logo", bad)
        assert code == 2 and err, (bad, code)
    assert field(shop, "logo") == before
    exported = ctl("export", shop, "--output", "-")[1]
    assert ctl("import", "-", stdin=exported.encode())[0] == 0
    copy = next(p["id"] for p in document("list")["profiles"] if p["name"].startswith("Logo") and p["id"] != shop)
    kept = os.path.join(DATA, "profiles", copy, field(copy, "logo")["value"])
    assert open(kept, "rb").read() == PNG
    assert ctl("unset", shop, "logo")[0] == 0 and field(shop, "logo")["value"] is None


# Files

@test("/ctl-edges/export-replaces-only-files")
def _():
    shop = make("Written out")
    target = scratch("target.json", b"before")
    link = os.path.join(os.environ["PD_SESSION"], "link.json")
    os.symlink(target, link)
    assert ctl("export", shop, "--output", link)[0] == 0
    assert os.path.islink(link) and b"Written out" in open(target, "rb").read()
    fifo = os.path.join(os.environ["PD_SESSION"], "fifo")
    os.mkfifo(fifo)
    read = []
    reader = threading.Thread(target=lambda: read.append(open(fifo, "rb").read()))
    reader.start()
    assert ctl("export", shop, "--output", fifo)[0] == 0
    reader.join()
    assert json.loads(read[0]) and not os.path.isfile(fifo)
    assert ctl("export", shop)[0] == 2 and ctl("export", "nobody", "--output", "-")[0] == 2
    assert ctl("export", shop, "--output", "/nonexistent/folder/file")[0] == 3
    assert ctl("export", shop, "--output", "/dev/full")[0] == 3
    fresh = os.path.join(os.environ["PD_SESSION"], "fresh.json")
    assert ctl("export", shop, shop, "-o", fresh)[0] == 0 and os.stat(fresh).st_mode & 0o077 == 0
    assert open(fresh, "rb").read().count(b'"Written out"') == 1


@test("/ctl-edges/import-all-files-or-none")
def _():
    shop = make("Whole")
    good = scratch("good.json", ctl("export", shop, "--output", "-")[1].encode())
    before = document("list")
    for bad in (["/nonexistent"], [scratch("empty.json", b"")], [scratch("keys.json", json.dumps(KEYS).encode())],
                ["--format", "nonsense"], ["--into", "nobody"], ["--into", shop]):
        code, out, err = ctl("import", good, *bad)
        assert code == 2 and out == "" and err, (bad, code, err)
    assert ctl("import", scratch("broken.json", open(good, "rb").read()[:-20]))[0] == 2
    assert document("list") == before
    code, out, err = ctl("import", good, good, "--format", "profiles")
    assert code == 0 and len(out.splitlines()) == 2, err
    assert len(document("list")["profiles"]) == len(before["profiles"]) + 2


@test("/ctl-edges/import-keys")
def _():
    shop = make("Copied")
    file = scratch("copied.json", json.dumps(KEYS).encode())
    code, out, err = ctl("import", "--into", shop, file)
    assert code == 0 and "client-secret" in err and "--all" in err, err
    assert KEYS["client_secret"] not in out + err and KEYS["secret_key"] not in out + err
    held = subprocess.run(["secret-tool", "search", "--all", "profile", shop], capture_output=True).stdout
    assert b"secret" not in held.replace(b"org.paydesk.Secret", b"")
    assert ctl("import", "--into", shop, "--all", file)[0] == 0
    held = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "client-secret"], capture_output=True).stdout
    assert held == KEYS["client_secret"].encode()
    assert ctl("import", "--into", shop, "--format", "pem", file)[0] == 2
    key = subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, check=True).stdout
    named = scratch("AmazonPay_LIVE-AHEXAMPLEKEYID0123456789.pem", key)
    code, out, err = ctl("import", "--into", shop, named)
    assert (code, out.split()) == (0, ["private-key", "public-key-id"]), (code, out, err)
    assert field(shop, "private-key")["stored"] == "yes"
    assert field(shop, "public-key-id")["value"] == "LIVE-AHEXAMPLEKEYID0123456789"
    encrypted = scratch("locked.pem", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nCANARY\n-----END ENCRYPTED PRIVATE KEY-----\n")
    code, out, err = ctl("import", "--into", shop, encrypted)
    assert code == 2 and "CANARY" not in err
    assert ctl("import", "--into", shop, scratch("prose", b"hello"))[0] == 2
    assert ctl("import", scratch("prose", b"hello"))[0] == 2


# Standard output

@test("/ctl-edges/standard-output-gone")
def _():
    shop = make("Gone")
    before = {p: v[2] for p, v in everything().items()}
    for verb in (["list"], ["list", "--json"], ["show", shop], ["--help"], ["set", "--help"], ["doctor"], ["export", "--output", "-"]):
        closed = subprocess.run(["/bin/sh", "-c", '"$@" >&-', "sh", CTL, *verb], capture_output=True)
        assert closed.returncode == 3, (verb, closed)
        with open("/dev/full", "w") as full:
            assert subprocess.run([CTL, *verb], stdout=full, stderr=subprocess.DEVNULL).returncode == 3, verb
        reading, writing = os.pipe()
        os.close(reading)
        assert subprocess.run([CTL, *verb], stdout=writing, stderr=subprocess.DEVNULL).returncode == 3, verb
        os.close(writing)
    assert {p: v[2] for p, v in everything().items()} == before


@test("/ctl-edges/standard-output-alone-carries-the-document")
def _():
    shop = make("Alone", "--practice")
    loud = {"G_MESSAGES_DEBUG": "all", "SOUP_DEBUG": "all", "SECRET_DEBUG": "all", "GNUTLS_DEBUG_LEVEL": "9"}
    held = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "mws-auth-token"], capture_output=True).stdout.decode()
    for verb in (["list"], ["show", shop], ["check", shop], ["doctor"]):
        code, out, err = ctl(*verb, "--json", env=loud)
        assert code == 0, err
        json.loads(out)
        assert held and held not in out + err
    assert "\033" not in ctl("check", shop)[1]


# Doing and not doing

@test("/ctl-edges/delete-asks-only-on-a-terminal")
def _():
    shop = make("Doomed")
    code, out, err = ctl("delete", shop, stdin=b"y\n")
    assert code == 2 and "--yes" in err and shop in [p["id"] for p in document("list")["profiles"]]
    code, shown = on_terminal(["delete", shop], b"\n")
    assert code == 3 and "Doomed" in shown and "Doomed" in names()
    code, shown = on_terminal(["delete", shop], b"y\n")
    assert code == 0 and "Doomed" not in names(), shown


@test("/ctl-edges/interrupted-while-the-keyring-is-silent")
def _():
    shop = make("Silence", "--practice")
    keyring = int(os.environ["PD_KEYRING_PID"])
    os.kill(keyring, signal.SIGSTOP)
    try:
        for args in (["show", shop], ["unset", shop, "mws-auth-token"], ["doctor"], ["check", shop, "--json"]):
            waiting = subprocess.Popen([CTL, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(1)
            waiting.send_signal(signal.SIGINT)
            out, err = waiting.communicate(timeout=60)
            assert waiting.returncode == 3, (args, waiting.returncode, err)
            assert args[0] != "check" or json.loads(out)["verdict"] == "undetermined"
    finally:
        os.kill(keyring, signal.SIGCONT)


@test("/ctl-edges/doctor-changes-nothing")
def _():
    damaged, open_to_all = make("To be damaged"), make("Open to all")
    path = os.path.join(DATA, "profiles", damaged, "profile.json")
    with open(path, "w") as f:
        f.write('{"format": 1, "name": "To be')
    os.chmod(os.path.join(DATA, "profiles", open_to_all, "profile.json"), 0o644)
    os.chmod(DATA, 0o755)
    subprocess.run(["secret-tool", "store", "--label=x", "xdg:schema", "org.paydesk.Secret", "profile", "00000000-0000-4000-8000-000000000000",
                    "field", "mws-auth-token"], input=b"CANARY", check=True)
    before = everything()
    report = document("doctor")
    assert everything() == before
    assert list(report) == ["data_dir", "flatpak", "secret_backend", "keyring_error", "profiles", "orphans", "set_aside", "pending_deletions",
                            "open_permissions", "versions"]
    assert report["data_dir"] == DATA and report["keyring_error"] is None
    assert [a["path"] for a in report["set_aside"]] == [path], report["set_aside"]
    assert {p["path"] for p in report["open_permissions"]} == {DATA, os.path.join(DATA, "profiles", open_to_all, "profile.json")}
    assert report["orphans"] == ["00000000-0000-4000-8000-000000000000/mws-auth-token"]
    assert set(report["versions"]) == {"paydesk", "glib", "libsoup", "json-glib", "libsecret", "openssl"}
    code, out, err = ctl("doctor")
    assert code == 0 and path in out and "CANARY" not in out + err and everything() == before
    assert ctl("list")[0] == 0 and not os.path.exists(path) and os.stat(DATA).st_mode & 0o077 == 0
    subprocess.run(["secret-tool", "clear", "profile", "00000000-0000-4000-8000-000000000000", "field", "mws-auth-token"], check=True)


@test("/ctl-edges/check-usage")
def _():
    shop = make("Usage")
    for args in ((), (shop, "--all"), (shop, "--only", ""), (shop, "--only", "shape,,clock"), (shop, "--only", "nonsense"), ("nobody",),
                 (shop, "--environment", "moon"), (shop, "again")):
        code, out, err = ctl("check", *args)
        assert code == 2 and out == "" and err, (args, code)
    run = document("check", shop, "--only", "shape, mixup")
    assert {f["check"] for f in run["findings"]} <= {"shape", "mixup"} and run["environment"] == "production"


@test("/ctl-edges/every-check-is-kept")
def _():
    shop = make("Kept", "--practice")
    folder = os.path.join(DATA, "profiles", shop, "runs")
    assert document("history", shop) == {"runs": [], "unreadable": []}
    part = document("check", shop, "--only", "shape")
    run = document("check", shop)
    kept = [json.load(open(os.path.join(folder, name))) for name in sorted(os.listdir(folder))]
    assert [k["findings"] for k in kept] == [part["findings"], run["findings"]]
    assert [k.get("partial") for k in kept] == [True, None] and all(k["format"] == 1 for k in kept)
    assert all(os.stat(os.path.join(folder, name)).st_mode & 0o077 == 0 for name in [".", *os.listdir(folder)])
    # field → number, and nothing else of a setting
    assert kept[1]["revisions"]["private-key"] == 1 and all(isinstance(n, int) for n in kept[1]["revisions"].values())
    listed = document("history", shop)["runs"]
    assert [r["partial"] for r in listed] == [False, True] and listed[0]["verdict"] == run["verdict"], listed
    assert [r["id"] + ".json" for r in listed] == sorted(os.listdir(folder), reverse=True)


@test("/ctl-edges/what-changed")
def _():
    shop = make("Turn", "--practice")
    assert ctl("history", shop, "--compare")[0] == 3
    client = field(shop, "client-id")["value"]
    document("check", shop)
    document("check", shop, status=0)
    ctl("set", shop, "client-id", client[:-1] + ("1" if client[-1] == "0" else "0"))
    key = subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, check=True).stdout
    assert ctl("set-secret", shop, "private-key", stdin=key)[0] == 0
    document("check", shop, status=1)
    ctl("set", shop, "description", "Something else")
    document("check", shop, status=1)
    document("check", shop, "--only", "shape")
    ids = [r["id"] for r in document("history", shop)["runs"]]
    turn = document("history", shop, "--compare")
    assert (turn["before"]["id"], turn["after"]["id"]) == (ids[3], ids[2]), (turn, ids)
    assert turn["settings"] == [{"field": "client-id", "secret": False}, {"field": "private-key", "secret": True}], turn["settings"]
    changed = {f["check"]: (f["before"], f["after"]) for f in turn["findings"]}
    assert changed["signature"] == ("passed", "failed"), changed
    assert not any(f["before"] == f["after"] == "passed" for f in turn["findings"])
    assert turn["findings"][0]["after"] == "failed"
    # the one before; two, in whatever order
    assert [s["field"] for s in document("history", shop, ids[1], "--compare")["settings"]] == ["description"]
    assert document("history", shop, ids[0], ids[4], "--compare") == document("history", shop, ids[4], ids[0], "--compare")
    assert ctl("history", shop, ids[4], "--compare")[0] == 3
    for args in ((shop, "nothing", "--compare"), (shop, ids[0]), ("nobody",), ()):
        code, out, err = ctl("history", *args)
        assert code == 2 and not out and err, args
    code, out, err = ctl("history", shop, "--compare")
    japanese = ctl("history", shop, "--compare", env={"LANGUAGE": "ja"})[1]
    assert "Amazon does" not in japanese and "Amazon に" in japanese, japanese
    assert code == 0 and client[:-1] not in out.split("Findings")[0] and "Private Key: Changed. It is a secret" in out, out


@test("/ctl-edges/history-damaged")
def _():
    shop = make("Damaged", "--practice")
    folder = os.path.join(DATA, "profiles", shop, "runs")
    run = document("check", shop)
    name = os.listdir(folder)[0]
    whole = json.load(open(os.path.join(folder, name)))
    for file, text in (("20200101T000000Z-01.json", "{"), ("20200102T000000Z-01.json", json.dumps(dict(whole, format=2))),
                       ("20200103T000000Z-01.json", json.dumps(dict(whole, findings=[{}]))), ("last.json", json.dumps(run))):
        with open(os.path.join(folder, file), "w") as f:
            f.write(text)
    listed = document("history", shop)
    assert [r["id"] for r in listed["runs"]] == [name[:-5], "last"], listed
    assert [(os.path.basename(u["path"]), u["newer"]) for u in listed["unreadable"]] == [
        ("20200103T000000Z-01.json", False), ("20200102T000000Z-01.json", True), ("20200101T000000Z-01.json", False)]
    assert all(u["reason"] for u in listed["unreadable"])
    assert document("history", shop, name[:-5], "last", "--compare")["settings"] is None
    assert len(os.listdir(folder)) == 5


@test("/ctl-edges/a-failure-wins-over-the-undetermined")
def _():
    shop = make("Both")
    ctl("set", shop, "client-id", "nonsense")
    file = scratch("nowhere.json", json.dumps({"production": {s: "https://127.0.0.1:1" for s in ("pay-v2", "mws", "login", "authorize")}}).encode())
    code, out, err = ctl("check", shop, "--json", env={"PAYDESK_ENDPOINTS": file})
    run = json.loads(out)
    verdicts = {f["verdict"] for f in run["findings"]}
    assert code == 1 and run["verdict"] == "failed" and {"failed", "undetermined"} <= verdicts, (code, verdicts)
    assert "PAYDESK_ENDPOINTS" in err


@test("/ctl-edges/practice-port-and-signals")
def _():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        server = subprocess.Popen([CTL, "practice", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        about = json.loads(server.stdout.readline())
        port = about["url"].rsplit(":", 1)[1]
        busy = subprocess.run([CTL, "practice", "--port", port], capture_output=True)
        assert busy.returncode == 3 and busy.stderr and busy.stdout == b"", busy
        server.send_signal(number)
        out, err = server.communicate(timeout=30)
        assert server.returncode == 0 and out == "", (server.returncode, out, err)
        assert not os.path.exists(os.path.dirname(about["private_key"]))
    again = subprocess.Popen([CTL, "practice", "--port", port], stdout=subprocess.PIPE, text=True)
    assert port in again.stdout.readline()
    again.send_signal(signal.SIGTERM)
    assert again.wait(30) == 0
    for bad in (["--port", "x"], ["--port", "70000"], ["--port", "-1"], ["--fault", "nonsense"], ["--fault"], ["extra"]):
        assert ctl("practice", *bad)[0] == 2, bad
    with open("/dev/full", "w") as full:
        assert subprocess.run([CTL, "practice"], stdout=full, stderr=subprocess.DEVNULL, timeout=60).returncode == 3


@test("/ctl-edges/no-core-and-no-key-log")
def _():
    log = os.path.join(os.environ["PD_SESSION"], "keys.log")
    server = subprocess.Popen([CTL, "practice", "--json"], stdout=subprocess.PIPE, env=dict(os.environ, SSLKEYLOGFILE=log))
    server.stdout.readline()
    limits = open(f"/proc/{server.pid}/limits").read()
    assert re.search(r"^Max core file size +0 +0 ", limits, re.M), limits
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
    shop = make("Key log", "--practice")
    assert ctl("check", shop, env={"SSLKEYLOGFILE": log})[0] == 0
    assert not os.path.exists(log)


main()
