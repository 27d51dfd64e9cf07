#!/usr/bin/python3
"""What the window is told by its command line: --practice-shop, the first step of somebody who only wants to look."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, main, test  # noqa: E402
from window import NAME, PATIENCE, owned, titles, until  # noqa: E402

PAYDESK = os.path.join(os.environ["PD_BUILD_DIR"], "src", "app", "paydesk")


def shops():
    return sorted((shop["name"], shop["environment"]) for shop in document("list")["profiles"])


def launch(*arguments):
    environment = dict(os.environ, GSETTINGS_BACKEND="keyfile")
    environment.pop("G_DEBUG", None)
    return subprocess.Popen([PAYDESK, *arguments], env=environment)


def end(window):
    subprocess.run(["gdbus", "call", "--session", "-d", NAME, "-o", "/org/paydesk/Paydesk", "-m",
                    "org.gtk.Actions.Activate", "'quit'", "@av []", "@a{sv} {}"], capture_output=True)
    assert window.wait(PATIENCE) == 0


@test("/launch/practice-shop")
def _():
    # Somebody's own shop bears that name: in production, and so never opened for practice.
    assert ctl("new", "Lantern & Co.")[0] == 0
    expected = [("Lantern & Co.", "production"), ("Lantern & Co. (2)", "practice")]
    window = launch("--practice-shop")
    until("no practice shop", lambda: shops() == expected)
    until("it is not open", lambda: any(title.startswith("Lantern & Co. (2) ") for title in titles()))
    # Told once more, the same process makes no other, nor does the next one.
    assert launch("--practice-shop").wait(PATIENCE) == 0
    end(window)
    window = launch("--practice-shop")
    until("it is not open again", lambda: any(title.startswith("Lantern & Co. (2) ") for title in titles()))
    end(window)
    assert shops() == expected, shops()


@test("/launch/practice-shop/impatient")
def _():
    # Asked three times before the first one is made: one more, and then another one can be made.
    window = launch()
    until("no window", lambda: titles())
    command = ["gdbus", "call", "--session", "-d", NAME, "-o", "/org/paydesk/Paydesk/window/1", "-m", "org.gtk.Actions.Activate",
               "'new-practice-shop'", "@av []", "@a{sv} {}"]
    for asked in [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]:
        assert asked.wait(PATIENCE) == 0
    until("it is not open", lambda: any(title.startswith("Lantern & Co. (3) ") for title in titles()))
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    until("no other one", lambda: any(title.startswith("Lantern & Co. (4) ") for title in titles()))
    end(window)
    assert [name for name, _ in shops()] == ["Lantern & Co.", "Lantern & Co. (2)", "Lantern & Co. (3)", "Lantern & Co. (4)"], shops()
    for name in ("Lantern & Co. (3)", "Lantern & Co. (4)"):
        assert ctl("delete", name, "--yes")[0] == 0
    window = launch("--practice-shop")
    until("the second is not open", lambda: any(title.startswith("Lantern & Co. (2) ") for title in titles()))
    end(window)


@test("/launch/last-shop")
def _():
    # Without the option, what was open last is opened.
    window = launch()
    until("it is not open", lambda: any(title.startswith("Lantern & Co. (2) ") for title in titles()))
    end(window)


@test("/launch/quit-at-once")
def _():
    # Asked to quit as soon as it can be asked anything: before its window is there, or after.
    for _ in range(8):
        window = launch()
        while not owned():
            pass
        end(window)


@test("/launch/unknown-option")
def _():
    done = subprocess.run([PAYDESK, "--practise-shop"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode != 0 and "--practise-shop" in done.stderr, done


main()
