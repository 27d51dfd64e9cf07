#!/usr/bin/python3
"""What changes by itself reaches a screen reader: toasts, the run of checks, errors below a field, a stored secret.
Newer GTK announces it; 4.8, which cannot, changes the name of an alert."""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import atspi  # noqa: E402
from atspi import Atspi, GLib  # noqa: E402
from ctl import CTL, main, test  # noqa: E402

BUILD = os.environ["PD_BUILD_DIR"]
WINDOW = atspi.PATH + "/window/1"
heard = []


def on_event(event):
    if event.type.startswith("object:announcement"):
        heard.append(str(event.any_data))
    elif event.source.get_role() in (Atspi.Role.ALERT, Atspi.Role.NOTIFICATION):
        heard.append(str(event.any_data))


def turn(condition, what):
    """Turns the main loop until it is true."""
    context, end = GLib.MainContext.default(), time.time() + atspi.PATIENCE
    while not condition():
        assert time.time() < end, (what, heard)
        if not context.iteration(False):
            time.sleep(.02)


def hear(text):
    turn(lambda: any(text in each for each in heard), text)


def act(name, *parameters):
    heard.clear()
    atspi.activate(WINDOW, name, *parameters)


def walk(node):
    """Each accessible below; GTK tells changes only of what has been asked for."""
    yield node
    for child in atspi.children(node):
        yield from walk(child)


def application():
    return atspi.application(PAYDESK.pid)


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
BUS = atspi.start_bus()
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
    atspi.end_bus(BUS)
