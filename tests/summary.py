#!/usr/bin/python3
"""summary.py JUNIT.xml: one line 'N passed, N failed, N skipped' from Meson's report; every subtest counts.

A program that died between two subtests has no failed one in JUNIT.xml: testlog.json beside it tells of it."""
import json
import os
import re
import sys
import xml.etree.ElementTree as ET

LINES = 40  # of what a failed program said, which may be all that is known of a run elsewhere
passed = failed = skipped = 0
told = set()
with open(sys.argv[1], encoding="utf-8", errors="replace") as report:
    # What tests print is not always what XML can hold.
    text = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|&#(x[01]?[0-9a-fA-F]|[0-9]|[12][0-9]|3[01]);", "?", report.read())
for case in ET.fromstring(text).iter("testcase"):
    if case.find("failure") is not None or case.find("error") is not None:
        failed += 1
        told.update(((case.get("classname") or "").split(".")[-1], case.get("name")))
        print("failed:", case.get("classname"), case.get("name"))
    elif case.find("skipped") is not None:
        skipped += 1
    else:
        passed += 1
with open(os.path.join(os.path.dirname(sys.argv[1]), "testlog.json"), encoding="utf-8", errors="replace") as log:
    for line in log:
        program = json.loads(line)
        name = program["name"].split(" / ")[-1].split(":")[-1]
        if program["result"] in ("OK", "SKIP", "EXPECTEDFAIL"):
            continue
        if name not in told:
            failed += 1
            print("failed:", name, "ended with", program["returncode"])
        said = [line for line in (program.get("stdout") or "").splitlines() if line.strip()]
        said += (program.get("stderr") or "").splitlines()
        print(*(f"  {name}: {line}" for line in said[-LINES:]), sep="\n")
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
