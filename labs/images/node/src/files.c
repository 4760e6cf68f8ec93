#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

long readText(const char *path, char *text, size_t size) {
  text[0] = '\0';
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  size_t used = 0;
  ssize_t got;
  while (used < size - 1 && (got = read(fd, text + used, size - 1 - used)) > 0) used += (size_t)got;
  close(fd);
  text[used] = '\0';
  return (long)used;
}

static bool put(const char *path, const char *text, int flags) {
  int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0644);
  if (fd < 0) return false;
  bool done = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
  int reason = errno;
  close(fd);
  errno = reason;
  return done;
}

bool writeText(const char *path, const char *text) { return put(path, text, O_CREAT | O_TRUNC); }

bool appendText(const char *path, const char *text) { return put(path, text, O_APPEND); }

void makeDir(const char *path, mode_t mode) {
  char part[256];
  snprintf(part, sizeof part, "%s", path);
  for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(part, 0755);
    *slash = '/';
  }
  if (mkdir(part, mode) && errno != EEXIST) fatal(1, "can't make folder %s: %s", path, strerror(errno));
}

void eachMount(MountVisitor visit, void *context) {
  enum { MOST = 256 };
  struct {
    char target[256], type[32], options[256];
  } *seen = calloc(MOST, sizeof *seen);
  FILE *mounts = setmntent("/proc/self/mounts", "r");
  if (!seen || !mounts) fatal(1, "can't read /proc/self/mounts");
  int count = 0;
  for (struct mntent *entry; count < MOST && (entry = getmntent(mounts)); count++) {
    snprintf(seen[count].target, sizeof seen->target, "%s", entry->mnt_dir);
    snprintf(seen[count].type, sizeof seen->type, "%s", entry->mnt_type);
    snprintf(seen[count].options, sizeof seen->options, "%s", entry->mnt_opts);
  }
  endmntent(mounts);
  while (count-- > 0 && visit(seen[count].target, seen[count].type, seen[count].options, context)) continue;
  free(seen);
}
