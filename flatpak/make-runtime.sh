#!/bin/bash
# make-runtime.sh [FOLDER]: makes org.gnome.Platform and org.gnome.Sdk for this user out of Debian 13's packages, where no
# remote offers the real ones. As root; 4 to 8 minutes and 5 GB. It proves the manifest and the sandbox, not the real
# runtime's versions. FOLDER (default /var/tmp/paydesk-runtime) keeps sdkroot, which is also a Debian 13 root for building
# against the newest GTK (./dev newest).
set -euo pipefail
umask 022
folder=${1:-/var/tmp/paydesk-runtime} suite=trixie branch=51
mirror=$(awk '/^URIs:/{print $2; exit}' /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
[ -n "$mirror" ] || mirror=$(awk '$1=="deb"{for(i=2;i<=NF;i++) if($i ~ /:\/\//){print $i; exit}}' /etc/apt/sources.list)
arch=$(flatpak --default-arch)
mkdir -p "$folder"
cd "$folder"

platform="libgtk-4-1 libgtk-4-bin libadwaita-1-0 libsoup-3.0-0 libjson-glib-1.0-0 libsecret-1-0 libssl3t64 libxml2 glib-networking
  libglib2.0-bin gsettings-desktop-schemas dconf-gsettings-backend adwaita-icon-theme hicolor-icon-theme librsvg2-common
  fonts-noto-cjk fonts-cantarell libgl1-mesa-dri libegl1 libgl1 xkb-data shared-mime-info ca-certificates dbus-bin libc-bin
  locales-all"
sdk="$platform gcc libc6-dev make meson ninja-build pkgconf gettext libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev
  libsecret-1-dev libssl-dev libxml2-dev libglib2.0-dev-bin desktop-file-utils appstream appstream-compose appstream-util git patch
  xz-utils bzip2 file elfutils python3 xvfb xauth dbus dbus-x11 dbus-daemon at-spi2-core gnome-keyring libsecret-tools xdotool
  imagemagick procps openssl mandoc python3-pyatspi gir1.2-atspi-2.0"

root() { # root NAME PACKAGE…
  local name=$1; shift
  [ -e "$name.done" ] && return
  rm -rf --one-file-system "./$name"
  mmdebstrap --quiet --variant=apt --mode=root --components=main --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --include="$(echo "$@" | tr -s ' \n' ,)" "$suite" "$name" "$mirror"
  touch "$name.done"
}

# A runtime is the root's /usr, with its /etc below it, and a metadata file.
layout() { # layout ROOT OUT NAME
  local from=$1 out=$2 name=$3
  rm -rf --one-file-system "./$out"
  mkdir -p "$out/usr" "$out/files"
  cp -al "$from/usr/." "$out/usr/"
  rm -rf "$out/usr/etc"
  cp -a "$from/etc" "$out/usr/etc"
  rm -rf "$out"/usr/etc/{apt,dpkg,resolv.conf,hostname,hosts,shadow*,gshadow*,machine-id,mtab,cron*,systemd,.pwd.lock} \
    "$out"/usr/{src,games,local}
  [ -e "$out/usr/bin/ldconfig" ] || ln -s ../sbin/ldconfig "$out/usr/bin/ldconfig"
  mkdir -p "$out/usr/share/runtime/share" "$out/usr/lib/extensions"
  cat >"$out/metadata" <<M
[Runtime]
name=$name
runtime=org.gnome.Platform/$arch/$branch
sdk=org.gnome.Sdk/$arch/$branch

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
LANG=C.UTF-8
M
}

root sdkroot $sdk
root platroot $platform
[ -s sdkroot/etc/machine-id ] || tr -d - </proc/sys/kernel/random/uuid >sdkroot/etc/machine-id
layout sdkroot sdk org.gnome.Sdk
layout platroot plat org.gnome.Platform
[ -d repo ] || ostree init --repo=repo --mode=archive-z2
for each in plat sdk; do
  flatpak build-export --disable-sandbox --no-update-summary --arch="$arch" repo "$each" "$branch" >/dev/null
  rm -rf --one-file-system "./$each"
done
flatpak build-update-repo repo >/dev/null
flatpak --user remote-add --if-not-exists --no-gpg-verify paydesk-runtime "$folder/repo"
flatpak --user install -y --noninteractive --or-update paydesk-runtime "org.gnome.Platform//$branch" "org.gnome.Sdk//$branch"
