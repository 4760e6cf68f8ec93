// Joins the namespaces and the cgroup of the running lab. Root of the lab may be hostile: from the moment the
// process is visible in the lab's pid namespace until it has become the command, it holds no descriptor of
// the outside but its stdio, and it is not dumpable, so nobody in there can read its memory or reach through
// /proc/PID.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOWN "the lab is not up"

static int openLab(void) {
  char text[16];
  readText(LAB_PID_FILE, text, sizeof text);
  int lab = (int)syscall(SYS_pidfd_open, atoi(text), 0);
  if (lab < 0) fatal(EXIT_LAB_DOWN, DOWN);
  return lab;
}

static _Noreturn void becomeCommand(const struct Entry *entry, int lab, gid_t dockerGroup,
                                    bool takesTerminal) {
  static char *const LOGIN[] = {"bash", "-l", NULL};
  startModestly(); // while /proc/self may still be written
  prctl(PR_SET_DUMPABLE, 0);
  setsid();
  if (takesTerminal) ioctl(0, TIOCSCTTY, 0);
  joinLabCgroups();
  if (setns(lab, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP))
    fatal(EXIT_LAB_DOWN, DOWN ": %s", strerror(errno));
  syscall(SYS_close_range, 3, ~0U, 0);
  if (entry->asRoot) becomeRoot();
  else becomeLearner(dockerGroup);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (chdir(entry->asRoot ? "/" : "/home/learner") && chdir("/"))
    fatal(1, "no working directory: %s", strerror(errno));
  char *const *argv = entry->argv ? entry->argv : LOGIN;
  execvp(argv[0], argv);
  dprintf(STDERR_FILENO, "lab-enter: %s: %s\n", argv[0], strerror(errno));
  _exit(errno == ENOENT ? 127 : 126);
}

static pid_t child;

static void forward(int signal) {
  if (child > 0) kill(child, signal);
}

int enterLab(const struct Entry *entry) {
  int lab = openLab();
  gid_t dockerGroup = findDockerGroup(); // the lab's own /etc/group is not asked
  if (setns(lab, CLONE_NEWPID)) fatal(EXIT_LAB_DOWN, DOWN ": %s", strerror(errno));
  // The session and the terminal must belong to a process inside the pid namespace, or job control does not
  // work there.
  signal(SIGHUP, SIG_IGN);
  bool hadTerminal = isatty(0) && getsid(0) == getpid() && ioctl(0, TIOCNOTTY) == 0;
  child = fork();
  if (child < 0) fatal(1, "can't fork: %s", strerror(errno));
  if (child == 0) {
    signal(SIGHUP, SIG_DFL);
    becomeCommand(entry, lab, dockerGroup, hadTerminal);
  }
  close(lab);
  signal(SIGHUP, forward);
  signal(SIGTERM, forward);
  signal(SIGINT, forward);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return exitCodeOf(status);
}

int labEnterMain(int argc, char *argv[]) {
  bool asRoot = argc > 1 && !strcmp(argv[1], "-r");
  char *const *command = argv + 1 + asRoot;
  if (geteuid() != 0) fatal(1, "lab-enter is for root of the node's container");
  if (*command && (*command)[0] == '-') {
    dprintf(STDERR_FILENO, "usage: lab-enter [-r] [CMD...]\n");
    return EXIT_USAGE;
  }
  return enterLab(&(struct Entry){.asRoot = asRoot, .argv = *command ? command : NULL});
}
