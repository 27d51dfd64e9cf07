#!/usr/bin/python3
"""Completions of bash, fish and zsh: every verb and every option is in them, and bash completes what can be typed."""
import os
import re
import shlex
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ctl import CTL, ctl, document, main, test  # noqa: E402

ENGLISH = {"LANGUAGE": "en"}


def verbs():
    """name → its options, by the help that people read."""
    code, out, _ = ctl("--help", env=ENGLISH)
    names = re.findall(r"^  ([a-z-]+) +\S", out.split("Verbs:")[1], re.M)
    assert code == 0 and len(names) > 15, names
    return {name: re.findall(r"^  --([a-z-]+)", ctl(name, "--help", env=ENGLISH)[1].split("Options:")[1], re.M) for name in names}


def script(shell):
    code, out, err = ctl("--print-completion", shell, env=ENGLISH)
    assert code == 0 and not err
    return out


def save(shell):
    path = os.path.join(os.environ["TMPDIR"], "completion." + shell)
    with open(path, "w") as f:
        f.write(script(shell))
    return path


def complete(*words):
    """What bash offers for the last word."""
    lines = [f'PATH={shlex.quote(os.path.dirname(CTL))}:$PATH', f"source {shlex.quote(save('bash'))}",
             "COMP_WORDS=(" + " ".join(shlex.quote(w) for w in ("paydeskctl", *words)) + ")", f"COMP_CWORD={len(words)}",
             "_paydeskctl", 'printf "%s\\n" "${COMPREPLY[@]}"']
    done = subprocess.run(["bash", "--norc", "-c", "\n".join(lines)], capture_output=True, env={k: v for k, v in os.environ.items() if k != "G_DEBUG"})
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode().split("\n")[:-1]


@test("/completion/every-verb-and-option")
def _():
    table = verbs()
    for shell in ("bash", "fish", "zsh"):
        text = script(shell)
        for verb, options in table.items():
            # the part of the verb
            if shell == "fish":
                part = "\n".join(line for line in text.splitlines() if f"-a {verb} " in line or f"_from {verb}'" in line)
            else:
                part = re.search(rf"^    {verb}\)\n(.*?)(?=^    [a-z-]+\)\n|^  esac$)", text, re.M | re.S).group(1)
                assert re.search(rf"['\s]{verb}[\s:']", text.split("case $verb in")[0]), (shell, verb)
            for option in options:
                wanted = rf"-l {option}\b" if shell == "fish" and option != "help" else "help" if shell == "fish" else rf"--{option}\b"
                assert re.search(wanted, part if option != "help" or shell != "fish" else text), (shell, verb, option)


@test("/completion/shells-take-them")
def _():
    for shell, check in (("bash", ["bash", "-n"]), ("fish", ["fish", "-n"]), ("zsh", ["zsh", "-n"])):
        if shutil.which(shell):
            done = subprocess.run([*check, save(shell)], capture_output=True)
            assert done.returncode == 0 and not done.stderr, (shell, done.stderr)
    assert ctl("--print-completion", "nonsense")[0] == 2 and ctl("--print-completion")[0] == 2


@test("/completion/bash")
def _():
    name = "Lantern & Co. ランタン"
    document("new", name)
    twin = [document("new", "Twin")["id"] for _ in range(2)]
    before = os.listdir(os.path.join(os.environ["XDG_DATA_HOME"], "paydesk"))
    assert complete("du") == ["duplicate"] and "check" in complete("")
    assert complete("check", "--env") == ["--environment"]
    assert complete("check", "--environment", "s") == ["sandbox"]
    assert complete("check", "--only", "sig") == ["signature"]
    assert sorted(complete("check", "")) == sorted([name, *twin])
    assert complete("show", "Lan") == [name] and complete("show", "'Lan") == [name] and complete("show", "Lantern\\ ") == [name]
    assert complete("set", name, "client") == ["client-id", "client-id.sandbox", "client-secret"] or "client-id" in complete("set", name, "client")
    assert complete("export", name, "Lan") == [name]
    assert complete("new", "x", "--mode", "") == ["disabled", "enabled", "operating"]
    assert complete("report", name, "--language", "j") == ["ja"]
    assert complete("signature", "b") == ["button"]
    assert os.listdir(os.path.join(os.environ["XDG_DATA_HOME"], "paydesk")) == before


main()
