// Says what is wrong with the host or the start line before anything half works.
#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

static void checkKernel(void) {
  struct utsname kernel;
  int major = 0, minor = 0;
  uname(&kernel);
  // Overlay mounts inside a user namespace came with 5.11.
  if (sscanf(kernel.release, "%d.%d", &major, &minor) != 2 || major * 1000 + minor < 5011)
    fatal(EXIT_UNFIT, "kernel %s is too old for a lab node: 5.11 or newer is needed", kernel.release);
}

static void checkAppArmor(void) {
  char profile[128];
  if (readText("/proc/self/attr/current", profile, sizeof profile) <= 0) return;
  if (strstr(profile, "docker-default") || strstr(profile, "containers-default"))
    fatal(EXIT_UNFIT, "AppArmor profile docker-default forbids the mounts of a lab node: "
                      "create it with security option apparmor=unconfined");
}

static void checkCapabilities(void) {
  static const struct {
    int bit;
    const char *name;
  } NEEDED[] = {
      {0, "CHOWN"},  {1, "DAC_OVERRIDE"}, {5, "KILL"},        {6, "SETGID"},
      {7, "SETUID"}, {12, "NET_ADMIN"},   {18, "SYS_CHROOT"}, {21, "SYS_ADMIN"},
  };
  char status[4096], missing[128] = "";
  readText("/proc/self/status", status, sizeof status);
  const char *line = strstr(status, "CapEff:");
  unsigned long long effective = line ? strtoull(line + 7, NULL, 16) : 0;
  for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
    if (effective >> NEEDED[i].bit & 1) continue;
    strcat(strcat(missing, " "), NEEDED[i].name);
  }
  if (*missing) fatal(EXIT_UNFIT, "capabilities are missing: create the node with CapAdd%s", missing);
}

static void checkUserNamespaces(void) {
  char limit[32];
  if (readText("/proc/sys/user/max_user_namespaces", limit, sizeof limit) <= 0 || atol(limit) == 0)
    fatal(EXIT_UNFIT, "user namespaces are switched off: set sysctl user.max_user_namespaces above 0");
}

static void checkMountPoints(void) {
  struct stat share, parent, data;
  if (stat(SHARE, &share) || stat("/", &parent) || share.st_dev == parent.st_dev)
    fatal(EXIT_UNFIT, "nothing is mounted at " SHARE ": create the node with a host folder bound there");
  if (stat(DISK, &data) || data.st_dev == parent.st_dev)
    fatal(EXIT_UNFIT, "nothing is mounted at " DISK ": create the node with a volume there");
}

void checkHost(void) {
  checkKernel();
  checkAppArmor();
  checkCapabilities();
  checkUserNamespaces();
  checkMountPoints();
}
