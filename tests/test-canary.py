#!/usr/bin/python3
"""Promises A1, B5, D1 and D2: with a canary in every secret, no byte of one is found outside the keyring."""
import base64
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from canary import Canaries, Watch, core_of_key, rsa_key, search_files, value  # noqa: E402
from ctl import CTL, main, test  # noqa: E402

SESSION = os.environ["PD_SESSION"]
KEYRING = os.path.join(os.environ["XDG_DATA_HOME"], "keyrings")
KEYLOG = os.path.join(SESSION, "keylog")
# Everything that makes a library talk.
LOUD = {"G_MESSAGES_DEBUG": "all", "SOUP_DEBUG": "9", "GNUTLS_DEBUG_LEVEL": "9", "SSLKEYLOGFILE": KEYLOG, "SECRET_DEBUG": "all",
        "GDBUS_DEBUG": "all", "G_DBUS_DEBUG": "message,call,signal,incoming,return,emission", "GOBJECT_DEBUG": "instance-count",
        "G_ENABLE_DIAGNOSTIC": "1", "LIBXML_DEBUG": "1", "MALLOC_CHECK_": "1"}

started = time.time()
canaries = Canaries()
outputs = []

client_secret = value("amzn1.oa2-cs.v1.")
secret_key = value()
token = value("amzn.mws.")
other_token = value()
key = rsa_key()
other_key = rsa_key()
mangled_key = b"-----BEGIN PRIVATE KEY-----\n" + value().encode() + b"\n-----END PRIVATE KEY-----\n"
pasted = value()

for name, canary in (("client-secret", client_secret[16:]), ("secret-access-key", secret_key), ("mws-auth-token", token[9:]),
                     ("another mws-auth-token", other_token), ("a pasted text", pasted)):
    canaries.add(name, canary)
canaries.add("private-key", core_of_key(key))
canaries.add("another private-key", core_of_key(other_key))
canaries.add("a mangled key", mangled_key.splitlines()[1])


def ctl(*args, stdin=b"", expect=None, env=None):
    """Runs paydeskctl with all debugging on and keeps what it printed."""
    environment = dict(os.environ, **LOUD, **(env or {}))
    environment.pop("G_DEBUG", None)
    done = subprocess.run([CTL, *args], input=stdin, capture_output=True, env=environment, timeout=120)
    outputs.append((args, done.stdout + done.stderr))
    if expect is not None:
        assert done.returncode == expect, f"{args}: exit {done.returncode}, expected {expect}: {done.stderr[-2000:]}"
    return done.returncode, done.stdout


def quiet(*args):
    """Without debugging, for what is read from it."""
    environment = dict(os.environ)
    environment.pop("G_DEBUG", None)
    done = subprocess.run([CTL, *args], input=b"", capture_output=True, env=environment, timeout=120)
    outputs.append((args, done.stdout + done.stderr))
    return done.stdout


def make(*options):
    return json.loads(quiet("new", *options, "--json"))["id"]


def stored(shop):
    shown = json.loads(quiet("show", shop, "--json"))
    return {f["id"]: f["stored"] for f in shown["fields"] if f["secret"]}


def assert_clean():
    hits = search_files(canaries, started, leave_out=[KEYRING])
    assert not hits, hits
    for args, output in outputs:
        hit = canaries.find(output)
        assert not hit, f"paydeskctl {' '.join(args)}: {hit}"


@test("/canary/a-planted-one-is-found")
def _():
    planted = Canaries()
    canary = planted.add("planted", value())
    path = os.path.join(os.environ["XDG_CACHE_HOME"], "planted")
    assert not search_files(planted)
    for name, form, needle in planted.needles:
        with open(path, "wb") as f:
            f.write(b"before" + needle + b"after")
        assert search_files(planted), form
        os.unlink(path)
    assert not search_files(planted)
    for shift in range(3):
        assert planted.find(base64.b64encode(b"{:" + b" " * shift + canary + b", more}")), shift
    # in a name of a file, in arguments, in the environment
    named = path + urllib.parse.quote(canary.decode(), safe="")
    with open(named, "wb"):
        pass
    assert search_files(planted)
    os.unlink(named)
    for how in ({"args": ["sleep", "30", "30"], "env": dict(os.environ, PLANTED=canary.decode())},
                {"args": ["sh", "-c", "sleep 30; true", canary.decode()], "env": dict(os.environ)}):
        watch = Watch(planted)
        process = subprocess.Popen(how["args"], env=how["env"])
        try:
            for _ in range(100):
                watch.look()
                if watch.hits:
                    break
                time.sleep(.05)
            assert watch.hits, how["args"]
        finally:
            process.kill()
            process.wait()


@test("/canary/scenario")
def _():
    watch = Watch(canaries)
    watch.start()
    shop = make("Canary", "--generation", "before-upgrade", "--environment", "practice")
    fields = {"client-secret": client_secret, "secret-access-key": secret_key, "mws-auth-token": token}
    for field, secret in fields.items():
        ctl("set-secret", shop, field, stdin=secret.encode() + b"\n", expect=0)
    ctl("set-secret", shop, "private-key", stdin=key, expect=0)
    assert all(stored(shop)[field] == "yes" for field in [*fields, "private-key"]), stored(shop)
    # again, and another
    ctl("set-secret", shop, "mws-auth-token", stdin=token.encode(), expect=0)
    ctl("set-secret", shop, "mws-auth-token", stdin=other_token.encode(), expect=0)
    # what is refused is not echoed
    for field, text in (("private-key", mangled_key), ("private-key", pasted.encode()), ("seller-id", pasted.encode()),
                        ("no-such-field", pasted.encode()), ("client-secret", pasted.encode() + b"\nand more"),
                        ("client-secret", b"\xff\xfe" + pasted.encode())):
        ctl("set-secret", shop, field, stdin=text, expect=2)
    ctl("set-secret", "nobody", "client-secret", stdin=pasted.encode(), expect=2)
    # a secret on the command line is refused, too, and not repeated; it cannot be kept out of the arguments
    assert_clean()

    ctl("set", shop, "seller-id", "A1CANARYSELLER", expect=0)
    ctl("set", shop, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", expect=0)
    ctl("set", shop, "public-key-id", "SANDBOX-AHCANARYKEYIDABCDEFGHIJK", expect=0)
    ctl("set", shop, "return-urls", "https://shop.example.jp/return", expect=0)
    ctl("show", shop, expect=0)
    ctl("show", shop, "--json", expect=0)
    ctl("list", "--json", expect=0)
    for options in ((), ("--json",), ("--only", "signature,store-id,key-pair", "--json")):
        ctl("check", shop, *options)
    ctl("check", "--all", "--json")
    # the report, in every form, and what was kept of the runs
    for language in ("en", "ja"):
        for suffix in ("html", "md"):
            ctl("report", shop, "--language", language, "--output", os.path.join(SESSION, f"report-{language}.{suffix}"), expect=0)
            ctl("report", shop, "--language", language, "--format", suffix, "--output", "-", expect=0)
    ctl("history", shop, expect=0)
    ctl("history", shop, "--json", expect=0)
    ctl("doctor", expect=0)
    ctl("doctor", "--json", expect=0)
    ctl("export", shop, "--output", os.path.join(SESSION, "export.json"), expect=0)
    ctl("export", "--output", "-", expect=0)
    ctl("import", os.path.join(SESSION, "export.json"), expect=0)
    ctl("duplicate", shop, "Copy", expect=0)
    assert_clean()

    # pasted from Amazon, into the keyring, and broken
    copied = json.dumps({"merchant_id": "A1CANARYSELLER", "access_key": "AKIACANARYCANARY0000", "secret_key": secret_key,
                         "client_id": "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", "client_secret": client_secret})
    ctl("import", "-", "--into", "Copy", "--format", "keys", "--all", stdin=copied.encode(), expect=0)
    ctl("import", "-", "--into", "Copy", "--format", "pem", stdin=other_key, expect=0)
    assert stored("Copy")["private-key"] == "yes" and stored("Copy")["client-secret"] == "yes", stored("Copy")
    for text in (copied[:-2], copied.replace('",', '" ', 1), "[" * 500 + copied, copied + copied, '"' + pasted, "{" + pasted):
        ctl("import", "-", "--into", "Copy", "--format", "keys", stdin=text.encode())
    ctl("import", "-", stdin=copied.encode())
    ctl("import", "-", "--into", "Copy", "--format", "pem", stdin=mangled_key, expect=2)
    ctl("import", "-", "--format", "profiles", stdin=(pasted + copied).encode(), expect=2)
    # a log line that somebody asks about
    for text in (f"client_secret={client_secret}&error=invalid_client", copied, key.decode(), f"MWSAuthToken: {token}"):
        ctl("explain", stdin=text.encode())
        ctl("explain", "--profile", shop, "--json", stdin=text.encode())
    assert_clean()

    ctl("unset", shop, "client-secret", expect=0)
    ctl("delete", "Copy", "--yes", expect=0)
    ctl("delete", shop, "--yes", expect=0)
    watch.stop()
    assert not watch.hits, watch.hits
    assert sum(program == b"paydeskctl" for _, program in watch.seen) > 10, watch.seen
    if os.getuid() == 0:
        assert watch.environments > 10
    assert not os.path.exists(KEYLOG)
    # the libraries did talk
    everything = b"".join(output for _, output in outputs)
    for sign in (b"GDBus-debug", b"GLib-GIO", b"libsecret"):
        assert sign in everything, sign
    assert_clean()


@test("/canary/while-it-is-read")
def _():
    """The process holds the secret, and neither its arguments nor its environment show it, nor does the disk."""
    shop = make("Reading")
    process = subprocess.Popen([CTL, "set-secret", shop, "mws-auth-token"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, env={k: v for k, v in os.environ.items() if k != "G_DEBUG"})
    process.stdin.write(other_token.encode())
    process.stdin.flush()
    time.sleep(.3)
    watch = Watch(canaries)
    watch.look()
    assert not watch.hits, watch.hits
    assert (str(process.pid), b"paydeskctl") in watch.seen, watch.seen
    assert_clean()
    out, _ = process.communicate()
    outputs.append((("set-secret",), out))
    assert process.returncode == 0
    assert_clean()


@test("/canary/killed-at-any-moment")
def _():
    shop = make("Killed", "--environment", "practice")
    environment = dict(os.environ, **LOUD)
    environment.pop("G_DEBUG", None)
    verbs = [(("set-secret", shop, "mws-auth-token"), other_token.encode()), (("set-secret", shop, "private-key"), other_key),
             (("check", shop), b""), (("unset", shop, "mws-auth-token"), b"")]
    for n in range(32):
        args, text = verbs[n % len(verbs)]
        process = subprocess.Popen([CTL, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        try:
            process.stdin.write(text)
            process.stdin.close()
        except BrokenPipeError:
            pass
        time.sleep(random.random() * .12)
        process.send_signal(random.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGABRT]))
        outputs.append((args, process.stdout.read()))
        process.wait()
    assert_clean()
    cores = [name for name in os.listdir(".") if name.startswith("core")]
    assert not cores, cores
    # and the shop is whole
    ctl("set-secret", shop, "mws-auth-token", stdin=other_token.encode(), expect=0)
    assert stored(shop)["mws-auth-token"] == "yes"
    assert_clean()


main()
