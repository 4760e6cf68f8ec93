// Makes the lab's namespaces. Three processes: the outer init; a go-between in a mount namespace of its own,
// still real root, which lifts and hides mounts; and the init of the lab, which the go-between clones as its
// own sibling.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LAB_NAMESPACES                                                                                       \
  (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

static bool startsWith(const char *text, const char *start) { return !strncmp(text, start, strlen(start)); }

// The engine's masks over /proc and /sys have to go: the kernel lets a user namespace mount a fresh proc or
// sysfs only where a fully visible one is. And what is unmounted here, by real root, a lab can never bring
// back.
static bool liftMount(const char *target, const char *type, const char *options, void *context) {
  (void)type, (void)options, (void)context;
  static const char *const OURS[] = {"/proc/", "/sys/", "/lab/", "/etc/", "/run", "/tmp"};
  for (size_t i = 0; i < sizeof OURS / sizeof *OURS; i++)
    if (startsWith(target, OURS[i]) && umount2(target, MNT_DETACH))
      fatal(EXIT_UNFIT, "can't unmount %s: %s", target, strerror(errno));
  return true;
}

static void keepOnly(const int *fds, int count) {
  for (int i = 0; i < count; i++)
    if (dup2(fds[i], 100 + i) < 0) fatal(1, "can't move descriptors: %s", strerror(errno));
  for (int i = 0; i < count; i++)
    if (dup2(100 + i, LAB_ENGINE_FD + i) < 0) fatal(1, "can't move descriptors: %s", strerror(errno));
  syscall(SYS_close_range, LAB_ENGINE_FD + count, ~0U, 0);
}

// First process of the lab's pid namespace: waits for its ids, then becomes a program that knows nothing of
// the outside.
static _Noreturn void becomeInner(const struct Network *network, int listener, int phases, int failures) {
  char go;
  const int kept[] = {listener, phases, failures};
  keepOnly(kept, 3);
  fatalReportFd = LAB_FAILURES_FD;
  if (read(LAB_PHASES_FD, &go, 1) != 1) _exit(1);
  if (setgroups(0, NULL) || setresgid(0, 0, 0) || setresuid(0, 0, 0))
    fatal(EXIT_UNFIT, "can't become root of the lab: %s", strerror(errno));
  unsetenv("LAB_HOSTS");
  unsetenv("LAB_UID_BASE");
  unsetenv("LAB_DENY"); // tells the host's addresses
  execl(PROGRAM, "lab-init", "--inside", network->address, network->gateway, NULL);
  fatal(1, "can't run " PROGRAM ": %s", strerror(errno));
}

static _Noreturn void goBetween(const struct Network *network, int listener, int phases, int failures,
                                int report) {
  fatalReportFd = failures;
  if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
    fatal(EXIT_UNFIT, "can't make a mount namespace: %s (is the seccomp profile of the lab node in use?)",
          strerror(errno));
  joinDelegatedCgroups();
  eachMount(liftMount, NULL);
  writeHosts(network->address);
  writeResolver();
  // CLONE_PARENT: the lab's init becomes a child of the outer init, and nothing of ours stays behind in the
  // lab's cgroup.
  long pid = syscall(SYS_clone, LAB_NAMESPACES | CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
  if (pid < 0)
    fatal(EXIT_UNFIT,
          "can't make a user namespace: %s (look at sysctl user.max_user_namespaces, "
          "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns)",
          strerror(errno));
  if (pid == 0) becomeInner(network, listener, phases, failures);
  _exit(write(report, &pid, sizeof pid) == sizeof pid ? 0 : 1);
}

static void mapIds(pid_t pid, long uidBase) {
  char path[64], map[64];
  snprintf(map, sizeof map, "0 %ld %d\n", uidBase, LAB_IDS);
  const char *files[] = {"uid_map", "gid_map"};
  for (int i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "/proc/%d/%s", pid, files[i]);
    if (!appendText(path, map)) fatal(EXIT_UNFIT, "can't map the lab's ids: %s", strerror(errno));
  }
}

static void failWithLastWords(int failures, int code) {
  char words[512];
  ssize_t got = read(failures, words, sizeof words - 1);
  words[got > 0 ? got : 0] = '\0';
  fatal(code, "%s", *words ? words : "the lab's namespaces could not be made");
}

struct Lab startLab(long uidBase, int engineListener, const struct Network *network, pid_t filter) {
  int phases[2], failures[2], report[2];
  long pid;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, phases) || pipe2(failures, O_CLOEXEC) ||
      pipe2(report, O_CLOEXEC))
    fatal(1, "can't make pipes: %s", strerror(errno));
  pid_t between = fork();
  if (between < 0) fatal(1, "can't fork: %s", strerror(errno));
  if (between == 0) goBetween(network, engineListener, phases[1], failures[1], report[1]);
  close(phases[1]);
  close(failures[1]);
  close(report[1]);
  bool known = read(report[0], &pid, sizeof pid) == sizeof pid;
  close(report[0]);
  int status;
  waitpid(between, &status, 0);
  if (!known) failWithLastWords(failures[0], exitCodeOf(status));
  mapIds((pid_t)pid, uidBase);
  bool networkFilter = handOverNetwork(filter, (pid_t)pid);
  if (write(phases[0], "g", 1) != 1) failWithLastWords(failures[0], 1);
  return (struct Lab){
      .pid = (pid_t)pid, .phases = phases[0], .failures = failures[0], .networkFilter = networkFilter};
}
