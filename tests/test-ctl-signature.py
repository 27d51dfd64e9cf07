#!/usr/bin/python3
"""Every vector of signatures and notifications through paydeskctl."""
import base64
import http.server
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading

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


@test("/ctl-notification/explained")
def _():
    vectors = load("sns-messages.json")
    certificate = os.path.join(VECTORS, vectors["certificate_file"])
    for v, said in zip(vectors["vectors"], ("its state has changed", "S03-1234567-7654321-C000001", "answers by itself",
                                            "NotificationData/OrderReference/SellerNote: テスト")):
        code, out, err = ctl("notification", "-", "--certificate", certificate, stdin=json.dumps(v["message"]).encode())
        assert code == 0 and said in out and "The notification is genuine." in out and not err, (v["name"], out, err)
    code, out, err = ctl("notification", "-", "--certificate", certificate, stdin=json.dumps(vectors["vectors"][5]["message"]).encode())
    assert code == 1 and "Do not act on it" in out, out


@test("/ctl-notification/headers")
def _():
    vectors = load("sns-messages.json")
    certificate = os.path.join(VECTORS, vectors["certificate_file"])
    message = vectors["vectors"][0]["message"]
    head = f"POST /n HTTP/1.1\r\nX-Amz-Sns-Message-Id: {message['MessageId']}\r\nx-amz-sns-topic-arn: {message['TopicArn']}\r\n\r\n"
    out = document("notification", "-", "--certificate", certificate, stdin=(head + json.dumps(message)).encode())
    assert out["valid"] is True, out
    out = document("notification", "-", "--certificate", certificate, stdin=(head.replace(":A1VC", ":B1VC") + json.dumps(message)).encode(), status=1)
    assert out["why"].startswith("topic"), out


class Server:
    """A TLS server for SNS's host on this computer, with whatever body it is given."""
    HOST = "sns.ap-northeast-1.amazonaws.com"

    def __init__(self, folder):
        self.body, self.n = b"", 0
        key, pem = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                        "-out", pem, "-days", "2", "-subj", "/CN=test", "-addext", f"subjectAltName=DNS:{self.HOST},IP:127.0.0.1"],
                       check=True, capture_output=True)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.n += 1
                self.send_response(200)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *args):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        here = f"https://127.0.0.1:{self.server.server_port}"
        services = {name: here for name in ("pay-v2", "mws", "login", "authorize")}
        self.endpoints = os.path.join(folder, "endpoints.json")
        with open(self.endpoints, "w") as file:
            json.dump({"ca": pem, "sandbox": services, "production": services,
                       "hosts": {self.HOST: f"127.0.0.1:{self.server.server_port}"}}, file)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@test("/ctl-notification/fetch-certificate")
def _():
    vectors = load("sns-messages.json")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        with open(os.path.join(VECTORS, vectors["certificate_file"]), "rb") as file:
            server.body = file.read()
        env = {"PAYDESK_ENDPOINTS": server.endpoints}
        for v in vectors["vectors"]:
            before, valid = server.n, v.get("valid", True)
            out = document("notification", "-", "--fetch-certificate", stdin=json.dumps(v["message"]).encode(), status=0 if valid else 1, env=env)
            assert out["valid"] is valid, (v["name"], out)
            # only a message that is sound so far is worth a connection
            assert server.n - before == (1 if valid or v["why"] == "signature" else 0), (v["name"], server.n - before)
        before = server.n
        document("notification", "-", stdin=json.dumps(vectors["vectors"][0]["message"]).encode(), status=3, env=env)
        assert server.n == before, "fetched without being asked to"
        server.body = b"<html></html>"
        out = document("notification", "-", "--fetch-certificate", stdin=json.dumps(vectors["vectors"][0]["message"]).encode(), status=3, env=env)
        assert out["valid"] is None, out
        server.server.shutdown()


main()
