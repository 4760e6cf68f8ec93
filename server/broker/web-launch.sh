#!/bin/sh
# Runs in a mount namespace of its own, as root, for a checkout in a place that the web user may not enter (/root).
# Usage: web-launch.sh 'COVERED…' 'KEPT…' COMMAND…   (folders, a line each)
# Every covered folder becomes an empty one that lets people through; the kept ones are put back where they were.
set -eu
covered=$1 kept=$2
shift 2
IFS='
'
set -f
fd=4 # 3 is the channel to the broker
for folder in $kept; do
  eval "exec $fd<\"\$folder\""
  fd=$((fd + 1))
done
for folder in $covered; do
  mount -n -t tmpfs -o mode=0711,size=1m,nosuid,nodev rollout-lab "$folder"
done
fd=4
for folder in $kept; do
  mkdir -p "$folder"
  # Not by its name: there is another folder of that name now.
  mount -n --no-canonicalize --bind "/proc/self/fd/$fd" "$folder"
  eval "exec $fd<&-"
  fd=$((fd + 1))
done
cd "${kept%%
*}"
exec "$@"
