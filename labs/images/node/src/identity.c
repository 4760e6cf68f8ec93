// Who a process of the lab is: its ids, its capabilities and its environment.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void setEnvironment(bool asRoot) {
  const char *given = getenv("TERM");
  char term[64];
  snprintf(term, sizeof term, "%s", given && *given ? given : "xterm-256color");
  clearenv();
  setenv("TERM", term, 1);
  setenv("COLORTERM", "truecolor", 1);
  setenv("LANG", "C.UTF-8", 1);
  setenv("SHELL", "/bin/bash", 1);
  setenv("USER", asRoot ? "root" : "learner", 1);
  setenv("LOGNAME", asRoot ? "root" : "learner", 1);
  setenv("HOME", asRoot ? "/root" : "/home/learner", 1);
  setenv("PATH", asRoot ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin" : "/usr/local/bin:/usr/bin", 1);
}

gid_t findDockerGroup(void) {
  struct group *docker = getgrnam("docker");
  return docker ? docker->gr_gid : LEARNER_ID;
}

void becomeLearner(gid_t dockerGroup) {
  const gid_t groups[] = {LEARNER_ID, dockerGroup};
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
    if (prctl(PR_CAPBSET_DROP, capability)) fatal(1, "can't drop capabilities: %s", strerror(errno));
  if (setgroups(2, groups) || setresgid(LEARNER_ID, LEARNER_ID, LEARNER_ID) ||
      setresuid(LEARNER_ID, LEARNER_ID, LEARNER_ID))
    fatal(1, "can't become the learner: %s", strerror(errno));
  // Leaving uid 0 has cleared the permitted set; nothing may come back through a file.
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fatal(1, "can't forbid new privileges: %s", strerror(errno));
  setEnvironment(false);
}

void becomeRoot(void) {
  if (setgroups(0, NULL) || setresgid(0, 0, 0) || setresuid(0, 0, 0))
    fatal(1, "can't become root: %s", strerror(errno));
  setEnvironment(true);
}
