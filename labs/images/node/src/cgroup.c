// A lab gets the cgroup "lab" below its container's own: inside it may do what it likes, the limits stand
// above it.
#define _GNU_SOURCE
#include "lab.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define RESERVED_PIDS 64

// True on a unified host, also where nothing is mounted yet; a hybrid host has version 1 controllers before
// "0::".
bool isCgroup2(void) {
  char groups[4096];
  return readText("/proc/self/cgroup", groups, sizeof groups) > 0 && !strncmp(groups, "0::", 3);
}

static void own(const char *folder, const char *file, long uid) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  if (chown(path, (uid_t)uid, (gid_t)uid) && errno != ENOENT)
    fatal(EXIT_UNFIT, "can't delegate cgroup %s: %s", path, strerror(errno));
}

static void makeWritable(const char *target) {
  if (mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
    fatal(EXIT_UNFIT, "can't make %s writable: %s", target, strerror(errno));
}

static void writeUnder(const char *folder, const char *file, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  if (!appendText(path, text)) fatal(EXIT_UNFIT, "can't write %s: %s", path, strerror(errno));
}

static void copyText(const char *from, const char *to, const char *file) {
  char source[512], text[256];
  snprintf(source, sizeof source, "%s/%s", from, file);
  if (readText(source, text, sizeof text) > 0) writeUnder(to, file, text);
}

// The kernel refuses controllers below a group that still holds processes.
static void emptyInto(const char *folder, const char *leaf) {
  char list[512], target[512], pids[8192];
  snprintf(list, sizeof list, "%s/cgroup.procs", folder);
  snprintf(target, sizeof target, "%s/%s", folder, leaf);
  makeDir(target, 0755);
  strcat(target, "/cgroup.procs");
  for (int round = 0; round < 100 && readText(list, pids, sizeof pids) > 0; round++)
    for (char *rest = pids, *pid; (pid = strsep(&rest, "\n"));)
      if (*pid && strcmp(pid, "0")) appendText(target, pid); // a pid that has just ended is no loss
}

static void enableControllers(const char *folder) {
  char path[512], names[512], entry[64];
  snprintf(path, sizeof path, "%s/cgroup.controllers", folder);
  readText(path, names, sizeof names);
  snprintf(path, sizeof path, "%s/cgroup.subtree_control", folder);
  for (char *rest = names, *name; (name = strsep(&rest, " \n"));) {
    snprintf(entry, sizeof entry, "+%s", name);
    if (*name && !appendText(path, entry))
      dprintf(STDERR_FILENO, "lab node: cgroup controller %s stays off: %s\n", name, strerror(errno));
  }
}

// Leaves some of the container's processes to us: a lab that forks without end must not keep the server's
// commands out.
static void reservePids(const char *folder, const char *lab) {
  char path[512], limit[32];
  snprintf(path, sizeof path, "%s/pids.max", folder);
  long most = readText(path, limit, sizeof limit) > 0 ? atol(limit) : 0; // "max" reads as 0
  if (most <= 2 * RESERVED_PIDS) return;
  snprintf(limit, sizeof limit, "%ld", most - RESERVED_PIDS);
  writeUnder(lab, "pids.max", limit);
}

static bool delegateHierarchy(const char *target, const char *type, const char *options, void *context) {
  long uid = *(long *)context;
  char lab[512];
  if (strcmp(type, "cgroup")) return true;
  makeWritable(target);
  snprintf(lab, sizeof lab, "%s/lab", target);
  makeDir(lab, 0755);
  copyText(target, lab, "cpuset.cpus");
  copyText(target, lab, "cpuset.mems");
  // Groups below inherit them: a cpuset without CPUs takes no process, and crun fills in its own level only.
  if (strstr(options, "cpuset")) writeUnder(lab, "cgroup.clone_children", "1");
  reservePids(target, lab);
  own(lab, "", uid);
  own(lab, "cgroup.procs", uid);
  own(lab, "tasks", uid);
  return true;
}

void delegateCgroups(long uidBase) {
  if (!isCgroup2()) {
    eachMount(delegateHierarchy, &uidBase);
    return;
  }
  char own0[256];
  if (readText("/proc/self/cgroup", own0, sizeof own0) < 0 ||
      (!strstr(own0, "0::/\n") && !strstr(own0, "0::/init\n")))
    fatal(EXIT_UNFIT, "the node sees the host's cgroups: create it with CgroupnsMode private");
  makeWritable(CGROUPS);
  makeDir(CGROUPS "/lab", 0755);
  emptyInto(CGROUPS, "init");
  enableControllers(CGROUPS);
  reservePids(CGROUPS, CGROUPS "/lab");
  // Only what the kernel documents as delegatable: not memory.max and the like of the group itself.
  own(CGROUPS "/lab", "", uidBase);
  own(CGROUPS "/lab", "cgroup.procs", uidBase);
  own(CGROUPS "/lab", "cgroup.threads", uidBase);
  own(CGROUPS "/lab", "cgroup.subtree_control", uidBase);
}

static bool joinHierarchy(const char *target, const char *type, const char *options, void *context) {
  (void)options;
  char path[512];
  if (strcmp(type, "cgroup")) return true;
  snprintf(path, sizeof path, "%s/lab/cgroup.procs", target);
  if (!appendText(path, "0")) fatal(*(int *)context, "can't enter cgroup %s: %s", path, strerror(errno));
  return true;
}

void joinDelegatedCgroups(void) {
  int code = EXIT_UNFIT;
  if (!isCgroup2()) eachMount(joinHierarchy, &code);
  else if (!appendText(CGROUPS "/lab/cgroup.procs", "0"))
    fatal(code, "can't enter cgroup lab: %s", strerror(errno));
}

void joinLabCgroups(void) {
  int code = EXIT_LAB_DOWN;
  if (!isCgroup2()) eachMount(joinHierarchy, &code);
  else if (!appendText(CGROUPS "/lab/init/cgroup.procs", "0"))
    fatal(code, "can't enter the lab's cgroup: %s", strerror(errno));
}

// Co-mounted controllers ("cpu,cpuacct") also get a link each, as tools expect.
static void linkControllers(const char *name) {
  char names[128], path[512];
  snprintf(names, sizeof names, "%s", name);
  if (!strchr(names, ',')) return;
  for (char *rest = names, *single; (single = strsep(&rest, ","));) {
    snprintf(path, sizeof path, CGROUPS "/%s", single);
    if (symlink(name, path)) continue; // a convenience only
  }
}

static void mountHierarchy(const char *name, const char *options) {
  char target[512];
  snprintf(target, sizeof target, CGROUPS "/%s", name);
  makeDir(target, 0755);
  if (mount("cgroup", target, "cgroup", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)) rmdir(target);
  else linkControllers(name);
}

void mountDelegatedCgroups(void) {
  if (isCgroup2()) {
    if (mount("cgroup2", CGROUPS, "cgroup2", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
      fatal(EXIT_UNFIT, "can't mount the lab's cgroup: %s", strerror(errno));
    emptyInto(CGROUPS, "init");
    enableControllers(CGROUPS);
    return;
  }
  char lines[4096];
  readText("/proc/self/cgroup", lines, sizeof lines); // "4:cpu,cpuacct:/" and "1:name=systemd:/"
  if (mount("tmpfs", CGROUPS, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=755,size=1m"))
    fatal(EXIT_UNFIT, "can't mount over " CGROUPS ": %s", strerror(errno));
  for (char *rest = lines, *line; (line = strsep(&rest, "\n"));) {
    strsep(&line, ":");
    char *controllers = line ? strsep(&line, ":") : NULL;
    if (!controllers || !*controllers) continue; // "0::/" of a hybrid host
    char named[160];
    snprintf(named, sizeof named, "none,%s", controllers);
    if (!strncmp(controllers, "name=", 5)) mountHierarchy(controllers + 5, named);
    else mountHierarchy(controllers, controllers);
  }
}
