#!/usr/bin/python3
"""Everything that assistive technology meets, in every view, menu and dialog: each control has a name, and each word of it can be
translated. Views and dialogs are found by asking the window for its actions, so that a new one is walked by itself."""
import functools
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import atspi  # noqa: E402
import pseudo  # noqa: E402
from atspi import PATH, Atspi, GLib  # noqa: E402
from ctl import CTL, main, test  # noqa: E402

BUILD = os.environ["PD_BUILD_DIR"]

CONTROLS = {"push button", "button", "toggle button", "check box", "radio button", "switch", "text", "entry", "password text",
            "combo box", "list item", "menu item", "page tab", "link", "slider", "spin button"}
# What a control is called that nobody has named, and what GTK itself calls what is not read out.
UNNAMED = re.compile(r"^(?:|Gtk\w+|Adw\w+|Pd\w+)$")
# What GTK calls a widget that nobody has to name.
CLASS = re.compile(r"^(?:Gtk|Adw|Pd)[A-Z]\w+$")
# What ends the walk, asks for a file, takes something away, or opens nothing.
LEFT_OUT = re.compile(r"quit|toggle|copy|show-conflict|close|delete|export|import|open|save|undo|redo|back|retry|cancel|restore|discard|new-|duplicate|drop|print")

# Of GTK and libadwaita, which the pseudo language does not translate.
LIBRARIES = {"Minimize the window", "Maximize the window", "Close the window", "Close", "Minimize", "Maximize", "Restore", "Menu", "Clear Icon", "Back", "Search", "Show Text", "Hide Text", "Details",
             "Credits", "Legal", "Website", "Report an Issue", "Support Questions", "Troubleshooting", "What’s New", "Copy Text",
             "Save As…", "Acknowledgements", "Translated by", "Code by", "Design by", "Created by", "License", "Edit", "Confirm",
             "Activate", "Dismiss", "Apply", "Clear entry", "Clear", "Expand", "Search Shortcuts", "No Results Found", "Try a different search",
             "Version", "Paste", "Cut", "Copy", "Delete", "Select All", "Insert Emoji", "Undo", "Redo", "Shortcuts", "Search Results",
             "About", "Debugging Information", "Save as…", "Shift", "Ctrl", "Alt", "Escape", "Try a different search.",
             "To assist in troubleshooting, you can view your debugging information. Providing this information to the application "
             "developers can help diagnose any problems you encounter when you report an issue."}


# Which the libraries leave without a name in windows of their own: role, class.
OF_LIBRARIES = {("entry", "GtkSearchEntry"), ("push button", "GtkMenuButton"), ("push button", "GtkImage"), ("text", "GtkTextView"),
                ("push button", "GtkButton"), ("page tab", "GtkLabel"), ("list item", "")}
# What stands there in its own words: what Amazon, the desktop and the shops' pages show, a protocol's names, a language's own name.
with_signs = re.compile(r'\b(?:PHRASE|WEAK|CODE|MEMBER) \("((?:[^"\\]|\\.)*)"\)')
QUOTED = {"English", "RSASSA-PSS-V2"} | {
    sign for path in glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "checks", "pd-cause-*.c"))
    for sign in with_signs.findall(open(path, encoding="utf-8").read())}
# Keys, which the shortcuts window of newer GTK reads out.
KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt|F\d+|\S)(?: [+/] |$))+")
THEIR_WINDOWS = {"show-help-overlay", "about", "preferences"}


class Shop:
    """A shop with something to mend in it, and what is typed into it: no word of ours."""

    def __init__(self):
        self.values = {"seller-id": "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef",
                       "client-id": "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef",
                       "legacy-site-url": "http://shop.example.jp/", "return-urls": "https://shop.example.jp/return"}
        self.id = json.loads(self.ctl("new", "Lantern", "--environment", "practice", "--generation", "before-upgrade", "--json"))["id"]
        for field, value in self.values.items():
            self.ctl("set", self.id, field, value)

    @staticmethod
    def ctl(*args):
        return subprocess.run([CTL, *args], capture_output=True, check=True,
                              env={k: v for k, v in os.environ.items() if k != "G_DEBUG"}).stdout


class Window:
    def __init__(self, **environment):
        environment = dict(os.environ, GTK_A11Y="atspi", **environment)
        environment.pop("G_DEBUG", None)
        self.output = b""
        self.process = subprocess.Popen([os.path.join(BUILD, "src", "app", "paydesk")], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, env=environment)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for chunk in iter(lambda: self.process.stdout.read1(65536), b""):
            self.output += chunk

    def act(self, name, path):
        atspi.activate(path, name)
        time.sleep(.6)

    def actions(self, path):
        """Those that can be activated now and take nothing."""
        described = atspi.call_actions(path, "DescribeAll").unpack()[0]
        return sorted(name for name, (enabled, kind, _) in described.items() if enabled and not kind)

    def application(self):
        return atspi.application(self.process.pid)

    def wait(self):
        end = time.time() + atspi.PATIENCE
        while time.time() < end:
            assert self.process.poll() is None, self.output[-2000:]
            found = self.application()
            if found and any("Lantern" in (name or "") for _, name, _ in walk(found)):
                return
            time.sleep(.5)
        raise AssertionError("the window did not come")

    def end(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()


def walk(node, depth=0, trail=()):
    """Each accessible below: its role, its name, and the way to it."""
    try:
        role, name = node.get_role_name(), node.get_name() or ""
        described = node.get_description() or ""
        text = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)) if "Text" in node.get_interfaces() else ""
    except GLib.Error:
        return
    here = trail + (f"{role} “{name or text}”",)
    yield role, name, here
    for extra in filter(None, (described, text)):
        yield "text of " + role, extra, here
    for child in atspi.children(node) if depth < 60 else ():
        yield from walk(child, depth + 1, here)


def places(window, views):
    """Each view, and what each verb of the window and of the application opens."""
    for view in views:
        window.act(view, PATH + "/window/1")
        yield view
    for path in (PATH + "/window/1", PATH):
        for name in window.actions(path):
            if name in views or LEFT_OUT.search(name):
                continue
            window.act(name, path)
            yield name
            subprocess.run(["xdotool", "key", "Escape"], check=False)
            time.sleep(.3)


def newest(application):
    """What a verb has opened, where that is a window of its own; the whole application otherwise."""
    count = application.get_child_count()
    return application.get_child_at_index(count - 1) if count > 1 else application


@functools.cache
def what_is_seen():
    """All that is met, once: the role and the text, and for each where it was met first."""
    folder = tempfile.mkdtemp()
    pseudo.make(os.path.join(BUILD, "po", "ja", "LC_MESSAGES", "paydesk.mo"), folder)
    window = Window(LANGUAGE="qps", PD_LOCALEDIR=folder)
    try:
        window.wait()
        shown = json.loads(Shop.ctl("show", SHOP.id, "--json"))
        views = list(dict.fromkeys(field["pane"] for field in shown["fields"])) + ["tests"]
        seen = {}
        for place in places(window, views):
            assert window.process.poll() is None, (place, window.output[-2000:])
            for role, name, trail in walk(newest(window.application())):
                seen.setdefault((role, name), (place, trail))
    finally:
        window.end()
    return seen


def tell(findings):
    for place, what, trail in findings:
        print(f"# {place}: {what}: " + " › ".join(trail[-4:]))
    assert not findings, f"{len(findings)} findings"


SHOP = Shop()
BUS = atspi.start_bus()


@test("/accessible/every-control-has-a-name")
def _():
    seen = what_is_seen()
    assert len(seen) > 100, len(seen)
    tell([(place, "has no name", trail) for (role, name), (place, trail) in seen.items()
          if role in CONTROLS and UNNAMED.match(name) and not (
              # a choice of a drop-down, which is read by its label
              role == "list item" and ("list “GtkListView”" in trail[-2:] or trail[-4:-1] == ("panel “”", "panel “”", "list “”")) or
              (role, name) in OF_LIBRARIES and (place in THEIR_WINDOWS or any("AdwToastWidget" in step for step in trail)))])


def is_ours(text, data):
    """Whether a text should have been translated and was not."""
    if "⟦" in text or CLASS.match(text) or not re.search(r"[A-Za-z]{2}", text):
        return False
    # a dialog's button is read twice
    if text in LIBRARIES or text in QUOTED or KEYS.fullmatch(text) or any(text.startswith("_") and text.endswith(" " + ours) for ours in LIBRARIES):
        return False
    # the manual's Japanese words, and whatever somebody typed
    return not re.search(r"[ぁ-んァ-ヶ一-龠]", text) and not any(text in value or value in text for value in data)


@test("/accessible/every-word-can-be-translated")
def _():
    seen = what_is_seen()
    assert sum("⟦" in name for _, name in seen) > 100
    data = [*SHOP.values.values(), "Lantern", "Amazon Pay", "Paydesk", "paydeskctl", "https://", SHOP.id]
    tell([(place, f"“{name}” is not translatable", trail) for (role, name), (place, trail) in seen.items() if is_ours(name, data)])


try:
    main()
finally:
    atspi.end_bus(BUS)
