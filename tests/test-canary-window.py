#!/usr/bin/python3
"""Promises A1, B5 and D1 in the window: what is stored is not in what assistive technology reads, nor in a file, a log, an argument."""
import json
import os
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import atspi  # noqa: E402
from atspi import Atspi, GLib  # noqa: E402
from canary import Canaries, Watch, core_of_key, rsa_key, search_files, value  # noqa: E402
from ctl import CTL, main, test  # noqa: E402

KEYRING = os.path.join(os.environ["XDG_DATA_HOME"], "keyrings")
LOUD = {"G_MESSAGES_DEBUG": "all", "SOUP_DEBUG": "9", "SECRET_DEBUG": "all", "GNUTLS_DEBUG_LEVEL": "9", "G_ENABLE_DIAGNOSTIC": "1",
        "GTK_DEBUG": "actions",
        "SSLKEYLOGFILE": os.path.join(os.environ["PD_SESSION"], "keylog")}

started = time.time()
canaries = Canaries()
client_secret, secret_key, token, key = value("amzn1.oa2-cs.v1."), value(), value("amzn.mws."), rsa_key()
for name, canary in (("client-secret", client_secret[16:]), ("secret-access-key", secret_key), ("mws-auth-token", token[9:])):
    canaries.add(name, canary)
canaries.add("private-key", core_of_key(key))


def ctl(*args, stdin=b""):
    done = subprocess.run([CTL, *args], input=stdin, capture_output=True, check=True,
                          env={k: v for k, v in os.environ.items() if k != "G_DEBUG"})
    return done.stdout


class Window:
    def __init__(self):
        environment = dict(os.environ, **LOUD, GTK_A11Y="atspi")
        environment.pop("G_DEBUG", None)
        environment.pop("GTK_THEME", None)
        program = os.path.join(os.environ["PD_BUILD_DIR"], "src", "app", "paydesk")
        self.output = b""
        self.process = subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for chunk in iter(lambda: self.process.stdout.read1(65536), b""):
            self.output += chunk

    def act(self, name, path="/org/paydesk/Paydesk/window/1"):
        atspi.activate(path, name)

    def texts(self):
        """Everything that assistive technology can read."""
        found = []

        def add(get):
            try:
                text = get()
                if text:
                    found.append(str(text))
            except GLib.Error:
                pass

        def walk(node):
            add(node.get_name)
            add(node.get_description)
            add(node.get_attributes)
            add(lambda: Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)) if "Text" in node.get_interfaces() else None)
            for child in atspi.children(node):
                walk(child)

        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            if desktop.get_child_at_index(i) and desktop.get_child_at_index(i).get_name():
                walk(desktop.get_child_at_index(i))
        return "\n".join(found)

    def until(self, condition):
        """Waits until it holds of the texts."""
        end = time.time() + atspi.PATIENCE
        while time.time() < end:
            assert self.process.poll() is None, (self.process.returncode, [l for l in self.output.splitlines() if b"CRITICAL" in l or b"ERROR" in l or b"WARN" in l][-5:])
            texts = self.texts()
            if condition(texts):
                return texts
            time.sleep(.5)
        raise AssertionError("never: " + texts[-3000:])


def assert_clean(texts):
    hit = canaries.find(texts.encode())
    assert not hit, hit


@test("/canary-window/what-is-stored-is-not-shown")
def _():
    planted = value()
    shop = json.loads(ctl("new", "Lantern", "--generation", "before-upgrade", "--environment", "practice", "--json"))["id"]
    for field, secret in (("client-secret", client_secret.encode()), ("secret-access-key", secret_key.encode()),
                          ("mws-auth-token", token.encode()), ("private-key", key)):
        ctl("set-secret", shop, field, stdin=secret)
    ctl("set", shop, "seller-id", planted)
    ctl("set", shop, "client-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef")
    ctl("set", shop, "public-key-id", "SANDBOX-AHCANARYKEYIDABCDEFGHIJK")

    bus = atspi.start_bus()
    watch = Watch(canaries, pause=.25)
    watch.start()
    window = Window()
    try:
        # first, that this way of looking finds what does stand in an entry
        assert_clean(window.until(lambda texts: planted in texts and texts.count("Stored on") >= 4))
        window.act("tests")
        window.act("run-checks")
        assert_clean(window.until(lambda texts: "Last test: " in texts))
        for view in ("seller-central", "notifications", "upgrade", "api-information"):
            window.act(view)
            time.sleep(.3)
            assert_clean(window.texts())
        window.act("duplicate-shop")
        time.sleep(1)
        assert_clean(window.texts())
        window.act("quit", "/org/paydesk/Paydesk")
        window.process.wait(atspi.PATIENCE)
    finally:
        window.process.kill()
        atspi.end_bus(bus)
        watch.stop()
    window.reader.join()
    assert b"GLib-GIO-DEBUG" in window.output
    hit = canaries.find(window.output)
    assert not hit, hit
    assert not watch.hits, watch.hits
    assert any(b"paydesk" == program for _, program in watch.seen), watch.seen
    hits = search_files(canaries, started, leave_out=[KEYRING])
    assert not hits, hits


main()
