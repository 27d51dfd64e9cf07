"""Assistive technology's side, for tests: the accessibility bus, and what an application shows on it. Imported where that is not
installed, it skips the test."""
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

APP, PATH = "org.paydesk.Paydesk", "/org/paydesk/Paydesk"
PATIENCE = 60


def start_bus():
    bus = subprocess.Popen([LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(.7)
    return bus


def end_bus(bus):
    # its own bus would outlive it
    with open(f"/proc/{bus.pid}/task/{bus.pid}/children", encoding="ascii") as children:
        for pid in children.read().split():
            os.kill(int(pid), signal.SIGTERM)
    bus.kill()
    bus.wait()


def application(pid):
    """That of a process, or None."""
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child and child.get_process_id() == pid:
            return child
    return None


def children(node):
    """Those that can be had: some go while they are read."""
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
            yield child


def call_actions(path, method, arguments=None):
    """A method of org.gtk.Actions, of the application or of one of its windows."""
    return Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(APP, path, "org.gtk.Actions", method, arguments, None, Gio.DBusCallFlags.NONE,
                                                           -1, None)


def activate(path, name, *parameters):
    call_actions(path, "Activate", GLib.Variant("(sava{sv})", (name, [GLib.Variant("s", each) for each in parameters], {})))
