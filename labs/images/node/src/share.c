// The folder that the server reads: engine.sock, ready, failed, terminals/.
#define _GNU_SOURCE
#include "lab.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

void giveToShareOwner(const char *path) {
  struct stat share;
  if (stat(SHARE, &share) || lchown(path, share.st_uid, share.st_gid))
    fatal(1, "can't give %s to the owner of " SHARE ": %s", path, strerror(errno));
}

void reportFailed(const char *message) {
  char line[600];
  snprintf(line, sizeof line, "%s\n", message);
  for (char *c = line; c[0] && c[1]; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
  unlink(SHARE "/failed.part");
  if (!writeText(SHARE "/failed.part", line)) return;
  chmod(SHARE "/failed.part", 0600);
  struct stat share;
  if (stat(SHARE, &share) == 0 && lchown(SHARE "/failed.part", share.st_uid, share.st_gid) == 0)
    rename(SHARE "/failed.part", SHARE "/failed");
}

// Whatever an earlier run of this node left: its terminals and its engine are gone.
static void clearShare(void) {
  unlink(SHARE "/ready");
  unlink(SHARE "/failed");
  unlink(ENGINE_SOCKET);
  DIR *terminals = opendir(TERMINALS);
  if (!terminals) return;
  for (struct dirent *entry; (entry = readdir(terminals));)
    if (entry->d_name[0] != '.') unlinkat(dirfd(terminals), entry->d_name, 0);
  closedir(terminals);
}

int prepareShare(void) {
  clearShare();
  umask(0077);
  makeDir(TERMINALS, 0700);
  giveToShareOwner(TERMINALS);
  umask(0177); // decides the mode of a socket
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = ENGINE_SOCKET};
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128))
    fatal(1, "can't listen on " ENGINE_SOCKET ": %s", strerror(errno));
  giveToShareOwner(ENGINE_SOCKET);
  umask(0022);
  return listener;
}
