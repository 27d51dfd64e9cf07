#!/usr/bin/python3
"""The support report: what is in it, in both languages and forms; what others wrote is text in it and nothing else."""
import html.parser
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, field, main, test  # noqa: E402
from report_fixture import DATA, NAME, hostile, make, report  # noqa: E402

ELEMENTS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "li", "table", "tr", "th", "td"}


class Page(html.parser.HTMLParser):
    """Elements with their attributes, the text, and whether all are closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text, self.open, self.rows = [], "", [], []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, name, attributes):
        self.elements.append((name, dict(attributes)))
        if name != "meta":
            self.open.append(name)
        if name == "th":
            self.rows.append(["", ""])

    def handle_endtag(self, name):
        assert self.open.pop() == name, name

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data
        if self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][self.open[-1] == "td"] += data

    def get(self, name):
        return [value for key, value in self.rows if key == name]


shop = make()


@test("/report/html-is-self-contained")
def _():
    for language in ("en", "ja"):
        text = report(shop, "html", language)
        page = Page(text)
        assert {name for name, _ in page.elements} <= ELEMENTS, {name for name, _ in page.elements} - ELEMENTS
        assert page.elements[0] == ("html", {"lang": language})
        for name, attributes in page.elements:
            assert not set(attributes) - {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}, (name, attributes)
        policy = next(a["content"] for n, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'"), policy
        style = text.split("<style>")[1].split("</style>")[0]
        assert "url(" not in style and "@import" not in style and "size:A4" in style
        # whatever was written by others is there as it is, but for what turns text around
        assert hostile("evil.example").split("\n")[0] in page.text
        assert "\u202e" not in text and "\u2066" not in text
        assert NAME in page.text


@test("/report/what-is-in-it")
def _():
    page = Page(report(shop, "html"))
    assert page.get("futureshop support") == ["weekdays 10:00–17:00 (Japan time), phone 06-6485-6485"]
    for name in ("paydesk", "glib", "libsoup", "openssl", "System", "Run at", "Report made"):
        assert page.get(name), name
    assert page.get("Clock difference to the server")[0].endswith(" s")
    assert page.get("Client ID") == [field(shop, "client-id")["value"]]
    assert page.get("Private Key")[0].startswith("stored in the keyring (")
    assert page.get("Status") and "400" in page.get("Status")
    for heading in ("Last Test", "Findings", "What Changed Before It Failed", "Passed", "Not Tested", "Settings", "Versions and Clock"):
        assert any(heading == line for line in page.text.split("\n")), heading
    assert "no order, charge or refund is ever tried" in page.text
    # every setting that the shop uses
    for f in document("show", shop)["fields"]:
        if not f["id"].endswith((".sandbox", ".seen")):
            assert page.get(f["label"]), f["label"]
    assert "Environment" in page.text and "practice endpoint" in page.text
    # changed since the run
    assert "These settings were changed after this run" not in page.text
    ctl("set", shop, "store-name", "Other")
    text = report(shop, "html")
    assert "These settings were changed after this run" in text
    ctl("set", shop, "store-name", "Again")


@test("/report/the-other-language")
def _():
    """A run is told in the language of the report, whichever it was made in."""
    def sentences(markdown):
        # but for what a clock, a server or chance has made different from one run to the next
        return [re.sub(r"\b[0-9A-Z]{16}\b", "ID", line).replace("。 ", "。") for line in markdown.splitlines() if not re.search(r" m?s$|20\d\d|request id|リクエスト ID|evil|client\\_id|127\.0\.0\.1", line, re.I)]

    other = document("new", "Language", "--practice", "--generation", "before-upgrade")["id"]
    ctl("set", other, "return-urls", "http://plain.example.jp/x", "https://www.example.jp/y z")
    ctl("set", other, "seller-id", "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef")
    ctl("set", other, "logo", "/dev/null")
    told = {}
    for made in ("en", "ja"):
        assert ctl("check", other, env={"LANGUAGE": made})[0] in (1, 3)
        for language in ("en", "ja"):
            told[made, language] = sentences(report(other, "md", language))
    for language in ("en", "ja"):
        first, second = told["en", language], told["ja", language]
        assert len(first) > 80
        different = [(a, b) for a, b in zip(first, second) if a != b]
        assert not different and len(first) == len(second), different[:5]
    # and it is that language: no English sentence is left in the Japanese one, but for what a server said
    left = [line for line in told["en", "ja"] if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{2,}", line) and "メッセージ" not in line]
    assert not left, left


def unescape(line):
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)


@test("/report/markdown-is-text")
def _():
    for language in ("en", "ja"):
        text = report(shop, "md", language)
        lines = text.splitlines()
        ours = ("# ", "## ", "### ", "- ", "  ")
        for line in lines:
            assert not re.search(r"(?<!\\)[<>`\[\]|]", line), line
            assert line == "" or line.startswith(ours) or not re.match(r"[-#>=+`~:|]|\d+[.)]", line), line
            # within an item, a line cannot begin anything
            assert not re.match(r"  \s*([#>`~|<]|[-+=](?!\w)|\d+[.)])", line), line
            assert "://" not in line or "\\://" in line, line
        for wanted in hostile("evil.example").split("\n")[:-1]:
            assert wanted in unescape(text).replace("\\\n  ", "\n"), wanted


@test("/report/output")
def _():
    path = os.path.join(os.environ["TMPDIR"], "report.html")
    assert ctl("report", shop, "--output", path) == (0, "", "")
    with open(path) as f:
        assert f.read().startswith("<!DOCTYPE html>")
    assert os.stat(path).st_mode & 0o077 == 0
    path = path[:-4] + "md"
    assert ctl("report", shop, "-o", path)[0] == 0
    with open(path) as f:
        assert f.read().startswith("# Support Report for")
    # the language is the user's own
    assert 'lang="ja"' in ctl("report", shop, "--format", "html", "--output", "-", env={"LANGUAGE": "ja"})[1]
    for args in ((), (shop,), (shop, "--output", "-"), (shop, "--output", "x.pdf"), (shop, "--output", "-", "--format", "pdf"), ("nobody", "-o", "x.md"),
                 (shop, "--output", "-", "--format", "md", "--language", "fr"), (shop, "-o", "x.md", "--run", "nothing")):
        code, out, err = ctl("report", *args)
        assert code == 2 and out == "" and err, (args, code, err)
    assert ctl("report", shop, "--output", "/nonexistent/folder/x.html")[0] in (2, 3)


@test("/report/of-an-earlier-run")
def _():
    runs = document("history", shop)["runs"]
    page = Page(report(shop, "html", "en", "--run", runs[-1]["id"]))
    assert page.get("Altogether") == ["Passed"] or page.get("Altogether") == ["Warning"], page.get("Altogether")
    assert "may no longer hold" in page.text


@test("/report/never-tested")
def _():
    fresh = document("new", "Fresh")["id"]
    code, out, err = ctl("report", fresh, "--format", "md", "--output", "-", env={"LANGUAGE": "en"})
    assert code == 0 and "not been tested yet" in out and "not been tested yet" in err
    assert unescape(out).count("not part of this run") > 10


@test("/report/partial-only")
def _():
    fresh = document("new", "Partial")["id"]
    ctl("check", fresh, "--only", "shape")
    text = report(fresh, "md")
    assert "Only some of the checks were asked for" in text and "Signature: not part of this run" in text


main()
