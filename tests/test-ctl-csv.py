#!/usr/bin/python3
"""Shops as a table: out and in again, as spreadsheets write it, and what does not belong into one."""
import csv
import io
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import CTL, ctl, document, field, main, test  # noqa: E402

FOLDER = os.environ["TMPDIR"]


def take(text, *options, status=0):
    """The ids of the shops that a table becomes, and what was said."""
    code, out, err = ctl("import", "-", "--format", "csv", *options, stdin=text if isinstance(text, bytes) else text.encode())
    assert code == status, (code, err)
    return [line.split("  ")[0] for line in out.splitlines()], err


def values(shop):
    return {f["id"]: f["value"] for f in document("show", shop)["fields"] if not f["secret"] and f["id"] != "logo"}


@test("/csv/out-and-in")
def _():
    first = document("new", "ランタン, \"商店\"", "--mode", "operating", "--environment", "sandbox")["id"]
    ctl("set", first, "seller-id", "A1LANTERN23456")
    ctl("set", first, "return-urls", "https://a.example.jp/x", "https://b.example.jp/y?z=1,2")
    ctl("set", first, "support-phone", "+81-3-5555-0100")
    ctl("set", first, "description", "=1+1")
    ctl("set", first, "store-name", "'=quoted")
    second = document("new", "Other")["id"]
    path = os.path.join(FOLDER, "shops.csv")
    assert ctl("export", first, second, "--output", path) == (0, "", "")
    with open(path, "rb") as f:
        raw = f.read()
    # what spreadsheets want: a mark of UTF-8, CRLF, and no cell that is a formula
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows[0][0] == "name" and len(rows) == 3 and all(len(r) == len(rows[0]) for r in rows)
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    assert not any(name in rows[0] for name in ("client-secret", "private-key", "logo", "mws-auth-token"))
    shown = [values(s) for s in (first, second)]
    made = [line.split("  ")[0] for line in ctl("import", path)[1].splitlines()]
    assert len(made) == 2 and not {first, second} & set(made)
    assert [values(s) for s in made] == shown
    assert field(made[0], "store-name")["value"] == "'=quoted"
    names = {p["id"]: p["name"] for p in document("list")["profiles"]}
    assert names[made[0]].startswith(names[first])


@test("/csv/by-name")
def _():
    shop = document("new", "By Name")["id"]
    for name in ("by-name.csv", "by-name.tsv"):
        path = os.path.join(FOLDER, name)
        assert ctl("export", shop, "--output", path) == (0, "", "")
        code, out, err = ctl("import", path)
        assert code == 0 and len(out.splitlines()) == 1 and not err, (name, err)


@test("/csv/as-others-write-it")
def _():
    for text in ("name,seller-id\nA,A1X23456789\n", "Shop Name;Seller ID\r\nA;A1X23456789\r\n", "name\t出品者ID\nA\tA1X23456789",
                 b"\xef\xbb\xbf\"name\",\"SELLER-ID\"\n\n\"A\",\" A1X23456789 \"\n,,\n", "name,出品者ID\nA,Ａ１X23456789\n".encode("cp932")):
        made, err = take(text)
        assert len(made) == 1 and field(made[0], "seller-id")["value"] == "A1X23456789" and not err, (text, err)
    made, err = take("remark,name,return-urls\nx,B,\"https://a.example.jp/\nhttps://b.example.jp/\"\n")
    assert "remark" in err and field(made[0], "return-urls")["value"] == ["https://a.example.jp/", "https://b.example.jp/"]
    # a row that is shorter, and one that is longer
    assert len(take("name,seller-id\nC\nD,A1X23456789,more\n")[0]) == 2


@test("/csv/all-or-nothing")
def _():
    before = document("list")
    for text in ("", "name\n", "seller-id\nA1X\n", "name,mode\nA,enabled\nB,sideways\n", "name,seller-id\nA,x\n,y\n", "name,x\n\"A\n",
                 "name,seller-id,seller-id\nA,1,2\n", b"name\n\xff\xfe\x81\n", b"name\nA\0\n", "name" + ",x" * 600 + "\nA\n"):
        made, err = take(text, status=2)
        assert not made and err, text
    assert document("list") == before
    assert "Row 3" in take("name,mode\nA,enabled\nB,sideways\n", status=2)[1]
    # as a spreadsheet counts them
    assert "Row 6" in take("\nname,mode\n\nA,enabled\n,\nB,sideways\n", status=2)[1]
    assert ctl("import", "-", "--format", "csv", "--into", before["profiles"][0]["id"], stdin=b"name\nA\n")[0] == 2
    assert ctl("export", "--output", "-", "--format", "xls")[0] == 2


@test("/csv/names")
def _():
    for name in ("ＡＢＣ商店", "＝１＋１", "'=x", "=1+1", "a  b", "🙂 \u200bShop"):
        shop = document("new", name)["id"]
        table = ctl("export", shop, "--output", "-", "--format", "csv")[1]
        made, _ = take(table)
        assert document("show", made[0])["name"].startswith(document("show", shop)["name"]), name


@test("/csv/at-once")
def _():
    shop = document("new", "Crowd")["id"]
    path = os.path.join(FOLDER, "crowd.json")
    assert ctl("export", shop, "--output", path)[0] == 0
    ctl("delete", shop, "--yes")
    crowd = [subprocess.Popen([CTL, "import", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(12)]
    assert [each.wait() for each in crowd] == [0] * 12, [each.stderr.read() for each in crowd]
    ids = [each.stdout.read().split()[0] for each in crowd]
    assert len(set(ids)) == 12


@test("/csv/no-secret")
def _():
    before = document("list")
    made, err = take("name,client-secret\nA,0123456789abcdefcafe\n", status=2)
    assert "client-secret" in err and "cafe" not in err
    assert document("list") == before
    made, err = take("name,client-secret,mws-auth-token\nA,,Pre-Set_with_information_from_Amazon\n")
    assert len(made) == 1


@test("/csv/endless-name")
def _():
    before = document("list")
    made, err = take("name,seller-id\nA,A1X23456789\n" + "n" * 10000000 + ",A1X23456789\n", status=2)
    assert "too long" in err and len(err) < 500
    assert document("list") == before


@test("/csv/steers-no-terminal")
def _():
    made, err = take("name,description\na\x1b[31mRED\x1b]0;t\x07\u202eb\u009b1m,x\x1b[31m\n")
    for verb in (("list",), ("show", made[0]), ("show", "\x1b[31m\u202e")):
        out = "".join(ctl(*verb)[1:])
        assert not set(out) & set("\x1b\x07\u202e\u009b"), (verb, out)


main()
