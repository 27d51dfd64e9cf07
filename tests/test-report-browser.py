#!/usr/bin/python3
"""The report in a real browser: nothing runs, nothing is fetched, and it prints on A4."""
import os
import re
import shutil
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import main, test  # noqa: E402
from report_fixture import NAME, make, report  # noqa: E402

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
if BROWSER is None or shutil.which("pdftotext") is None:
    print("1..0 # SKIP neither chromium nor pdftotext may be missing: ./dev test installs both")
    sys.exit(0)

FOLDER = os.environ["TMPDIR"]
A4 = (595.28, 841.89)


class Listener(threading.Thread):
    """Counts who connects: every request of the browser, whatever for, would come here."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.requests = []

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            connection.settimeout(2)
            try:
                self.requests.append(connection.recv(200))
            except OSError:
                self.requests.append(b"?")
            connection.close()


listener = Listener()
listener.start()
shop = make(listener.address)


def browse(path, *options):
    done = subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                           "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
                           "--disable-dev-shm-usage", f"--user-data-dir={FOLDER}/browser", f"--proxy-server={listener.address}",
                           "--proxy-bypass-list=<-loopback>", "--enable-logging=stderr", "--v=0", *options, "file://" + path],
                          capture_output=True, timeout=120, env={k: v for k, v in os.environ.items() if k != "G_DEBUG"})
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.decode(), done.stderr.decode()


def save(text, name):
    path = os.path.join(FOLDER, name)
    with open(path, "w") as f:
        f.write(text)
    return path


def of_us(requests):
    """Without what the browser asks its maker on its own account."""
    return [r for r in requests if listener.address.encode() in r or b"evil" in r]


@test("/report-browser/a-request-would-be-seen")
def _():
    page = save(f"<!DOCTYPE html><title>x</title><img src=http://{listener.address}/img><script>document.title='ran';console.error('seen')</script>",
                "control.html")
    dom, log = browse(page, "--dump-dom")
    assert of_us(listener.requests) and "<title>ran</title>" in dom and "seen" in log, (listener.requests, dom, log[-500:])


for language in ("en", "ja"):
    @test(f"/report-browser/inert-{language}")
    def _(language=language):
        listener.requests.clear()
        text = report(shop, "html", language)
        dom, log = browse(save(text, f"{language}.html"), "--dump-dom")
        assert not of_us(listener.requests), listener.requests
        assert "CONSOLE" not in log, [line for line in log.splitlines() if "CONSOLE" in line]
        names = set(re.findall(r"<([a-z0-9]+)", re.sub(r"<style>.*?</style>", "", dom, flags=re.S)))
        assert names <= {"html", "head", "meta", "title", "body", "main", "h1", "h2", "h3", "p", "ul", "li", "table", "tbody", "tr", "th", "td"}, names
        assert "owned" not in re.search(r"<title>(.*?)</title>", dom).group(1)

    @test(f"/report-browser/prints-on-a4-{language}")
    def _(language=language):
        path = save(report(shop, "html", language), f"{language}.html")
        pdf = os.path.join(FOLDER, f"{language}.pdf")
        browse(path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
        assert not of_us(listener.requests)
        boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
        pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes, re.S)
        assert 1 < len(pages) < 20, len(pages)
        for width, height, words in pages:
            assert abs(float(width) - A4[0]) < 2 and abs(float(height) - A4[1]) < 2, (width, height)
            for box in re.finditer(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', words):
                left, top, right, bottom = map(float, box.groups())
                # within the margins of 16 mm and 18 mm; a word's box is higher than what is printed of it
                assert left > 43 and right < A4[0] - 43 and top > 36 and bottom < A4[1] - 36, (language, box.group(0))
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
        squeezed = re.sub(r"\s", "", text)
        assert "06-6485-6485" in text and re.sub(r"\s", "", NAME) in squeezed
        assert "<script>document.title='owned'" in squeezed


main()
