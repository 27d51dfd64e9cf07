#!/bin/bash
# session.sh [--bus] [--keyring] [--xvfb] COMMAND [ARGS]: runs COMMAND in a hermetic desktop session.
#   Own HOME and XDG folders below one temporary folder ($PD_SESSION, removed at the end); no D-Bus unless asked for.
#   --bus: a private D-Bus that starts nothing by itself.   --xvfb: a display of 1280×800.
#   --keyring: a bus, and on it an unlocked gnome-keyring (password 'test-password', pid in $PD_KEYRING_PID).
# Exit status: COMMAND's.
set -u
bus='' keyring='' xvfb='' inner=''
while :; do
  case ${1:-} in
    --bus) bus=1; shift;;
    --keyring) bus=1 keyring=1; shift;;
    --xvfb) xvfb=1; shift;;
    --inner) inner=1; shift;;
    *) break;;
  esac
done

if [ -z "$inner" ]; then
  T=$(mktemp -d "${TMPDIR:-/tmp}/paydesk-session.XXXXXX") || exit 1
  mkdir -m 700 "$T/home" "$T/run" "$T/keyring" "$T/tmp"
  mkdir -p "$T/home/.local/share" "$T/home/.config/gtk-4.0" "$T/home/.cache" "$T/home/.local/state"
  printf '[Settings]\ngtk-cursor-blink=false\n' >"$T/home/.config/gtk-4.0/settings.ini"
  # LANGUAGE chooses among translations; newer C libraries disregard it in C.UTF-8.
  locale=C.UTF-8
  locale -a 2>/dev/null | grep -qx en_US.utf8 && locale=en_US.UTF-8
  export PD_SESSION=$T HOME=$T/home XDG_DATA_HOME=$T/home/.local/share XDG_CONFIG_HOME=$T/home/.config \
    XDG_CACHE_HOME=$T/home/.cache XDG_STATE_HOME=$T/home/.local/state XDG_RUNTIME_DIR=$T/run TMPDIR=$T/tmp \
    LANG=$locale LC_ALL=$locale LANGUAGE="${LANGUAGE:-en}" GSETTINGS_BACKEND=memory GIO_USE_VFS=local \
    GSK_RENDERER=cairo XDG_CURRENT_DESKTOP=GNOME ADW_DISABLE_PORTAL=1
  unset DBUS_SESSION_BUS_ADDRESS DBUS_SYSTEM_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XAUTHORITY SECRET_BACKEND PAYDESK_ENDPOINTS \
    http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY
  cat >"$T/bus.conf" <<X
<busconfig><type>session</type><listen>unix:tmpdir=$T/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
X
  cmd=("$0" --inner)
  [ -n "$keyring" ] && cmd+=(--keyring)
  cmd+=("$@")
  if [ -n "$bus" ]; then
    cmd=(dbus-run-session --config-file="$T/bus.conf" -- "${cmd[@]}")
  else
    export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus
  fi
  # What GTK's libraries keep is suppressed by name, which takes whole stacks of LeakSanitizer.
  [ -n "$xvfb" ] && export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}fast_unwind_on_malloc=0"
  # Xvfb outside the bus, so that what the bus starts has a display; -noreset, or the server resets after its last client.
  [ -n "$xvfb" ] && cmd=(xvfb-run -a -s "-screen 0 1280x800x24 -noreset" "${cmd[@]}")
  "${cmd[@]}" 2> >(grep -v 'Failed to set fd limit' >&2)
  rc=$?
  rm -rf --one-file-system "$T"
  exit $rc
fi

keyring_pid=''
if [ -n "$keyring" ]; then
  printf 'test-password' | env -u G_DEBUG -u MALLOC_PERTURB_ -u LD_PRELOAD gnome-keyring-daemon --unlock --components=secrets --foreground \
    --control-directory="$PD_SESSION/keyring" >/dev/null 2>"$PD_SESSION/keyring.log" &
  keyring_pid=$!
  disown -a
  for i in $(seq 200); do
    gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus \
      -m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets 2>/dev/null | grep -q true && break
    sleep .05
  done
  [ "$i" = 200 ] && { echo "session.sh: the keyring did not start: $(tail -1 "$PD_SESSION/keyring.log")" >&2; exit 1; }
  export PD_KEYRING_PID=$keyring_pid
fi
"$@"
rc=$?
[ -n "$keyring_pid" ] && kill "$keyring_pid" 2>/dev/null
exit $rc
