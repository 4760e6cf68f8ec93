// A running terminal holds a record lock, which names its process and vanishes with it.
#define _GNU_SOURCE
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void lockFileOf(const char *id, char *path, size_t size) {
  snprintf(path, size, TERMINAL_LOCKS "/%.40s", id);
}

int openLocks(const char *id, int flags) {
  char path[128];
  lockFileOf(id, path, sizeof path);
  return open(path, O_RDWR | flags, 0600);
}

bool take(int locks, enum Lock lock, int command) {
  struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)lock, .l_len = 1};
  return fcntl(locks, command, &range) == 0;
}

pid_t holder(int locks, enum Lock lock) {
  struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)lock, .l_len = 1};
  return fcntl(locks, F_GETLK, &range) == 0 && range.l_type != F_UNLCK ? range.l_pid : 0;
}

// One start or stop of a terminal at a time. A file that a stop has removed meanwhile is opened anew.
int openAlone(const char *id) {
  char path[128];
  struct stat held, named;
  makeDir(TERMINAL_LOCKS, 0700);
  lockFileOf(id, path, sizeof path);
  for (;;) {
    int locks = openLocks(id, O_CREAT | O_CLOEXEC);
    if (locks < 0 || !take(locks, STARTING, F_SETLKW)) fatal(1, "can't lock %s: %s", path, strerror(errno));
    if (stat(path, &named) == 0 && fstat(locks, &held) == 0 && named.st_ino == held.st_ino) return locks;
    close(locks);
  }
}
