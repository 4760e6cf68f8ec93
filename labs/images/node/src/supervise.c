// Keeps a node's daemons running, as a service manager would.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CONTAINERD_SOCKET "/run/containerd/containerd.sock"
#define SSH_PORT "22022" // in rootfs/etc/ssh/ssh_config too; 22 is for root
#define STEADY_MS 10000L // a daemon that ran this long starts again at once when it dies
#define LONGEST_DELAY_MS 8000L
#define START_DEADLINE_MS 30000L
#define STOP_DEADLINE_MS 2500L

struct Daemon {
  const char *name;
  char *const *argv;
  bool takesListener; // by socket activation, so that requests wait while it is down
  bool asLearner;
  pid_t pid; // 0 while it is down
  long startedAtMs, startAgainAtMs, delayMs;
};

static void startDaemon(struct Daemon *daemon) {
  daemon->startedAtMs = nowMs();
  daemon->pid = fork();
  if (daemon->pid < 0) daemon->pid = 0;
  if (daemon->pid != 0) return;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (daemon->takesListener) {
    char own[16];
    snprintf(own, sizeof own, "%d", getpid());
    setenv("LISTEN_PID", own, 1);
    setenv("LISTEN_FDS", "1", 1);
    fcntl(LAB_ENGINE_FD, F_SETFD, 0); // 3 is where socket activation looks
  }
  if (daemon->asLearner) {
    setsid();
    becomeLearner(findDockerGroup());
  }
  execvp(daemon->argv[0], daemon->argv);
  _exit(127);
}

static bool stopping;

static void noteEnd(struct Daemon *daemon, int status) {
  long now = nowMs();
  bool steady = now - daemon->startedAtMs >= STEADY_MS;
  daemon->delayMs = steady ? 0 : daemon->delayMs * 2 + 250;
  if (daemon->delayMs > LONGEST_DELAY_MS) daemon->delayMs = LONGEST_DELAY_MS;
  daemon->startAgainAtMs = now + daemon->delayMs;
  daemon->pid = 0;
  if (stopping) return;
  dprintf(STDERR_FILENO, "lab node: %s ended (%d), starting again in %ld ms\n", daemon->name,
          exitCodeOf(status), daemon->delayMs);
}

static bool containerdAnswers(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = CONTAINERD_SOCKET};
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool answers = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
  if (fd >= 0) close(fd);
  return answers;
}

// dockerd retries a missing containerd only after a full second, so it is started when there is something to
// connect to.
static void awaitContainerd(struct Daemon *containerd) {
  while (!containerdAnswers()) {
    int status;
    if (waitpid(containerd->pid, &status, WNOHANG) == containerd->pid)
      fatal(1, "containerd ended while starting (%d)", exitCodeOf(status));
    if (nowMs() - containerd->startedAtMs > START_DEADLINE_MS)
      fatal(1, "containerd did not answer within 30 s");
    sleepMs(4);
  }
}

static void reap(struct Daemon *daemons, int count) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
    for (int i = 0; i < count; i++)
      if (pid == daemons[i].pid) noteEnd(&daemons[i], status);
}

static long startDueDaemons(struct Daemon *daemons, int count) {
  long now = nowMs(), wait = 60000;
  for (int i = 0; i < count; i++) {
    if (daemons[i].pid) continue;
    if (daemons[i].startAgainAtMs <= now) startDaemon(&daemons[i]);
    else if (daemons[i].startAgainAtMs - now < wait) wait = daemons[i].startAgainAtMs - now;
  }
  return wait;
}

// Leaving the pid namespace's init kills whatever is left, so dockerd only gets the time to stop containers
// in order.
static _Noreturn void stopAll(struct Daemon *dockerd) {
  long deadline = nowMs() + STOP_DEADLINE_MS;
  stopping = true;
  if (dockerd->pid) kill(dockerd->pid, SIGTERM);
  while (dockerd->pid && nowMs() < deadline) {
    reap(dockerd, 1);
    sleepMs(5);
  }
  exit(0);
}

void superviseEngine(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &signals, NULL);

  struct Daemon daemons[] = {
      {.name = "containerd", .argv = (char *[]){"containerd", NULL}},
      {.name = "dockerd",
       .argv = (char *[]){"dockerd", "-H", "fd://", "-H", "unix:///var/run/docker.sock", "--dns",
                          firstNameServer(), NULL},
       .takesListener = true},
      // For `ssh node2` from the other nodes. It is the learner itself: whoever comes in can be nobody else.
      // Passwords and forwarding are off; sessions of nodes that are gone end by themselves.
      {.name = "ssh server",
       .argv = (char *[]){"/usr/sbin/dropbear", "-F", "-e", "-m", "-s", "-j", "-k", "-K", "10", "-p",
                          SSH_PORT, "-r", "/home/learner/.ssh/host_key", NULL},
       .asLearner = true},
  };
  const char *wantsSsh = getenv("LAB_SSH");
  int count = wantsSsh && !strcmp(wantsSsh, "1") ? 3 : 2;
  startDaemon(&daemons[0]);
  awaitContainerd(&daemons[0]);
  dprintf(LAB_PHASES_FD, "containerd %ld\n", nowMs());
  close(LAB_PHASES_FD);

  for (;;) {
    long wait = startDueDaemons(daemons, count);
    siginfo_t info;
    struct timespec limit = {.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000L};
    // Root of the lab may signal its init too; a real stop comes from outside the pid namespace and carries
    // pid 0.
    if (sigtimedwait(&signals, &info, &limit) == SIGTERM && info.si_pid == 0) stopAll(&daemons[1]);
    reap(daemons, count);
  }
}
