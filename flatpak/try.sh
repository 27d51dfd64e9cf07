#!/bin/bash
# try.sh: the installed Flatpak, tried in a home and a session of its own: secrets stored through the Secret portal by paydeskctl
# and by the window, 50 shops by each at once, and a practice check; the secrets are looked for in every file of the sandbox.
# Needs ./dev flatpak before. Prints one line a finding; exit status 1 when one is bad.
set -u
cd "$(dirname "$0")/.." || exit 1
app=org.paydesk.Paydesk
export FLATPAK_USER_DIR=${FLATPAK_USER_DIR:-$HOME/.local/share/flatpak}

if [ "${1:-}" != --inner ]; then
  exec tests/session.sh --keyring --xvfb "$PWD/flatpak/try.sh" --inner
fi

bad=0
say() { if [ "$1" = 0 ]; then echo "good: $2"; else echo "BAD: $2"; bad=1; fi; }
ctl() { flatpak run --user --command=paydeskctl "$app" "$@"; }
windows() { xdotool search --onlyvisible --name '..+' 2>/dev/null; }

gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus -m org.freedesktop.DBus.UpdateActivationEnvironment \
  "{'XDG_CURRENT_DESKTOP': 'GNOME', 'DISPLAY': '$DISPLAY'}" >/dev/null
/usr/libexec/xdg-permission-store >/dev/null 2>&1 & permissions=$!
/usr/libexec/xdg-desktop-portal -r >"$TMPDIR/portal.log" 2>&1 & portal=$!
sleep 2

ctl --version >"$TMPDIR/version"; say $? "paydeskctl runs: $(cat "$TMPDIR/version")"
ctl new Sandboxed >/dev/null; say $? "a shop is made"
printf 'amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123456\n' | ctl set-secret Sandboxed mws-auth-token; say $? "a secret is stored through the portal"
ctl show Sandboxed --json | grep '"stored" *: *"yes"' >/dev/null; say $? "and is found again by another process"
ctl new --practice Practice >/dev/null && ctl check Practice >"$TMPDIR/check"; say $? "a practice check passes: $(tail -1 "$TMPDIR/check")"

ctl logo - --preview - <data/screenshots/findings-en.png >"$TMPDIR/preview.png"
[ "$(identify -format %wx%h "$TMPDIR/preview.png" 2>/dev/null)" = 150x50 ]; say $? "a logo is decoded inside the sandbox"

flatpak run --user --env=GSK_RENDERER=cairo --env=GTK_A11Y=none "$app" --practice-shop >"$TMPDIR/window.log" 2>&1 & window=$!
for i in $(seq 100); do [ -n "$(windows)" ] && break; sleep .2; done
[ -n "$(windows)" ]; say $? "the window opens"
for i in $(seq 100); do [ "$(ctl list | grep -c .)" -ge 3 ] && break; sleep .2; done
sleep 3
shop=$(ctl list --json | /usr/bin/python3 -c 'import json, sys
print(next((p["id"] for p in json.load(sys.stdin)["profiles"] if p["name"] not in ("Sandboxed", "Practice")), ""))')
[ -n "$shop" ] && ctl show "$shop" --json | grep '"stored" *: *"yes"' >/dev/null; say $? "the window stored its practice shop’s secrets"
[ -n "${SHOT:-}" ] && import -window root "$SHOT"

# The window and paydeskctl, 50 shops with secrets each, at once. The command in one sandbox: starting fifty of them would be a
# test of Flatpak, not of Paydesk.
flatpak run --user --command=sh "$app" -c 'for i in $(seq 50); do
  paydeskctl new "W-$i" >/dev/null && printf "amzn.mws.4ea38b7b-f563-7709-4bae-%012d\n" "$i" | paydeskctl set-secret "W-$i" mws-auth-token
done' & writer=$!
action() { gdbus call --session -d "$app" -o /org/paydesk/Paydesk/window/1 -m "org.gtk.Actions.$1" new-practice-shop "${@:2}"; }
for _ in $(seq 50); do
  # while one is being made, no other is
  for i in $(seq 100); do action Describe | grep -q '^((true' && break; sleep .1; done
  action Activate '[]' '{}' >/dev/null
  sleep .1
done
wait "$writer"
for i in $(seq 150); do [ "$(ctl list | grep -c .)" -ge 103 ] && break; sleep .4; done
sleep 3
stored=$(ctl list --json | /usr/bin/python3 -c 'import json, sys
print("\n".join(p["id"] for p in json.load(sys.stdin)["profiles"] if p["name"] not in ("Sandboxed", "Practice") and p["id"] != sys.argv[1]))' "$shop" |
  flatpak run --user --command=sh "$app" -c 'while read -r id; do paydeskctl show "$id" --json | grep "\"stored\" *: *\"yes\"" >/dev/null && echo "$id"; done' | grep -c .)
[ "$stored" = 100 ]; say $? "the window and paydeskctl at once: the secrets of $stored of 100 shops are there"
gdbus call --session -d "$app" -o /org/paydesk/Paydesk -m org.gtk.Actions.Activate quit '[]' '{}' >/dev/null
wait "$window"; say $? "and the window closes"

! grep -raqF 87aea0123456 "$HOME/.var/app/$app" --exclude=default.keyring; say $? "no file but the keyring’s holds a secret in clear"
! grep -aqF 87aea0123456 "$HOME/.var/app/$app/data/keyrings/default.keyring"; say $? "and that one is encrypted"
kill "$portal" "$permissions" 2>/dev/null
wait "$portal" "$permissions" 2>/dev/null

# Without the Secret portal: said plainly, and nothing is stored.
ctl new Portalless >/dev/null
printf 'amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123457\n' | ctl set-secret Portalless mws-auth-token 2>"$TMPDIR/said"
[ $? = 3 ] && grep -qi 'keyring' "$TMPDIR/said"; say $? "without the Secret portal: $(head -1 "$TMPDIR/said")"

# README's override, for this run only.
allowed() { flatpak run --user --talk-name=org.freedesktop.secrets --env=SECRET_BACKEND=service --command=paydeskctl "$app" "$@"; }
printf 'amzn.mws.4ea38b7b-f563-7709-4bae-87aea0123457\n' | allowed set-secret Portalless mws-auth-token &&
  secret-tool search --all xdg:schema org.paydesk.Secret 2>/dev/null | grep -q 87aea0123457; say $? "and with README's override the desktop's keyring has it"
allowed show Portalless --json | grep '"stored" *: *"yes"' >/dev/null; say $? "where it is found again"
exit $bad
