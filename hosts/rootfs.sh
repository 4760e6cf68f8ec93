#!/bin/sh
# rootfs.sh DIR: makes DIR/disk.img, DIR/vmlinuz and DIR/initrd: a Debian trixie as somebody has it who may use
# Docker but is not root. Needs root, mmdebstrap and e2fsprogs; only Debian mirrors are asked.
set -eu

out=$1
size=${DISK_SIZE:-20G}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# A server with systemd and AppArmor …
system=systemd-sysv,dbus,libpam-systemd,udev,kmod,linux-image-amd64,initramfs-tools,apparmor,openssh-server
system=$system,iproute2,iptables,nftables,procps,ca-certificates,curl
# … its engine …
engine=docker.io,docker-cli
# … what docs/operations.md asks of an ordinary user; the last three are for places without Docker Hub and nodejs.org.
product=nodejs,npm,python3,make,g++,dtach,mmdebstrap,uidmap,libnode-dev
# … and what looking at it takes.
tests=util-linux,ipvsadm,e2fsprogs,jq

root=$out/root
trap 'rm -rf "$root"' EXIT
rm -rf "$root"
mkdir -p "$out"
mmdebstrap --mode=root --format=directory --variant=minbase \
  --include="$system,$engine,$product,$tests" \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  trixie "$root" \
  "deb [signed-by=$keyring] $mirror trixie main" \
  "deb [signed-by=$keyring] $mirror trixie-updates main" \
  "deb [signed-by=$keyring] $security trixie-security main"

chroot "$root" useradd --create-home --shell /bin/bash --groups docker kim
chroot "$root" systemctl --quiet enable systemd-networkd ssh docker apparmor 2>/dev/null # it misses /proc
# An emulated machine has no time for what nobody waits for.
for unit in serial-getty@ttyS0.service getty@tty1.service apt-daily.timer apt-daily-upgrade.timer \
  e2scrub_all.timer fstrim.timer dpkg-db-backup.timer systemd-networkd-wait-online.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
touch "$root/etc/.updated" "$root/var/.updated" # or the first boot would rebuild ldconfig's cache
echo trixie-vm >"$root/etc/hostname"
printf '127.0.0.1 localhost trixie-vm\n' >"$root/etc/hosts"
printf '/dev/vda / ext4 defaults 0 1\n' >"$root/etc/fstab"
printf 'nameserver 10.0.2.3\n' >"$root/etc/resolv.conf"
printf '[Match]\nName=en* eth*\n[Network]\nDHCP=ipv4\nLinkLocalAddressing=no\n' \
  >"$root/etc/systemd/network/vm.network"
# The key of a run comes in as a credential of the machine; nothing of it is in the image.
cat >"$root/etc/tmpfiles.d/vm-keys.conf" <<'END'
d /home/kim/.ssh 0700 kim kim
f^ /home/kim/.ssh/authorized_keys 0600 kim kim - ssh.authorized_keys.root
END
# One connection per command, many of them.
printf 'PasswordAuthentication no\nUseDNS no\nMaxStartups 50\n' >"$root/etc/ssh/sshd_config.d/vm.conf"

cp -L "$root/vmlinuz" "$out/vmlinuz"
cp -L "$root/initrd.img" "$out/initrd"
rm -rf "$root"/var/cache/apt/*.bin "$root"/var/lib/apt/lists/*
truncate -s "$size" "$out/disk.img.partial"
mkfs.ext4 -q -F -L vm -d "$root" "$out/disk.img.partial"
mv "$out/disk.img.partial" "$out/disk.img"
