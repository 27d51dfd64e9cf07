#!/bin/bash
# try-upgrade.sh OLD.flatpak NEW.flatpak: installs the older bundle in a home that has nothing yet, works with it, installs the
# newer one over it, and looks for every profile, logo, verdict and secret.  The runtime comes from the repository that
# flatpak/make-runtime.sh made ($PAYDESK_RUNTIME, by default below /var/tmp).
# To try it as another user of the machine, run it as that user.  One line a finding; exit status 1 when one is bad.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
app=org.paydesk.Paydesk

if [ "${1:-}" != --inner ]; then
  [ $# = 2 ] || { sed -n '2,5s/^# //p' "$0"; exit 2; }
  exec "$here/tests/session.sh" --keyring --xvfb "$here/flatpak/try-upgrade.sh" --inner "$(realpath "$1")" "$(realpath "$2")"
fi
old=$2 new=$3

bad=0
say() { if [ "$1" = 0 ]; then echo "good: $2"; else echo "BAD: $2"; bad=1; fi; }
ctl() { flatpak run --user --command=paydeskctl "$app" "$@"; }
windows() { xdotool search --onlyvisible --name '..+' 2>/dev/null; }
# Opens the window, waits for it, and closes it again.
look() {
  flatpak run --user --env=GSK_RENDERER=cairo --env=GTK_A11Y=none "$app" "$@" >"$TMPDIR/window.log" 2>&1 & local window=$!
  for i in $(seq 150); do [ -n "$(windows)" ] && break; sleep .2; done
  [ -n "$(windows)" ]; say $? "the window opens"
  sleep 4
  [ -n "${SHOT:-}" ] && import -window root "$SHOT"
  gdbus call --session -d "$app" -o /org/paydesk/Paydesk -m org.gtk.Actions.Activate quit '[]' '{}' >/dev/null
  wait "$window"; say $? "and closes"
}
# Everything that is kept of every shop, without what only a version knows.
everything() { ctl list --json | /usr/bin/python3 -c 'import json, sys
print("\n".join(p["id"] for p in json.load(sys.stdin)["profiles"]))' | while read -r id; do ctl show "$id" --json; done; }

gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus -m org.freedesktop.DBus.UpdateActivationEnvironment \
  "{'XDG_CURRENT_DESKTOP': 'GNOME', 'DISPLAY': '$DISPLAY'}" >/dev/null
/usr/libexec/xdg-permission-store >/dev/null 2>&1 & permissions=$!
/usr/libexec/xdg-desktop-portal -r >"$TMPDIR/portal.log" 2>&1 & portal=$!
sleep 2

# Where the machine has no system bus, Flatpak's question after parental controls goes to the private one, which knows of none.
[ -S /run/dbus/system_bus_socket ] || export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
[ ! -e "$HOME/.var" ] && [ ! -e "$HOME/.local/share/flatpak" ]; say $? "the home has nothing of it: $(id -un)"
flatpak remote-add --user --no-gpg-verify runtimes "file://${PAYDESK_RUNTIME:-/var/tmp/paydesk-runtime}/repo" &&
  flatpak install --user -y --noninteractive runtimes org.gnome.Platform//51 >"$TMPDIR/install" 2>&1 &&
  flatpak install --user -y --noninteractive "$old" >>"$TMPDIR/install" 2>&1 || { cat "$TMPDIR/install"; exit 1; }
say 0 "the runtime and the older bundle are installed: $(ctl --version)"

ctl new Kept --environment sandbox >/dev/null
ctl set Kept seller-id A1LANTERN23456 && ctl set Kept return-urls https://shop.example.jp/return
ctl set Kept store-name '灯り屋 Lantern'; say $? "a shop is filled in"
printf 'amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456\n' | ctl set-secret Kept mws-auth-token; say $? "its token is stored"
look --practice-shop
ctl new --practice Passing >/dev/null && ctl check Passing >/dev/null; say $? "and a practice shop passes"
everything >"$TMPDIR/before"
# A profile and a keyring of the older one, as they lie on the disk.
(cd "$HOME/.var/app/$app/data" && find . -type f ! -name '*.lock' | sort) >"$TMPDIR/files"

flatpak install --user -y --noninteractive "$new" >"$TMPDIR/install" 2>&1; say $? "the newer bundle is installed over it: $(ctl --version)"
everything >"$TMPDIR/after"
/usr/bin/python3 - "$TMPDIR/before" "$TMPDIR/after" <<'P'; say $? "every shop, value and secret of the older one is there"
import json, sys

def shops(path):
    decoder, text, found = json.JSONDecoder(), open(path, encoding="utf-8").read(), {}
    while text := text.lstrip():
        shop, end = decoder.raw_decode(text)
        found[shop["id"]], text = shop, text[end:]
    return found

before, after = map(shops, sys.argv[1:])
assert len(before) == 3 and before.keys() == after.keys(), (before.keys(), after.keys())
stored = 0
for id, shop in before.items():
    now = {field["id"]: field for field in after[id]["fields"]}
    for field in shop["fields"]:
        kept = now[field["id"]]
        assert (field.get("value"), field.get("stored")) == (kept.get("value"), kept.get("stored")), (field, kept)
        stored += field.get("stored") == "yes"
    for member in ("name", "mode", "generation", "environment"):
        assert shop[member] == after[id][member], member
assert stored >= 3, stored
P
(cd "$HOME/.var/app/$app/data" && xargs -d '\n' ls -d <"$TMPDIR/files" >/dev/null); say $? "no file is gone: $(grep -c . <"$TMPDIR/files")"
ctl check Passing >"$TMPDIR/check"; say $? "the practice shop still passes: $(tail -1 "$TMPDIR/check")"
ctl set Kept seller-id A2LANTERN23456 && ctl show Kept --json | grep A2LANTERN23456 >/dev/null; say $? "the shop can be changed"
look
kill "$portal" "$permissions" 2>/dev/null
wait "$portal" "$permissions" 2>/dev/null
exit $bad
