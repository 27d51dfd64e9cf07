#!/usr/bin/python3
"""What the desktop asks of the window by D-Bus: it is started for that, opens files, and shows its preferences."""
import json
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, main, test  # noqa: E402
from window import NAME, PATIENCE, owned, titles, until  # noqa: E402

PATH = "/org/paydesk/Paydesk"
BUILD = os.environ["PD_BUILD_DIR"]

if "PAYDESK_INNER" not in os.environ:
    # A bus of its own that starts the service as it is installed, but from the build folder.
    folder = os.path.join(os.environ["PD_SESSION"], "services")
    os.mkdir(folder)
    with open(os.path.join(BUILD, "data", NAME + ".service")) as installed:
        lines = installed.read()
    command = next(line for line in lines.splitlines() if line.startswith("Exec="))
    assert command.endswith("/bin/paydesk --gapplication-service"), command
    with open(os.path.join(folder, NAME + ".service"), "w") as service:
        service.write(lines.replace(command, f"Exec={BUILD}/src/app/paydesk --gapplication-service"))
    config = os.path.join(os.environ["PD_SESSION"], "desktop.conf")
    with open(config, "w") as file:
        file.write(f"""<busconfig><type>session</type><listen>unix:tmpdir={os.environ["TMPDIR"]}</listen><servicedir>{folder}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>""")
    environment = dict(os.environ, PAYDESK_INNER="1")
    environment.pop("G_DEBUG", None)
    sys.exit(subprocess.run(["dbus-run-session", f"--config-file={config}", "--", sys.executable, __file__], env=environment).returncode)


def call(method, *arguments, path=PATH, last=False):
    done = subprocess.run(["gdbus", "call", "--session", "-d", NAME, "-o", path, "-m", method, *arguments],
                          capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0 or last, f"{method}: {done.stderr}"
    return done.stdout


def shops():
    return [profile["name"] for profile in document("list")["profiles"]]


def log_in():
    """Starts Paydesk as the desktop does at login; what it told of, once it has ended by itself."""
    log = os.path.join(os.environ["TMPDIR"], "notifications")
    with open(log, "w") as stream:
        monitor = subprocess.Popen(["dbus-monitor", "--session", "interface='org.freedesktop.Notifications',member='Notify'"], stdout=stream)
    # Its own first words mean that it listens.
    until("no monitor", lambda: os.path.getsize(log) > 0)
    settings = dict(os.environ, GSETTINGS_BACKEND="keyfile")
    settings.pop("G_DEBUG", None)
    done = subprocess.run([f"{BUILD}/src/app/paydesk", "--gapplication-service"], env=settings, timeout=PATIENCE)
    assert done.returncode == 0, done.returncode
    time.sleep(0.5)
    monitor.terminate()
    monitor.wait()
    with open(log) as stream:
        return [line.strip() for line in stream if "Lantern & Co." in line]


@test("/desktop/login")
def _():
    assert ctl("new", "Lantern & Co.")[0] == 0
    profile = document("list")["profiles"][0]["id"]
    path = os.path.join(os.environ["XDG_DATA_HOME"], "paydesk", "profiles", profile, "profile.json")
    with open(path) as stream:
        shop = json.load(stream)
    shop["secrets"]["private-key"] = {"stored": "2020-01-01T00:00:00Z"}
    with open(path, "w") as stream:
        json.dump(shop, stream)
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "keyfile"), "w") as stream:
        stream.write("[org/paydesk/Paydesk]\nreminders=true\n")
    assert len(log_in()) == 1
    assert log_in() == [], "it was told before"
    assert titles() == []
    shutil.rmtree(os.path.dirname(path))


@test("/desktop/notification")
def _():
    # What a notification speaks of is opened also when Paydesk has ended since.
    assert ctl("new", "Hibari & Co.")[0] == 0
    profile = document("list")["profiles"][0]["id"]
    assert not owned()
    call("org.freedesktop.Application.ActivateAction", "show-dates", f"[<'{profile}'>]", "@a{sv} {}")
    until("no window", lambda: any("Hibari & Co." in title for title in titles()))
    call("org.gtk.Actions.Activate", "'quit'", "@av []", "@a{sv} {}", last=True)
    until("it still runs", lambda: not owned())
    shutil.rmtree(os.path.join(os.environ["XDG_DATA_HOME"], "paydesk", "profiles", profile))


@test("/desktop/activate")
def _():
    assert not owned()
    call("org.freedesktop.Application.Activate", "@a{sv} {}")
    until("no window", lambda: any("Paydesk" in title for title in titles()))


@test("/desktop/open")
def _():
    file = os.path.join(os.environ["TMPDIR"], "shops.json")
    elsewhere = {"XDG_DATA_HOME": os.path.join(os.environ["TMPDIR"], "elsewhere")}
    assert ctl("new", "Kotori & Co.", env=elsewhere)[0] == 0
    assert ctl("export", "Kotori & Co.", "--output", file, env=elsewhere)[0] == 0
    call("org.freedesktop.Application.Open", f"['file://{file}']", "@a{sv} {}")
    until("the shop was not opened", lambda: shops() == ["Kotori & Co."])


@test("/desktop/open/no-shops")
def _():
    # So many at once that what is said replaces what was said while that still moves in.
    for number in range(40):
        name, content = (("garbage.json", "{"), ("empty", ""))[number % 2]
        file = os.path.join(os.environ["TMPDIR"], name)
        with open(file, "w") as stream:
            stream.write(content)
        time.sleep(0.02 * (number % 7))
        call("org.freedesktop.Application.Open", f"['file://{file}', 'file://{file}.absent', 'file:///dev']", "@a{sv} {}")
    assert shops() == ["Kotori & Co."]
    assert owned(), "it is gone"


@test("/desktop/preferences")
def _():
    call("org.gtk.Actions.Activate", "'preferences'", "@av []", "@a{sv} {}")
    until("no preferences", lambda: "Preferences" in titles())


@test("/desktop/quit")
def _():
    call("org.gtk.Actions.Activate", "'quit'", "@av []", "@a{sv} {}", last=True)
    until("it still runs", lambda: not owned())


main()
