#!/usr/bin/python3
"""What changes by itself reaches a screen reader: toasts, the run of checks, errors below a field, a stored secret.
Newer GTK announces it; 4.8, which cannot, changes the name of an alert."""
import json
import os
import signal
import subprocess
import sys
import time

# A registry that has no cache is no warning of ours.
os.environ.pop("G_DEBUG", None)

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, Gio, GLib
except (ImportError, ValueError):
    LAUNCHER = None
if not LAUNCHER or not os.path.exists(LAUNCHER):
    print("1..0 # SKIP at-spi2-core and gir1.2-atspi-2.0 are not installed")
    sys.exit()

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import CTL, main, test  # noqa: E402

BUILD = os.environ["PD_BUILD_DIR"]
APP, PATH = "org.paydesk.Paydesk", "/org/paydesk/Paydesk/window/1"
PATIENCE = 60
heard = []


def on_event(event):
    if event.type.startswith("object:announcement"):
        heard.append(str(event.any_data))
    elif event.source.get_role() in (Atspi.Role.ALERT, Atspi.Role.NOTIFICATION):
        heard.append(str(event.any_data))


def turn(condition, what):
    """Turns the main loop until it is true."""
    context, end = GLib.MainContext.default(), time.time() + PATIENCE
    while not condition():
        assert time.time() < end, (what, heard)
        if not context.iteration(False):
            time.sleep(.02)


def hear(text):
    turn(lambda: any(text in each for each in heard), text)


def act(name, *parameters):
    heard.clear()
    arguments = GLib.Variant("(sava{sv})", (name, [GLib.Variant("s", each) for each in parameters], {}))
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(APP, PATH, "org.gtk.Actions", "Activate", arguments, None, Gio.DBusCallFlags.NONE, -1,
                                                    None)


def walk(node):
    """Each accessible below; GTK tells changes only of what has been asked for."""
    yield node
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except GLib.Error:
            continue
        if child:
            yield from walk(child)


def application():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child and child.get_process_id() == PAYDESK.pid:
            return child
    return None


def find(name, *roles):
    """The first control of that name, once it is there."""
    found = []

    def is_there():
        root = application()
        for node in walk(root) if root else ():
            try:
                if (node.get_name() or "").startswith(name) and (not roles or node.get_role_name() in roles):
                    found.append(node)
                    return True
            except GLib.Error:
                pass
        return False
    turn(is_there, name)
    return found[-1]


def ctl(*args):
    return subprocess.run([CTL, *args], capture_output=True, check=True).stdout


def key(*keys):
    subprocess.run(["xdotool", "key", *keys], check=True)


SHOP = json.loads(ctl("new", "Lantern", "--environment", "practice", "--json"))["id"]
BUS = subprocess.Popen([LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
time.sleep(.7)
PAYDESK = subprocess.Popen([os.path.join(BUILD, "src", "app", "paydesk")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           env=dict(os.environ, GTK_A11Y="atspi"))
Atspi.init()
find("Lantern")
# nothing manages windows here
subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "Lantern", "windowfocus"], check=True, stdout=subprocess.DEVNULL)
LISTENER = Atspi.EventListener.new(on_event)
LISTENER.register("object:announcement")
LISTENER.register("object:property-change:accessible-name")
list(walk(application()))


@test("/announced/toast")
def _():
    act("save")
    hear("Saved")


@test("/announced/field-error")
def _():
    act("go-to-field", "seller-id")
    entry = find("Seller ID", "text", "entry")
    list(walk(application()))
    heard.clear()
    Atspi.EditableText.set_text_contents(entry, "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef")
    hear("Client ID")


@test("/announced/secret-stored")
def _():
    act("api-information")
    # GTK 4.8 reads the button's name and the row's, newer GTK the row's alone
    Atspi.Action.do_action(find(("Enter MWS Auth Token", "MWS Auth Token ("), "push button", "button"), 0)
    find("New MWS Auth Token", "text", "password text", "entry")
    heard.clear()
    subprocess.run(["xdotool", "type", "amzn.mws.01234567-89ab-cdef-0123-456789abcdef"], check=True)
    key("Return")
    hear("MWS Auth Token: Stored")
    assert not any("amzn.mws" in each for each in heard)


@test("/announced/checks")
def _():
    act("tests")
    list(walk(application()))
    act("run-checks")
    hear("Running checks…")
    hear("Passed: ")


try:
    main()
finally:
    PAYDESK.kill()
    PAYDESK.wait()
    # its own bus would outlive it
    with open(f"/proc/{BUS.pid}/task/{BUS.pid}/children", encoding="ascii") as children:
        for pid in children.read().split():
            os.kill(int(pid), signal.SIGTERM)
    BUS.kill()
    BUS.wait()
