"""canary.py: values found nowhere else, and the search for them in whatever form they may have taken."""
import base64
import os
import secrets
import subprocess
import threading
import time
import urllib.parse

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


def value(prefix=""):
    """40 characters, with such as are written differently from one notation to the next."""
    body = "".join(secrets.choice(LETTERS) for _ in range(38 - len(prefix)))
    return prefix + body[:9] + "/" + body[9:20] + "+" + body[20:]


def core_of_key(pem):
    """Some bytes of a private key's exponent, as they stand in every unencrypted form of it."""
    der = base64.b64decode("".join(line for line in pem.decode().splitlines() if "-----" not in line))
    middle = len(der) // 2
    return der[middle:middle + 36]


def forms(canary):
    """name → bytes: every form in which a part of it could stand, whatever is around it."""
    found = {"plain": canary, "percent-all": "".join(f"%{b:02X}" for b in canary).encode()}
    found["percent"] = urllib.parse.quote_from_bytes(canary, safe="").encode()
    found["form"] = urllib.parse.quote_plus(canary).encode()
    found["json"] = canary.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"/", b"\\/")
    found["json-unicode"] = "".join(f"\\u{b:04x}" for b in canary).encode()
    found["hex"] = canary.hex().encode()
    found["hex-spaced"] = canary.hex(" ").encode()
    found["octal"] = "".join(f"\\{b:03o}" for b in canary).encode()
    found["utf-16"] = canary.decode("latin-1").encode("utf-16-le")
    found["reversed"] = canary[::-1]
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + canary)
        whole = text[(0 if shift == 0 else shift + 1):(len(canary) + shift) * 8 // 6]
        found[f"base64-{shift}"] = whole
        found[f"base64url-{shift}"] = whole.translate(bytes.maketrans(b"+/", b"-_"))
    for name in ("percent-all", "percent", "json-unicode", "hex", "hex-spaced"):
        text = found[name]
        # only the digits of an escape change their case with the writer
        found[name + "-other"] = (text.swapcase() if name.startswith(("hex", "percent-all"))
                                  else text.lower() if name == "json-unicode" else
                                  urllib.parse.quote_from_bytes(canary, safe="").replace("%2F", "%2f").replace("%2B", "%2b").encode())
    return found


class Canaries:
    def __init__(self):
        self.needles = []  # (name, form, bytes)

    def add(self, name, canary):
        canary = canary.encode() if isinstance(canary, str) else canary
        self.needles += [(name, form, needle) for form, needle in forms(canary).items()]
        return canary

    def find(self, content):
        """The first that stands in some bytes, as 'name (form)'."""
        for name, form, needle in self.needles:
            if needle in content:
                return f"{name} ({form})"
        return None


def files_below(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.isfile(path) and not os.path.islink(path):
                yield path


def new_files(since):
    """What has appeared in the places that everybody can write to, outside the session's own folder."""
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        for entry in os.scandir(folder) if os.path.isdir(folder) else []:
            try:
                if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_ctime >= since:
                    yield entry.path
            except OSError:
                pass


def search_files(canaries, since=None, leave_out=()):
    """Searches the session's folder, which holds HOME, every XDG folder and TMPDIR, for canaries; 'path: name (form)' of each hit."""
    hits = []
    for path in [*files_below(os.environ["PD_SESSION"]), *(new_files(since) if since is not None else [])]:
        if path.startswith(tuple(leave_out)):
            continue
        try:
            with open(path, "rb") as f:
                hit = canaries.find(f.read())
        except OSError:
            continue
        if hit or canaries.find(os.fsencode(path)):
            hits.append(f"{path}: {hit or 'its name'}")
    return hits


class Watch(threading.Thread):
    """Reads the arguments and the environment of each process of the session, over and over."""

    def __init__(self, canaries, pause=.01):
        super().__init__(daemon=True)
        self.canaries = canaries
        self.pause = pause
        self.hits = set()
        self.seen = set()       # (pid, program) whose arguments were read
        self.environments = 0   # how many could be read
        self.on = True

    def look(self):
        session = os.fsencode(os.environ["PD_SESSION"])
        for pid in filter(str.isdigit, os.listdir("/proc")):
            if int(pid) == os.getpid():
                continue
            texts = {}
            for kind in ("cmdline", "environ", "comm"):
                try:
                    with open(f"/proc/{pid}/{kind}", "rb") as f:
                        texts[kind] = f.read()
                except OSError:
                    texts[kind] = b""
            # an undumpable process shows its environment to root only
            if session not in texts["environ"] and b"paydesk" not in texts["comm"]:
                continue
            self.seen.add((pid, texts["comm"].strip()))
            self.environments += bool(texts["environ"])
            for kind, text in texts.items():
                hit = self.canaries.find(text)
                if hit:
                    self.hits.add(f"{kind} of {texts['comm'].decode().strip()}: {hit}")

    def run(self):
        while self.on:
            self.look()
            time.sleep(self.pause)

    def stop(self):
        self.on = False
        self.join()


def rsa_key():
    return subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
                          capture_output=True, check=True).stdout
