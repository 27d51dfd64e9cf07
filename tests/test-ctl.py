#!/usr/bin/python3
"""The contract of paydeskctl, with a real keyring and the practice endpoint."""
import json
import os
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import CTL, ctl, document, field, main, test  # noqa: E402

CLIENT = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"
TOKEN = "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456"
PRESET = "Pre-Set_with_information_from_Amazon"


def make(name, *options):
    return document("new", name, *options)["id"]


def rsa_key(bits=2048):
    return subprocess.run(["openssl", "genrsa", str(bits)], capture_output=True, check=True).stdout


@test("/ctl/list-and-new")
def _():
    assert document("list") == {"profiles": []}
    shop = make("ランタン商店")
    assert document("list") == {"profiles": [{"id": shop, "name": "ランタン商店", "mode": "enabled", "generation": "new",
                                              "environment": "production"}]}
    other = make("Other", "--mode", "operating", "--generation", "after-upgrade", "--environment", "sandbox")
    shown = document("show", other)
    assert (shown["mode"], shown["generation"], shown["environment"]) == ("operating", "after-upgrade", "sandbox")
    assert ctl("new", "X", "--mode", "nonsense")[0] == 2
    assert ctl("new", "X", "--generation", "nonsense")[0] == 2
    assert ctl("new", "X", "--environment", "nonsense")[0] == 2
    assert ctl("new", "")[0] == 2
    assert len(document("list")["profiles"]) == 2


@test("/ctl/list-order")
def _():
    names = ["Order 1", "Order 2", "order 10", "Order 10 b", "ランタン 2号店", "ランタン 11号店"]
    for name in reversed(names):
        make(name)
    assert [p["name"] for p in document("list")["profiles"] if p["name"] in names] == names


@test("/ctl/show-shape")
def _():
    shop = make("Shape")
    for f in document("show", shop)["fields"]:
        assert list(f) == ["id", "pane", "label", "value", "secret", "stored", "problems"], list(f)
        assert (f["stored"] is not None) == f["secret"], f
        for p in f["problems"]:
            assert p["rule"] and p["message"]
    ids = [f["id"] for f in document("show", shop)["fields"]]
    assert "seller-id" in ids and "client-secret" not in ids and "legacy-site-url" in ids
    ctl("set", shop, "generation", "before-upgrade")
    ctl("set", shop, "mode", "operating")
    ids = [f["id"] for f in document("show", shop)["fields"]]
    assert "client-secret" in ids and "legacy-site-url" not in ids


@test("/ctl/set")
def _():
    shop = make("Set")
    code, out, err = ctl("set", shop, "client-id", f"　クライアントID：{CLIENT}\n")
    assert (code, out) == (0, "") and err, (code, out, err)
    assert field(shop, "client-id")["value"] == CLIENT
    code, out, err = ctl("set", shop, "seller-id", CLIENT)
    assert code == 0 and err
    problem = field(shop, "seller-id")["problems"][0]
    assert problem["rule"] == "mixup" and problem["field"] == "client-id", problem
    assert ctl("set", shop, "return-urls", "https://a.example.jp/1", "https://a.example.jp/2")[0] == 0
    assert field(shop, "return-urls")["value"] == ["https://a.example.jp/1", "https://a.example.jp/2"]
    assert ctl("set", shop, "seller-id", "a", "b")[0] == 2
    assert ctl("set", shop, "nonsense", "a")[0] == 2
    assert ctl("set", shop, "mode", "nonsense")[0] == 2
    assert ctl("set", "nobody", "seller-id", "a")[0] == 2
    assert ctl("set", shop)[0] == 2
    assert ctl("set", shop, "name", "Renamed")[0] == 0
    assert document("show", "Renamed")["id"] == shop
    assert ctl("unset", shop, "client-id")[0] == 0
    assert field(shop, "client-id")["value"] is None
    assert ctl("unset", shop, "mode")[0] == 2


@test("/ctl/same-name")
def _():
    first, second = make("Twin"), make("Twin")
    code, out, err = ctl("show", "Twin")
    assert code == 2 and out == "", (code, out)
    assert document("show", first)["id"] == first and document("show", second)["id"] == second


@test("/ctl/secrets")
def _():
    shop = make("Secrets")
    assert field(shop, "mws-auth-token")["stored"] == "no"
    assert ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode() + b"\n")[0] == 0
    f = field(shop, "mws-auth-token")
    assert f["stored"] == "yes" and f["value"] is None and f["secret"] is True
    held = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "mws-auth-token"], capture_output=True).stdout
    assert held == TOKEN.encode(), held
    code, out, err = ctl("set", shop, "mws-auth-token", TOKEN)
    assert code == 2 and TOKEN not in out + err
    assert ctl("set-secret", shop, "mws-auth-token", "value")[0] == 2
    assert ctl("set-secret", shop, "seller-id", stdin=b"x")[0] == 2
    assert ctl("set-secret", shop, "mws-auth-token", stdin=b"")[0] == 2
    code, out, err = ctl("set-secret", shop, "client-secret", stdin=b"odd canary-value\n")
    assert code == 0 and err and "canary" not in out + err
    assert ctl("unset", shop, "mws-auth-token")[0] == 0
    assert field(shop, "mws-auth-token")["stored"] == "no"


@test("/ctl/lost-secret")
def _():
    shop = make("Lost")
    assert ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode())[0] == 0
    subprocess.run(["secret-tool", "clear", "profile", shop, "field", "mws-auth-token"], check=True)
    assert field(shop, "mws-auth-token")["stored"] == "lost"


@test("/ctl/private-key")
def _():
    shop = make("Key")
    key = rsa_key()
    assert ctl("set-secret", shop, "private-key", stdin=key)[0] == 0
    held = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "private-key"], capture_output=True).stdout
    assert b"\n" not in held and b"BEGIN" not in held and held
    for bad in (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", b"canary-nonsense", rsa_key(1024),
                subprocess.run(["openssl", "ecparam", "-genkey", "-name", "prime256v1"], capture_output=True).stdout):
        code, out, err = ctl("set-secret", shop, "private-key", stdin=bad)
        assert code == 2 and "canary" not in err, (code, err)
    again = subprocess.run(["secret-tool", "lookup", "profile", shop, "field", "private-key"], capture_output=True).stdout
    assert again == held
    assert ctl("set-secret", shop, "private-key", stdin=held)[0] == 0


@test("/ctl/pre-set-token")
def _():
    shop = make("Pre-set")
    assert ctl("set", shop, "mws-auth-token", PRESET)[0] == 0
    f = field(shop, "mws-auth-token")
    assert f["value"] == PRESET and f["problems"] == [], f
    assert ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode())[0] == 2
    assert ctl("unset", shop, "mws-auth-token")[0] == 2
    assert field(shop, "mws-auth-token")["value"] == PRESET
    assert ctl("set-secret", shop, "mws-auth-token", "--yes", stdin=TOKEN.encode())[0] == 0
    f = field(shop, "mws-auth-token")
    assert f["value"] is None and f["stored"] == "yes"


@test("/ctl/import-and-export")
def _():
    shop = make("Travel")
    ctl("set", shop, "seller-id", "A1EXAMPLESELLER")
    ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode())
    code, out, err = ctl("export", shop, "--output", "-")
    assert code == 0 and TOKEN not in out
    json.loads(out)
    assert ctl("import", "-", stdin=out.encode())[0] == 0
    twins = [p["id"] for p in document("list")["profiles"] if p["name"].startswith("Travel")]
    assert len(twins) == 2
    other = next(p for p in twins if p != shop)
    assert field(other, "seller-id")["value"] == "A1EXAMPLESELLER" and field(other, "mws-auth-token")["stored"] == "no"
    before = document("list")
    assert ctl("import", "-", stdin=b"{\"nonsense\":1}")[0] == 2
    assert ctl("import", "/nonexistent/file")[0] == 2
    assert document("list") == before


@test("/ctl/import-keys")
def _():
    keys = json.dumps({"merchant_id": "A1EXAMPLESELLER", "access_key": "AKIAEXAMPLEKEY000001",
                       "secret_key": "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01", "client_id": CLIENT,
                       "client_secret": "0123456789abcdef" * 4})
    new, old = make("Keys"), make("Old keys", "--generation", "before-upgrade")
    code, out, err = ctl("import", "--into", new, "-", stdin=("copied: " + keys + " .").encode())
    assert code == 0 and "secret-access-key" in err and "wJalr" not in out + err, (code, out, err)
    assert field(new, "seller-id")["value"] == "A1EXAMPLESELLER" and field(new, "client-id")["value"] == CLIENT
    assert ctl("import", "--into", old, "-", stdin=keys.encode())[0] == 0
    assert field(old, "secret-access-key")["stored"] == "yes" and field(old, "access-key-id")["value"] == "AKIAEXAMPLEKEY000001"
    code, out, err = ctl("import", "--into", new, "-", stdin=rsa_key())
    assert code == 0 and field(new, "private-key")["stored"] == "yes", err
    assert ctl("import", "--into", new, "-", stdin=b"{\"merchant_id\": ")[0] == 2


@test("/ctl/duplicate-and-delete")
def _():
    shop = make("Original")
    ctl("set", shop, "seller-id", "A1EXAMPLESELLER")
    ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode())
    assert ctl("duplicate", shop, "Copy")[0] == 0
    assert field("Copy", "seller-id")["value"] == "A1EXAMPLESELLER" and field("Copy", "mws-auth-token")["stored"] == "no"
    assert ctl("delete", shop)[0] == 2
    assert document("show", shop)["id"] == shop
    assert ctl("delete", shop, "--yes")[0] == 0
    assert ctl("show", shop)[0] == 2
    held = subprocess.run(["secret-tool", "search", "--all", "profile", shop], capture_output=True)
    assert b"attribute" not in held.stdout + held.stderr
    assert document("doctor")["orphans"] == []


@test("/ctl/unwritten")
def _():
    make("Unwritten")
    full = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    folder = os.path.join(os.environ["PD_SESSION"], "a-folder")
    os.makedirs(folder, exist_ok=True)
    for path, limit, why in ((os.path.join(os.environ["PD_SESSION"], "not-there", "x.json"), None, "Its folder is not there"),
                             (os.path.join(os.environ["PD_SESSION"], "x" * 300), None, "The name is too long"),
                             (os.path.join(os.environ["PD_SESSION"], "x.json"), full, "The disk does not take it")):
        done = subprocess.run([CTL, "export", "Unwritten", "--output", path], capture_output=True, text=True, preexec_fn=limit)
        assert done.returncode == 3 and why in done.stderr and "GLib" not in done.stderr, done
        assert not os.path.exists(path)
    assert not [name for name in os.listdir(os.environ["PD_SESSION"]) if name.startswith("x")]


@test("/ctl/long-name")
def _():
    shop = make("n" * 1024)
    for args in (("new", "n" * 1025), ("duplicate", shop, "m" * 1025), ("set", shop, "name", "m" * 1025)):
        code, _, err = ctl(*args)
        assert code == 2 and "too long" in err and "nn" not in err, (args[0], err)
    # numbered, it comes in again; and no letter is cut in two
    path = os.path.join(os.environ["PD_SESSION"], "long.json")
    shop = make("店" * 341)
    for _ in range(3):
        assert ctl("export", shop, "--output", path)[0] == 0
        shop = ctl("import", path)[1].split()[0]
    names = [p["name"] for p in document("list")["profiles"] if p["name"].startswith("店")]
    assert len(set(names)) == 4 and all(len(name.encode()) <= 1024 and "\ufffd" not in name for name in names), names


@test("/ctl/check-practice")
def _():
    shop = make("Practice", "--practice")
    run = document("check", shop)
    assert run["verdict"] == "passed" and run["environment"] == "practice", run["verdict"]
    assert list(run) == ["profile", "name", "environment", "endpoint", "started", "verdict", "findings"]
    for f in run["findings"]:
        assert {"check", "verdict", "fields", "value", "summary", "proves", "does_not_prove", "next_step", "where", "confidence",
                "evidence"} <= set(f), f
    right = field(shop, "client-id")["value"]
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    ctl("set", shop, "client-id", wrong)
    run = document("check", shop, status=1)
    failed = {f["check"]: f for f in run["findings"] if f["verdict"] == "failed"}
    assert failed["store-id"]["fields"][0] == "client-id" and failed["return-url"]["fields"][0] == "client-id", failed
    assert right in failed["store-id"]["next_step"]
    ctl("set", shop, "client-id", right)
    assert document("check", shop)["verdict"] == "passed"
    only = document("check", shop, "--only", "shape,clock")
    assert {f["check"] for f in only["findings"]} == {"shape", "clock"}
    assert ctl("check", shop, "--only", "nonsense")[0] == 2
    assert ctl("check", shop, "--environment", "nonsense")[0] == 2
    assert ctl("check")[0] == 2
    everything = document("check", "--all", "--only", "mixup", status=1)
    assert len(everything["profiles"]) == len(document("list")["profiles"])


@test("/ctl/check-legacy")
def _():
    """A shop before the upgrade: its old keys are really looked at, and no secret is kept beside the profile."""
    shop = make("Before", "--practice", "--generation", "before-upgrade")
    checks = ("mws-keys", "login-client")
    found = {f["check"]: f for f in document("check", shop)["findings"]}
    assert all(found[c]["verdict"] == "passed" and found[c]["confidence"] == "likely" for c in checks), found
    assert found["token"]["verdict"] == "skipped" and "804019623754" in found["token"]["next_step"]
    assert found["mws-keys"]["evidence"]["reason_code"] == "InvalidOrderReferenceId" and found["mws-keys"]["evidence"]["request_id"]
    right = field(shop, "access-key-id")["value"]
    ctl("set", shop, "access-key-id", right[:-1] + ("A" if right[-1] != "A" else "B"))
    only = ("check", shop, "--only", "mws-keys,login-client")
    found = {f["check"]: f for f in document(*only, status=1)["findings"]}
    assert found["mws-keys"]["fields"] == ["access-key-id"] and right in found["mws-keys"]["next_step"], found
    ctl("set", shop, "access-key-id", right)
    secret = "wrongwrongwrongwrongwrongwrongwrongwrong"
    ctl("set-secret", shop, "secret-access-key", stdin=secret.encode())
    ctl("set-secret", shop, "client-secret", stdin=b"amzn1.oa2-cs.v1." + b"0" * 64)
    found = {f["check"]: f for f in document(*only, status=1)["findings"]}
    assert found["mws-keys"]["fields"][0] == "secret-access-key" and found["login-client"]["fields"][0] == "client-secret", found
    assert secret not in json.dumps(found)
    for folder, _, names in os.walk(os.environ["XDG_DATA_HOME"] + "/paydesk"):
        for name in names:
            with open(os.path.join(folder, name), "rb") as f:
                assert secret.encode() not in f.read(), name


@test("/ctl/check-pages")
def _():
    """The shop's own pages by `hosts`: where to connect, while TLS and the rules keep the name."""
    fresh = {f["check"]: f for f in document("check", make("ページ商店", "--practice"), "--only", "page-reach,privacy-page,notification-reach")["findings"]}
    assert all(f["verdict"] == "passed" for f in fresh.values()) and len(fresh) == 3, fresh
    shop = make("Pages")
    ctl("set", shop, "javascript-origins", "https://www.example.jp")
    ctl("set", shop, "return-urls", "https://www.example.jp/amazonpay/return", "https://nobody.example.jp/return")
    ctl("set", shop, "privacy-policy-url", "https://www.example.jp/p/privacy")
    ctl("set", shop, "notification-url", "https://www.example.jp/amazonpay/notification")
    expected = {
        "none": ("passed", "passed", "passed", 0), "page-elsewhere": ("failed", "skipped", "failed", 1),
        "expired-certificate": ("failed", "failed", "failed", 1), "page-other": ("passed", "failed", "passed", 1),
        "page-circle": ("undetermined", "undetermined", "failed", 1), "unavailable": ("undetermined", "undetermined", "undetermined", 3),
    }
    for fault, (reach, privacy, notice, status) in expected.items():
        server = subprocess.Popen([CTL, "practice", "--fault", fault, "--json"], stdout=subprocess.PIPE,
                                  env={k: v for k, v in os.environ.items() if k != "G_DEBUG"})
        try:
            told = json.loads(server.stdout.readline())
            path = os.path.join(os.environ["XDG_RUNTIME_DIR"], "pages.json")
            with open(path, "w") as f:
                json.dump({"ca": told["ca"], "hosts": {"www.example.jp": told["url"].removeprefix("https://")}}, f)
            run = document("check", shop, "--only", "page-reach,privacy-page,notification-reach", status=status, env={"PAYDESK_ENDPOINTS": path})
        finally:
            server.terminate()
            server.wait()
        by = {(f["check"], f["value"]): f for f in run["findings"]}
        assert by["page-reach", "https://www.example.jp"]["verdict"] == reach, (fault, run)
        assert by["page-reach", "https://nobody.example.jp/return"]["verdict"] == "skipped", (fault, run)
        assert by["privacy-page", "https://www.example.jp/p/privacy"]["verdict"] == privacy, (fault, run)
        receiver = by["notification-reach", "https://www.example.jp/amazonpay/notification"]
        assert receiver["verdict"] == notice, (fault, run)
        assert receiver["evidence"]["certificate_not_after"].endswith("Z"), receiver
        subjects = [c["subject"] for c in receiver["evidence"]["connection"]["certificates"]]
        assert subjects[0] == "CN=Paydesk practice endpoint" and subjects[-1] == "CN=Paydesk practice CA", subjects


@test("/ctl/check-without-key")
def _():
    """The shop to think of: upgraded, with IDs and token and no key of its own."""
    shop = make("Upgraded", "--generation", "after-upgrade")
    ctl("set", shop, "seller-id", "A1EXAMPLESELLER")
    ctl("set", shop, "client-id", CLIENT)
    ctl("set", shop, "return-urls", "https://www.example.jp/review")
    ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode())
    run = document("check", shop, "--environment", "practice")
    verdicts = {f["check"]: f["verdict"] for f in run["findings"]}
    for check in ("key-pair", "key-environment", "signature", "store-id"):
        assert verdicts[check] == "skipped", verdicts
    assert verdicts["return-url"] == "passed" and verdicts["completeness"] == "passed", verdicts
    form = next(f for f in run["findings"] if f["check"] == "return-url")
    assert form["proves"] and form["does_not_prove"]


@test("/ctl/offline")
def _():
    shop = make("Offline", "--practice")
    file = os.path.join(os.environ["XDG_DATA_HOME"], "endpoints.json")
    services = {name: "https://127.0.0.1:1" for name in ("pay-v2", "mws", "login", "authorize")}
    with open(file, "w") as f:
        json.dump({"sandbox": services, "production": services}, f)
    code, out, err = ctl("check", shop, "--environment", "sandbox", "--json", env={"PAYDESK_ENDPOINTS": file})
    run = json.loads(out)
    assert code == 3 and run["verdict"] == "undetermined" and err, (code, run["verdict"])
    assert not [f for f in run["findings"] if f["verdict"] == "failed"]
    for bad in ("{", "[]", json.dumps({"sandbox": {"pay-v2": "https://pay-api.amazon.jp"}}),
                json.dumps({"sandbox": {"pay-v2": "http://127.0.0.1:1"}}), json.dumps({"hosts": {"a.example": "192.0.2.1:1"}})):
        with open(file, "w") as f:
            f.write(bad)
        assert ctl("check", shop, "--environment", "sandbox", env={"PAYDESK_ENDPOINTS": file})[0] == 2, bad
    assert ctl("check", shop, env={"PAYDESK_ENDPOINTS": "/nonexistent"})[0] == 2


@test("/ctl/practice-endpoint")
def _():
    server = subprocess.Popen([CTL, "practice", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    about = json.loads(server.stdout.readline())
    assert set(about) >= {"url", "ca", "environment", "merchant_id", "store_id", "public_key_id", "private_key"}
    assert os.stat(about["private_key"]).st_mode & 0o077 == 0 and os.stat(os.path.dirname(about["ca"])).st_mode & 0o077 == 0
    shop = make("Against practice")
    file = os.path.join(os.environ["XDG_DATA_HOME"], "practice.json")
    with open(file, "w") as f:
        json.dump({"ca": about["ca"], "sandbox": {"pay-v2": about["url"], "authorize": about["url"]}}, f)
    ctl("set", shop, "client-id", about["store_id"])
    ctl("set", shop, "public-key-id", about["public_key_id"])
    with open(about["private_key"], "rb") as key:
        assert ctl("set-secret", shop, "private-key", stdin=key.read())[0] == 0
    env = {"PAYDESK_ENDPOINTS": file}
    run = document("check", shop, "--environment", "sandbox", "--only", "signature,store-id,reachability,clock", env=env)
    assert run["verdict"] == "passed" and run["endpoint"] == about["url"], run
    ctl("set-secret", shop, "private-key", stdin=rsa_key())
    run = document("check", shop, "--environment", "sandbox", "--only", "signature", status=1, env=env)
    assert run["findings"][0]["fields"][0] == "private-key" and run["findings"][0]["confidence"] == "certain", run
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0
    assert not os.path.exists(about["ca"]) and not os.path.exists(about["private_key"])
    assert ctl("practice", "--fault", "nonsense")[0] == 2


@test("/ctl/interrupted")
def _():
    shop = make("Interrupted", "--practice")
    slow = subprocess.Popen([CTL, "practice", "--json", "--fault", "slow"], stdout=subprocess.PIPE)
    about = json.loads(slow.stdout.readline())
    file = os.path.join(os.environ["XDG_DATA_HOME"], "slow.json")
    with open(file, "w") as f:
        json.dump({"ca": about["ca"], "sandbox": {"pay-v2": about["url"], "authorize": about["url"]}}, f)
    check = subprocess.Popen([CTL, "check", shop, "--environment", "sandbox", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             env=dict(os.environ, PAYDESK_ENDPOINTS=file))
    time.sleep(1.5)
    check.send_signal(signal.SIGINT)
    out, _ = check.communicate(timeout=20)
    run = json.loads(out)
    assert check.returncode == 3 and run["verdict"] == "undetermined", (check.returncode, run["verdict"])
    assert {f["check"] for f in run["findings"]} >= {"shape", "reachability", "signature", "return-url"}
    slow.send_signal(signal.SIGINT)
    assert slow.wait(10) == 0


@test("/ctl/two-at-once")
def _():
    shop = make("Crowd")
    writers = [subprocess.Popen([CTL, "set", shop, f, v]) for f, v in
               (("seller-id", "A1EXAMPLESELLER"), ("client-id", CLIENT), ("store-name", "Crowd"), ("support-phone", "06-6485-6485"),
                ("support-email", "shop@example.jp"), ("public-key-id", "SANDBOX-AHEXAMPLEKEYID0123456789"))]
    assert [w.wait() for w in writers] == [0] * len(writers)
    shown = {f["id"]: f["value"] for f in document("show", shop)["fields"]}
    assert shown["seller-id"] and shown["client-id"] and shown["store-name"] and shown["support-phone"] and shown["support-email"] and \
        shown["public-key-id"], shown


@test("/ctl/damaged-file")
def _():
    shop = make("Damaged")
    path = os.path.join(os.environ["XDG_DATA_HOME"], "paydesk", "profiles", shop, "profile.json")
    with open(path, "w") as f:
        f.write('{"format": 1, "name": "Dam')
    code, out, err = ctl("list", "--json")
    assert code == 0 and err and shop not in [p["id"] for p in json.loads(out)["profiles"]]
    assert document("doctor")["set_aside"]


@test("/ctl/language-and-help")
def _():
    code, out, err = ctl("check", "Practice", env={"LANGUAGE": "ja"})
    assert code == 0 and "合格" in out, out
    for verb in ("list", "new", "show", "set", "set-secret", "unset", "import", "export", "duplicate", "delete", "check", "practice", "doctor"):
        code, out, err = ctl(verb, "--help")
        assert code == 0 and verb in out, (verb, code)
        code, out, err = ctl(verb, "--nonsense")
        assert code == 2 and out == "" and err, (verb, code)
    assert ctl("--version")[0] == 0 and ctl("--help")[0] == 0 and ctl()[0] == 2 and ctl("nonsense")[0] == 2


@test("/ctl/full-disk")
def _():
    with open("/dev/full", "w") as full:
        assert subprocess.run([CTL, "list"], stdout=full, stderr=subprocess.DEVNULL).returncode == 3


@test("/ctl/locked-keyring")
def _():
    shop = make("Locked")
    assert ctl("set-secret", shop, "mws-auth-token", stdin=TOKEN.encode())[0] == 0
    subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets", "-m",
                    "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']"], check=True, stdout=subprocess.DEVNULL)
    assert field(shop, "mws-auth-token")["stored"] == "unknown"
    assert ctl("set-secret", shop, "mws-auth-token", stdin=b"other")[0] == 3
    assert ctl("unset", shop, "mws-auth-token")[0] == 3
    assert ctl("delete", shop, "--yes")[0] == 3
    assert document("show", shop)["id"] == shop
    assert ctl("new", "Its secrets would be lost", "--practice")[0] == 3
    assert "Its secrets would be lost" not in {p["name"] for p in document("list")["profiles"]}
    code, out, err = ctl("check", shop, "--only", "completeness,shape", "--json")
    run = json.loads(out)
    assert "undetermined" in {f["verdict"] for f in run["findings"]} and code in (1, 3), (code, run)


main()
