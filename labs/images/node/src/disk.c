// All that a lab can write to disk lies in one volume, so that one size bounds it: images, volumes, container
// logs, swarm state and the home.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static void bindFolder(const char *from, const char *to, long owner) {
  makeDir(from, 0755);
  if (chown(from, (uid_t)owner, (gid_t)owner))
    fatal(1, "can't give %s to the lab: %s", from, strerror(errno));
  // The lab gets these two and not the volume itself: a file system's own lost+found stays out of sight.
  if (mount(from, to, NULL, MS_BIND, NULL)) fatal(1, "can't mount %s on %s: %s", from, to, strerror(errno));
}

void prepareDisk(long uidBase) {
  bindFolder(DISK "/docker", "/var/lib/docker", uidBase);
  bindFolder(DISK "/home", "/home/learner", uidBase + LEARNER_ID);
}
