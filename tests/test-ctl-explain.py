#!/usr/bin/python3
"""What paydeskctl explain promises to scripts."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, main, test  # noqa: E402

F02 = "『申し訳ありません。リクエストの処理中に問題が発生しました。現在問題を調査しておりますので、解決するまでもう少々お待ちください。』"
MEMBERS = {"id", "title", "confidence", "is_outage", "fields", "meaning", "next_step", "where", "waiting_helps"}


def explain(text, *more, status=0):
    return document("explain", *more, stdin=text.encode() if isinstance(text, str) else text, status=status)


def shop(mode, generation):
    return document("new", f"Explained {mode} {generation}", "--mode", mode, "--generation", generation)["id"]


@test("/ctl-explain/document")
def _():
    out = explain(F02)
    assert set(out) == {"recognised", "causes"} and out["recognised"] is True
    for cause in out["causes"]:
        assert set(cause) == MEMBERS, cause
        assert re.fullmatch(r"F\d\d[b]?", cause["id"]) and cause["confidence"] in ("certain", "likely"), cause
        assert cause["title"] and cause["meaning"] and cause["next_step"], cause
    first = out["causes"][0]
    assert first["id"] == "F02" and first["is_outage"] is False and first["waiting_helps"] is False, first
    assert first["fields"][:3] == ["javascript-origins", "return-urls", "client-id"], first


@test("/ctl-explain/unknown")
def _():
    for text in ("", "Hello", "ご注文ありがとうございました", b"\x00\xff\xfe", b"\x80" * 100):
        assert explain(text, status=3) == {"recognised": False, "causes": []}, text
    code, out, err = ctl("explain", stdin=b"Hello")
    assert code == 3 and out.strip(), (code, out)


@test("/ctl-explain/kinds")
def _():
    for text, wanted in (
            ('{"reasonCode":"InvalidRequestSignature","message":"Unable to verify signature"}', "F22"),
            ("<ErrorResponse><Error><Code>InvalidAccessKeyId</Code></Error></ErrorResponse>", "F43"),
            ("<html><body>The redirect URI you provided has not been whitelisted for your application</body></html>", "F40"),
            ("2026-03-04 ERROR status=429", "F33"), ("503", "F34"), ("アプリケーションが登録されていません", "F04")):
        assert explain(text)["causes"][0]["id"] == wanted, text


@test("/ctl-explain/profile")
def _():
    before, after = shop("disabled", "before-upgrade"), shop("operating", "after-upgrade")
    old, new = (explain(F02, "--profile", profile)["causes"][0] for profile in (before, after))
    assert "client-secret" in old["fields"] and "client-secret" not in new["fields"], (old, new)
    assert old["where"][0] == "構築" and new["where"][0] == "設定", (old, new)
    code, out, _ = ctl("explain", "--profile", after, stdin=F02.encode())
    assert code == 0 and "構築" not in out and "設定 > 連携サービス" in out and "F02" in out, out
    assert ctl("explain", "--profile", "no-such-shop", stdin=b"429")[0] == 2


@test("/ctl-explain/usage")
def _():
    assert ctl("explain", "operand", stdin=b"")[0] == 2
    assert ctl("explain", "--nonsense", stdin=b"")[0] == 2
    assert ctl("explain", "--help")[0] == 0


@test("/ctl-explain/too-much")
def _():
    code, out, err = ctl("explain", "--json", stdin=b'{"reasonCode":"InvalidRequestSignature"}\n' + b"x" * 5_000_000)
    assert code == 0 and '"F22"' in out and err, (code, err)


@test("/ctl-explain/no-store")
def _():
    code, out, err = ctl("explain", "--json", stdin=b"429", env={"XDG_DATA_HOME": "/dev/null/nowhere"})
    assert code == 0 and '"F33"' in out, (code, err)


main()
