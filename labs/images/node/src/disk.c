// All that a lab can write to disk lies in one volume, so that one size bounds it: images, volumes, container
// logs, swarm state and the home.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static void bindFolder(const char *from, const char *to) {
  makeDir(from, 0755);
  makeDir(to, 0755);
  // The lab gets these two and not the volume itself: a file system's own lost+found stays out of sight.
  if (mount(from, to, NULL, MS_BIND, NULL)) fatal(1, "can't mount %s on %s: %s", from, to, strerror(errno));
}

void prepareDisk(long uidBase) {
  bindFolder(DISK "/docker", "/var/lib/docker");
  bindFolder(DISK "/home", "/home/learner"); // becomes the learner's when it is filled
  if (chown("/var/lib/docker", (uid_t)uidBase, (gid_t)uidBase))
    fatal(1, "can't give /var/lib/docker to the lab: %s", strerror(errno));
}
