#!/bin/sh
# Writes the root file system of a minimal Debian trixie to stdout as a tar, for `docker import`.
# For machines that can't pull debian:trixie-slim. Needs mmdebstrap and, on Ubuntu, debian-archive-keyring.
set -eu

mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}

if [ -t 1 ]; then
  echo "usage: bootstrap.sh > rootfs.tar" >&2
  exit 2
fi
if ! command -v mmdebstrap >/dev/null; then
  echo "mmdebstrap is missing: apt-get install mmdebstrap debian-archive-keyring" >&2
  exit 1
fi

# Without root the packages are unpacked in a user namespace; needs /etc/subuid and the uidmap package.
mode=unshare
[ "$(id -u)" -ne 0 ] || mode=root

# Named by hand because mmdebstrap on Ubuntu would look for Ubuntu's keyring.
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
signed=
[ ! -e "$keyring" ] || signed="[signed-by=$keyring] "

exec mmdebstrap --quiet --mode="$mode" --format=tar --variant=minbase \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  trixie - \
  "deb ${signed}$mirror trixie main" \
  "deb ${signed}$mirror trixie-updates main" \
  "deb ${signed}$security trixie-security main"
