// Finds and ends the processes of a terminal. They live in the lab's pid namespace, which is visible from
// outside.
#define _GNU_SOURCE
#include "terminal.h"

#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ProcessStat {
  pid_t parent, session;
};

static struct ProcessStat statOf(const char *pid) {
  char path[64], text[512];
  struct ProcessStat found = {0, 0};
  snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
  readText(path, text, sizeof text);
  char *afterName = strrchr(text, ')');
  if (afterName) sscanf(afterName + 1, " %*c %d %*d %d", &found.parent, &found.session);
  return found;
}

typedef bool (*ProcessVisitor)(pid_t pid, struct ProcessStat seen, pid_t wanted, int signal);

static pid_t eachProcess(ProcessVisitor visit, pid_t wanted, int signal) { // last one that visit said yes to
  DIR *proc = opendir("/proc");
  pid_t found = 0;
  for (struct dirent *entry; proc && (entry = readdir(proc));) {
    pid_t pid = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;
    if (pid && visit(pid, statOf(entry->d_name), wanted, signal)) found = pid;
  }
  if (proc) closedir(proc);
  return found;
}

static bool isChild(pid_t pid, struct ProcessStat seen, pid_t parent, int signal) {
  (void)pid, (void)signal;
  return seen.parent == parent;
}

static bool reachesMember(pid_t pid, struct ProcessStat seen, pid_t session, int signal) {
  return seen.session == session && kill(pid, signal) == 0;
}

pid_t childOf(pid_t parent) { return eachProcess(isChild, parent, 0); }

// Interactive programs save their state on HUP; what is still there after 300 ms had its chance.
void endSession(pid_t session) {
  eachProcess(reachesMember, session, SIGHUP);
  for (long deadline = nowMs() + 300; nowMs() < deadline && eachProcess(reachesMember, session, 0);
       sleepMs(5))
    continue;
  eachProcess(reachesMember, session, SIGKILL);
}
