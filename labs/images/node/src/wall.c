// What the wall around the lab is made of here: what the kernel tells of the lab's first process, not what
// the start line asked for.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define VERSIONS "/opt/rollout-lab/versions.json"

static void statusField(const char *status, const char *name, char *value, size_t size) {
  const char *at = strstr(status, name);
  size_t length = at ? strspn(at + strlen(name), "\t 0123456789abcdef") : 0;
  snprintf(value, size, "%.*s", (int)length, at ? at + strlen(name) : "");
}

// Blanks become one space; anything that JSON would have to escape ends the text.
static void plain(const char *text, char *out, size_t size) {
  size_t used = 0;
  for (; *text && used < size - 1; text++) {
    bool blank = *text == ' ' || *text == '\t';
    if (!blank && (*text < '!' || *text > '~' || *text == '"' || *text == '\\')) break;
    if (!blank || (used && out[used - 1] != ' ')) out[used++] = blank ? ' ' : *text;
  }
  while (used && out[used - 1] == ' ') used--;
  out[used] = '\0';
}

// Our seccomp profile is the only one that denies this call with ENOSYS.
static bool hasLabProfile(void) { return syscall(SYS_keyctl, 0, 0, 0, 0, 0) < 0 && errno == ENOSYS; }

static const char *ipvsOf(pid_t lab) {
  pid_t pid = fork();
  if (pid == 0) _exit(tryIpvs(lab));
  int status = 0;
  if (pid < 0 || waitpid(pid, &status, 0) != pid) return "unknown";
  switch (exitCodeOf(status)) {
  case IPVS_WORKS: return "works";
  case IPVS_REFUSED: return "refused";
  case IPVS_ABSENT: return "absent";
  default: return "unknown";
  }
}

void describeWall(const struct Lab *lab, char *json, size_t size) {
  char path[64], text[4096], uidMap[64], seccomp[16], noNewPrivs[16], bounding[32], appArmor[128];
  char versions[1024];
  snprintf(path, sizeof path, "/proc/%d/uid_map", lab->pid);
  readText(path, text, sizeof text);
  plain(text, uidMap, sizeof uidMap);
  snprintf(path, sizeof path, "/proc/%d/status", lab->pid);
  readText(path, text, sizeof text);
  statusField(text, "\nSeccomp:\t", seccomp, sizeof seccomp);
  statusField(text, "\nNoNewPrivs:\t", noNewPrivs, sizeof noNewPrivs);
  readText("/proc/self/status", text, sizeof text);
  statusField(text, "\nCapBnd:\t", bounding, sizeof bounding);
  readText("/proc/self/attr/current", text, sizeof text);
  plain(text, appArmor, sizeof appArmor);
  if (readText(VERSIONS, versions, sizeof versions) <= 0) strcpy(versions, "{}");
  versions[strcspn(versions, "\n")] = '\0';
  snprintf(
      json, size,
      "\"wall\":{\"uidMap\":\"%s\",\"seccomp\":%ld,\"labProfile\":%s,\"noNewPrivs\":%ld,\"capabilities\":"
      "\"%s\",\"cgroup\":%d,\"appArmor\":\"%s\",\"networkFilter\":%s,\"ipvs\":\"%s\"},\"versions\":%s",
      uidMap, atol(seccomp), hasLabProfile() ? "true" : "false", atol(noNewPrivs), bounding,
      isCgroup2() ? 2 : 1, appArmor, lab->networkFilter ? "true" : "false", ipvsOf(lab->pid), versions);
}
