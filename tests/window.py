"""window.py: what a test sees of a window that runs in a process of its own."""
import subprocess
import time

from ctl import document

NAME = "org.paydesk.Paydesk"
PATIENCE = 120


def until(what, ask):
    """Waits until ask() is true; what: what it means where it never is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if ask():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what}: {titles()}, {[shop['name'] for shop in document('list')['profiles']]}")


def titles():
    """Of the windows that are on the screen."""
    done = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "..+"], capture_output=True, text=True)
    return [subprocess.run(["xdotool", "getwindowname", window], capture_output=True, text=True).stdout.strip() for window in done.stdout.split()]


def owned():
    """Whether Paydesk runs and can be asked."""
    done = subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus", "-m",
                           "org.freedesktop.DBus.NameHasOwner", NAME], capture_output=True, text=True)
    return "true" in done.stdout
