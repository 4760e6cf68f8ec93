#!/bin/sh
# Installs crun from Debian's next release, named by hash: trixie's lacks fixes that docs/operations.md lists. Where no
# server has these files any more, the release's own crun is taken, and the floor of versions tells about it.
set -eu

case $(dpkg --print-architecture) in
  amd64)
    crun=20fbc3d0544d5c78e98fda1f02eed07d92529b1b82b6fe657d0c865b4a654cef
    blake3=2c98a61e1f2e8e19f56d9e8d33ecec82d34922b5902c1e59459594308858ff48
    ;;
  arm64)
    crun=7e711c063a0f4680147866a945a37f2f2ce249883cb5b0fc6daf5bf4470c7444
    blake3=90f87842539baae57e5c72ff2fc22c6d64fdf8918bbcd1415d281f49a6b32fb8
    ;;
  *) crun='' blake3='' ;;
esac

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch SHA256 PATH
  for site in "$mirror" http://deb.debian.org/debian/ http://snapshot.debian.org/archive/debian/20261001T000000Z/; do
    curl -sfL --connect-timeout 10 --max-time 60 -o "$work/${2##*/}" "${site%/}/pool/main/$2" || continue
    if echo "$1  $work/${2##*/}" | sha256sum --check --status; then return; fi
  done
  return 1
}

arch=$(dpkg --print-architecture)
if [ -n "$crun" ] && fetch "$crun" "c/crun/crun_1.28-1_$arch.deb" \
  && fetch "$blake3" "r/rust-blake3/libblake3-0_1.8.2-1_$arch.deb"; then
  apt-get install -y --no-install-recommends "$work"/*.deb
else
  echo 'crun 1.28-1 is not to be had: taking what the release has' >&2
  apt-get install -y --no-install-recommends crun
fi
