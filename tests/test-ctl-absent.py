#!/usr/bin/python3
"""paydeskctl where there is no Secret Service."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, field, main, test  # noqa: E402


@test("/ctl-absent/says-so-and-stores-nothing")
def _():
    shop = document("new", "Absent")["id"]
    code, out, err = ctl("set-secret", shop, "mws-auth-token", stdin=b"amzn.mws.canary")
    assert code == 3 and err and "canary" not in out + err, (code, err)
    assert ctl("unset", shop, "mws-auth-token")[0] == 3
    assert field(shop, "mws-auth-token")["stored"] == "unknown"
    for folder, _, files in os.walk(os.environ["PD_SESSION"]):
        for name in filter(lambda n: os.path.isfile(os.path.join(folder, n)), files):
            with open(os.path.join(folder, name), "rb") as f:
                assert b"canary" not in f.read(), name


@test("/ctl-absent/no-half-made-practice-shop")
def _():
    before = document("list")
    code, out, err = ctl("new", "Half", "--practice")
    assert code == 3 and out == "" and err, (code, out, err)
    assert document("list") == before and document("doctor")["pending_deletions"] == []


@test("/ctl-absent/delete")
def _():
    shop = document("new", "Never had a secret")["id"]
    assert ctl("delete", shop, "--yes")[0] == 0
    assert shop not in [p["id"] for p in document("list")["profiles"]] and document("doctor")["pending_deletions"] == []


@test("/ctl-absent/the-rest-works")
def _():
    assert ctl("set", "Absent", "seller-id", "A1EXAMPLESELLER")[0] == 0
    assert field("Absent", "seller-id")["value"] == "A1EXAMPLESELLER"
    assert document("doctor")["keyring_error"]


main()
