#!/usr/bin/python3
"""Every vector of signatures and notifications through paydeskctl."""
import base64
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, main, test  # noqa: E402

VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures", "vectors")


def load(name):
    with open(os.path.join(VECTORS, name)) as f:
        return json.load(f)


def run(kind, case, status=0):
    return document("signature", kind, stdin=json.dumps(case).encode(), status=status)


def verifies(text, signature, salt):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/s", "wb") as f:
            f.write(base64.b64decode(signature))
        with open(f"{folder}/t", "w") as f:
            f.write(text)
        return subprocess.run(["openssl", "dgst", "-sha256", "-verify", os.path.join(VECTORS, "pay-v2-test-key.pub.pem"), "-sigopt",
                               "rsa_padding_mode:pss", "-sigopt", f"rsa_pss_saltlen:{salt}", "-signature", f"{folder}/s", f"{folder}/t"],
                              capture_output=True).returncode == 0


def as_lists(query):
    return {name: value if isinstance(value, list) else [value] for name, value in query.items()}


@test("/ctl-signature/canonical-vectors")
def _():
    for v in load("pay-v2-canonical.json")["vectors"]:
        out = run("request", {k: v[k] for k in ("algorithm", "method", "path", "headers", "payload")} | {"query": as_lists(v["query"])})
        assert out["canonical_request"] == v["canonical_request"], v["name"]
        assert out["string_to_sign"] == v["string_to_sign"] and isinstance(out["warnings"], list), v["name"]


@test("/ctl-signature/request-vectors")
def _():
    for v in load("pay-v2-requests.json")["vectors"]:
        case = {"algorithm": v["algorithm"], "method": v["method"], "path": v["path"], "query": as_lists(v["query"]),
                "headers": dict(v["signed_headers"], **{"x-not-signed": "1"}), "signed_headers": list(v["signed_headers"]),
                "payload": v["payload"], "private_key_file": os.path.join(VECTORS, "pay-v2-test-key.pem"), "public_key_id": v["public_key_id"]}
        out = run("request", case)
        assert out["canonical_request"] == v["canonical_request"] and out["string_to_sign"] == v["string_to_sign"], v["name"]
        assert verifies(out["string_to_sign"], out["signature"], v.get("salt_length", 32 if v["algorithm"].endswith("V2") else 20)), v["name"]
        assert out["authorization"] == v["authorization_prefix"] + out["signature"], v["name"]


@test("/ctl-signature/button-vectors")
def _():
    for v in load("pay-v2-buttons.json")["vectors"]:
        for key in ("pay-v2-test-key.pem", "pay-v2-test-key.pkcs1.pem"):
            out = run("button", {"algorithm": v["algorithm"], "payload": v["payload_json"], "private_key_file": os.path.join(VECTORS, key)})
            assert out["string_to_sign"] == v["string_to_sign"], v["name"]
            assert verifies(out["string_to_sign"], out["signature"], v.get("salt_length", 32 if v["algorithm"].endswith("V2") else 20)), v["name"]
    escaped = run("button", {"algorithm": "AMZN-PAY-RSASSA-PSS-V2", "payload": '{"a":"https:\\/\\/x"}'})
    assert escaped["warnings"]


@test("/ctl-signature/mws-vectors")
def _():
    for v in load("mws-signature-v2.json")["vectors"]:
        with tempfile.NamedTemporaryFile("w") as key:
            key.write(v["secret_access_key"] + "\n")
            key.flush()
            out = run("mws", {k: v[k] for k in ("method", "host", "path", "parameters")} | {"secret_key_file": key.name})
        assert out["string_to_sign"] == v["string_to_sign"] and out["signature"] == v["signature"], v["name"]


@test("/ctl-signature/compare")
def _():
    v = load("pay-v2-canonical.json")["vectors"][0]
    case = {k: v[k] for k in ("algorithm", "method", "path", "headers", "payload")} | {"query": as_lists(v["query"])}
    same = run("request", dict(case, compare=v["string_to_sign"]))
    assert same["equal"] is True and same["first_difference"] is None
    whole = run("request", dict(case, compare=v["canonical_request"]))
    assert whole["equal"] is True
    other = run("request", dict(case, compare=v["canonical_request"].replace("x-amz-pay-region:EU", "x-amz-pay-region:jp", 1)), status=1)
    assert other["equal"] is False
    assert (other["first_difference"]["line"], other["first_difference"]["column"]) == (8, 18), other["first_difference"]


@test("/ctl-signature/broken-input")
def _():
    for kind, text in (("request", b"{"), ("request", b"[]"), ("request", b"{}"), ("button", b'{"algorithm":"X","payload":"{}"}'),
                       ("button", b'{"algorithm":"AMZN-PAY-RSASSA-PSS","payload":"{}","private_key_file":"/nonexistent"}'),
                       ("mws", b'{"method":"POST","host":"h","path":"/","parameters":[]}'), ("nonsense", b"{}"),
                       ("request", b'{"algorithm":"AMZN-PAY-RSASSA-PSS","method":"GET","path":"/","query":{"a":1},"headers":{}}')):
        code, out, err = ctl("signature", kind, "--json", stdin=text)
        assert code == 2 and out == "" and err, (kind, text, code, out)


@test("/ctl-notification/vectors")
def _():
    for file in ("sns-messages.json", "sns-amazon-sample.json"):
        vectors = load(file)
        certificate = os.path.join(VECTORS, vectors["certificate_file"])
        for v in vectors["vectors"]:
            valid = v.get("valid", True)
            out = document("notification", "-", "--certificate", certificate, stdin=json.dumps(v["message"]).encode(),
                           status=0 if valid else 1)
            assert out["valid"] is valid, (v["name"], out)
            if v.get("why"):
                assert out["why"].startswith("member" if v["why"] == "missing field" else v["why"]), (v["name"], out)


@test("/ctl-notification/without-certificate")
def _():
    message = load("sns-messages.json")["vectors"][0]["message"]
    out = document("notification", "-", stdin=json.dumps(message).encode(), status=3)
    assert out["valid"] is None and out["generation"] == "v2" and out["merchant_id"] == "A1EXAMPLESELLER", out
    out = document("notification", "-", stdin=b"{\"Type\":", status=1)
    assert out["valid"] is False and out["why"].startswith("syntax"), out
    assert ctl("notification", "/nonexistent")[0] == 2


@test("/ctl-notification/profile")
def _():
    vectors = load("sns-messages.json")
    certificate = os.path.join(VECTORS, vectors["certificate_file"])
    body = json.dumps(vectors["vectors"][0]["message"]).encode()
    shop = document("new", "Notified")["id"]
    ctl("set", shop, "seller-id", "A1EXAMPLESELLER")
    out = document("notification", "-", "--certificate", certificate, "--profile", shop, stdin=body)
    assert out["matches_profile"] is True and out["valid"] is True
    ctl("set", shop, "seller-id", "A9OTHERSELLER")
    out = document("notification", "-", "--certificate", certificate, "--profile", shop, stdin=body, status=1)
    assert out["matches_profile"] is False and out["why"].startswith("merchant"), out


main()
