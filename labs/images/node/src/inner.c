// PID 1 of the lab: root of a user namespace, nothing outside it.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static void mountFresh(const char *type, const char *target, unsigned long flags, const char *options) {
  if (mount(type, target, type, MS_NOSUID | MS_NODEV | flags, options))
    fatal(EXIT_UNFIT, "can't mount %s on %s in the lab: %s", type, target, strerror(errno));
}

static void mountAll(void) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
    fatal(EXIT_UNFIT, "can't make mounts private: %s", strerror(errno));
  mountFresh("proc", "/proc", MS_NOEXEC, NULL);
  mountFresh("sysfs", "/sys", MS_NOEXEC | MS_RDONLY, NULL);
  mountFresh("tmpfs", "/run", 0, "mode=755,size=64m");
  mountFresh("tmpfs", "/tmp", 0, "mode=1777,size=256m");
  mountDelegatedCgroups();
}

int innerInit(char *argv[]) {
  fatalReportFd = LAB_FAILURES_FD;
  for (int fd = LAB_ENGINE_FD; fd <= LAB_FAILURES_FD; fd++) fcntl(fd, F_SETFD, FD_CLOEXEC);
  setenv("GOGC", "50", 1); // a tenth less memory per lab, for one per cent more CPU
  mountAll();
  const char *hostName = getenv("LAB_HOSTNAME");
  if (hostName && sethostname(hostName, strlen(hostName)))
    fatal(1, "can't set the host name: %s", strerror(errno));
  configureNetwork(argv[0], argv[1]);
  // Learners need no namespaces of their own making, and each kind is kernel code that they could attack.
  if (!appendText("/proc/sys/user/max_user_namespaces", "0"))
    fatal(EXIT_UNFIT, "can't forbid user namespaces in the lab");
  superviseEngine();
}
