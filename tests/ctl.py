"""ctl.py: runs paydeskctl the way a script would, and keeps TAP's book."""
import json
import os
import subprocess
import sys
import traceback

CTL = os.path.join(os.environ["PD_BUILD_DIR"], "src", "ctl", "paydeskctl")
tests = []


def test(name):
    """Registers a function as the test of that name."""
    def register(function):
        tests.append((name, function))
        return function
    return register


def ctl(*args, stdin=None, env=None, data=None):
    """(exit status, standard output, standard error) of paydeskctl."""
    environment = dict(os.environ, **(env or {}))
    # Warnings are fatal within the suite; a program of its own says what it has to say.
    environment.pop("G_DEBUG", None)
    done = subprocess.run([CTL, *args], input=stdin if stdin is not None else b"", capture_output=True, env=environment, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def document(*args, status=0, **more):
    """The one JSON document that the verb prints, and nothing else."""
    code, out, err = ctl(*args, "--json", **more)
    assert code == status, f"{args}: exit {code}, expected {status}: {err}"
    assert out.endswith("\n") and not out.endswith("\n\n"), repr(out[-20:])
    return json.loads(out, object_pairs_hook=no_duplicates)


def no_duplicates(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"twice: {names}"
    return dict(pairs)


def field(profile, wanted):
    return next(f for f in document("show", profile)["fields"] if f["id"] == wanted)


def main():
    print(f"1..{len(tests)}")
    bad = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Exception:
            bad += 1
            for line in traceback.format_exc().splitlines():
                print("#", line)
            print(f"not ok {number} {name}", flush=True)
    sys.exit(1 if bad else 0)
