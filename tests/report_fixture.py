"""report_fixture.py: a shop whose name, values and servers' answers are full of markup, and its report."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import ctl, document, field  # noqa: E402

DATA = os.path.join(os.environ["XDG_DATA_HOME"], "paydesk")
NAME = "Lantern & <i>Co</i>. “'\"`* ランタン商店"
# What a hostile server could say, and what somebody could paste into a field.
HOSTILE = ("</td></table><script>document.title='owned';document.body.innerHTML=''</script><img src=http://{host}/img onerror=alert(1)>"
           "<style>@import url(http://{host}/css);body{{background:url(http://{host}/bg)}}</style><iframe src=http://{host}/frame></iframe>"
           "<link rel=stylesheet href=http://{host}/link><meta http-equiv=refresh content='0;url=http://{host}/go'>"
           "<svg onload=fetch('http://{host}/svg')>&lt;b&gt;&#60;script&#62; javascript:alert(1) ]]> --> {{{{7*7}}}} ${{7*7}}\n"
           "# no heading\n- no item\n1. no item\n> no quotation\n```\n[no link](http://{host}/md) ![no image](http://{host}/md) http://{host}/bare www.{host} "
           "a@{host} *no* _no_ ~~no~~ | a | b |\n|---|---|\n<details open>\n    no code\u202e\u2066")


def hostile(host):
    return HOSTILE.format(host=host)


def make(host="evil.example"):
    """The id of a shop that was tested twice, all right and then not, with that in every text that comes from elsewhere."""
    shop = document("new", NAME, "--practice")["id"]
    document("check", shop)
    client = field(shop, "client-id")["value"]
    ctl("set", shop, "client-id", client[:-1] + ("1" if client[-1] == "0" else "0"))
    ctl("set", shop, "description", hostile(host).split("\n")[0])
    ctl("set", shop, "return-urls", f"https://{host}/<script>alert(1)</script>", "https://www.example.jp/return")
    assert ctl("check", shop)[0] == 1
    folder = os.path.join(DATA, "profiles", shop, "runs")
    path = os.path.join(folder, sorted(os.listdir(folder))[-1])
    with open(path) as f:
        run = json.load(f)
    failed = [f for f in run["findings"] if f["verdict"] == "failed"]
    assert failed
    for finding in failed:
        finding["evidence"] = dict(finding["evidence"] or {}, message=hostile(host), url=f"https://{host}/?a=<b>", reason_code="<b>&",
                                   clock_skew_s=-2, status=400)
        finding["value"] = hostile(host)
    run["endpoint"] = hostile(host)
    with open(path, "w") as f:
        json.dump(run, f)
    return shop


def report(shop, kind, language="en", *more):
    code, out, err = ctl("report", shop, "--format", kind, "--language", language, "--output", "-", *more)
    assert code == 0, err
    return out
