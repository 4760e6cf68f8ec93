// Watches from outside the lab, where its root can't interfere, whether the node is at one of its limits, and
// leaves word of it in the mark "limits". A look each second costs less than what wakes us on some kernels
// and not on others.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define MARK SHARE "/limits"
#define LOOK_EVERY_MS 1000
// A lab that bounces off a limit does so many times: all until it was quiet for so long are one hit.
#define QUIET_MS 20000

struct Hit {
  long hits, count; // times that it began, and what the kernel has refused or killed in all
  long most;        // processes or MiB
  bool active;
  long long sinceMs; // epoch
  long lastMs;
};

static struct {
  struct Hit memory, processes, disk;
  long diskUsedMiB;
} seen;

static bool begin(struct Hit *hit) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  hit->active = true;
  hit->hits++;
  hit->sinceMs = now.tv_sec * 1000LL + now.tv_nsec / 1000000;
  return true;
}

// Both return whether there is something to tell.
static bool strike(struct Hit *hit, long times) {
  hit->count += times;
  hit->lastMs = nowMs();
  return !hit->active && begin(hit);
}

static bool calm(struct Hit *hit) {
  if (!hit->active || nowMs() - hit->lastMs < QUIET_MS) return false;
  hit->active = false;
  return true;
}

static bool noteHierarchy(const char *target, const char *type, const char *options, void *context) {
  char(*paths)[256] = context; // memory, pids
  if (strcmp(type, "cgroup")) return true;
  if (strstr(options, "memory")) snprintf(paths[0], sizeof paths[0], "%s", target);
  if (strstr(options, "pids")) snprintf(paths[1], sizeof paths[1], "%s", target);
  return true;
}

static long numberIn(const char *folder, const char *file, const char *after) {
  char path[320], text[512];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  readText(path, text, sizeof text);
  const char *at = strstr(text, after);
  return at ? atol(at + strlen(after)) : 0;
}

// Version 1 tells a group's own limit from that of a container in it by this event only.
static int memoryEvents(const char *folder) {
  char path[320], order[32];
  snprintf(path, sizeof path, "%s/memory.oom_control", folder);
  int events = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), control = open(path, O_RDONLY | O_CLOEXEC);
  snprintf(path, sizeof path, "%s/cgroup.event_control", folder);
  snprintf(order, sizeof order, "%d %d", events, control);
  if (!appendText(path, order))
    dprintf(STDERR_FILENO, "lab node: memory is not watched: %s\n", strerror(errno));
  close(control);
  return events;
}

static bool lookAtMemory(const char *folder, int events) {
  static long known;
  uint64_t times = 0;
  if (events >= 0) {
    if (read(events, &times, sizeof times) != sizeof times) times = 0;
  } else {
    long now = numberIn(folder, "memory.events.local", "oom ");
    times = (uint64_t)(now - known);
    known = now;
  }
  return times > 0 ? strike(&seen.memory, (long)times) : calm(&seen.memory);
}

// A container's own refusals are counted in its own group on older kernels; being full is seen on all.
static bool lookAtProcesses(const char *lab) {
  static long known;
  long refused = numberIn(lab, "pids.events", "max ");
  long times = refused - known;
  known = refused;
  seen.processes.most = numberIn(lab, "pids.max", "");
  bool full = seen.processes.most > 0 && numberIn(lab, "pids.current", "") >= seen.processes.most;
  return times > 0 || full ? strike(&seen.processes, times) : calm(&seen.processes);
}

static bool lookAtDisk(void) {
  struct statvfs disk;
  if (statvfs(DISK, &disk) || disk.f_blocks == 0) return false;
  double left = (double)disk.f_bavail / (double)disk.f_blocks;
  // A file takes an inode however small it is.
  double inodesLeft = disk.f_files ? (double)disk.f_favail / (double)disk.f_files : 1;
  if (inodesLeft < left) left = inodesLeft;
  seen.disk.most = (long)(disk.f_blocks * disk.f_frsize >> 20);
  seen.diskUsedMiB = (long)((disk.f_blocks - disk.f_bavail) * disk.f_frsize >> 20);
  if (!seen.disk.active && left <= 0.05) return strike(&seen.disk, 1);
  if (!seen.disk.active || left < 0.08) return false;
  seen.disk.active = false;
  return true;
}

static void describe(char *text, size_t size, const struct Hit *hit) {
  snprintf(text, size, "\"hits\":%ld,\"count\":%ld,\"active\":%s,\"sinceMs\":%lld,\"most\":%ld", hit->hits,
           hit->count, hit->active ? "true" : "false", hit->sinceMs, hit->most);
}

static void writeMark(void) {
  char memory[160], processes[160], disk[160], json[640];
  describe(memory, sizeof memory, &seen.memory);
  describe(processes, sizeof processes, &seen.processes);
  describe(disk, sizeof disk, &seen.disk);
  snprintf(json, sizeof json, "{\"memory\":{%s},\"processes\":{%s},\"disk\":{%s,\"used\":%ld}}\n", memory,
           processes, disk, seen.diskUsedMiB);
  unlink(MARK ".part");
  if (!writeText(MARK ".part", json)) return; // the next hit tries again
  chmod(MARK ".part", 0644);                  // no secret: who faces the web may watch it, and can't write
  giveToShareOwner(MARK ".part");
  rename(MARK ".part", MARK);
}

static _Noreturn void watchLimits(void) {
  char folders[2][256] = {CGROUPS, CGROUPS}, lab[264];
  if (!isCgroup2()) eachMount(noteHierarchy, folders);
  int events = isCgroup2() ? -1 : memoryEvents(folders[0]);
  seen.memory.most = numberIn(folders[0], isCgroup2() ? "memory.max" : "memory.limit_in_bytes", "") >> 20;
  snprintf(lab, sizeof lab, "%s/lab", folders[1]);
  for (bool news = true;; sleepMs(LOOK_EVERY_MS)) {
    news |= lookAtMemory(folders[0], events);
    news |= lookAtProcesses(lab);
    news |= lookAtDisk();
    if (news) writeMark();
    news = false;
  }
}

void startLimitWatch(int listener) {
  if (fork() != 0) return;
  close(listener); // or it would go on listening when the lab is gone
  watchLimits();
}
