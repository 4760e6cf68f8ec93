// PID 1 of the node's container, real root: prepares, starts the lab, then only forwards signals and reaps.
#define _GNU_SOURCE
#include "lab.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static long uidBaseFromEnv(void) {
  const char *given = getenv("LAB_UID_BASE");
  if (!given || !*given) return 100000;
  char *end;
  long base = strtol(given, &end, 10);
  if (*end || base < 65536 || base > 4294967295L - 2 * LAB_IDS)
    fatal(EXIT_UNFIT, "LAB_UID_BASE must be a number from 65536 on: %s", given);
  return base;
}

static pid_t startReporter(long startedAtMs, const struct Lab *lab) {
  long namespacesMs = nowMs() - startedAtMs;
  pid_t pid = fork();
  if (pid == 0) reportReady(startedAtMs, namespacesMs, lab);
  close(lab->phases);
  return pid;
}

// Only text from inside the lab: taken as data, bounded, made printable by reportFailed.
static _Noreturn void endWith(const struct Lab *lab, int code, bool stopping) {
  char words[512];
  unlink(SHARE "/ready");
  if (stopping) exit(0);
  ssize_t got = read(lab->failures, words, sizeof words - 1);
  words[got > 0 ? got : 0] = '\0';
  fatal(code ? code : 1, "%s", *words ? words : "the lab's init ended");
}

static _Noreturn void watch(const struct Lab *lab, const char *ip, int dialListener, pid_t reporter,
                            const sigset_t *signals) {
  bool stopping = false;
  pid_t dialer = startDialer(dialListener, lab->pid, ip);
  for (;;) {
    int signal = sigwaitinfo(signals, NULL);
    if (signal == SIGTERM || signal == SIGINT) {
      stopping = true;
      kill(lab->pid, SIGTERM);
    }
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
      if (pid == lab->pid) endWith(lab, exitCodeOf(status), stopping);
      if (pid == reporter && exitCodeOf(status) && !stopping) exit(1); // it has written why
      if (pid == dialer && !stopping) dialer = startDialer(dialListener, lab->pid, ip);
    }
  }
}

int outerInit(void) {
  long startedAtMs = nowMs();
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &signals, NULL);

  checkHost();
  startModestly();
  long uidBase = uidBaseFromEnv();
  struct Network network;
  describeNetwork(&network);
  pid_t filter = startFilter(&network);
  int listener = prepareShare();
  int dialListener = openDialSocket();
  delegateCgroups(uidBase);
  prepareDisk(uidBase);
  installHome(uidBase);
  startLimitWatch(listener);

  struct Lab lab = startLab(uidBase, listener, &network, filter);
  close(listener);
  char pid[16];
  snprintf(pid, sizeof pid, "%d\n", lab.pid);
  makeDir(STATE_DIR, 0700);
  if (!writeText(LAB_PID_FILE, pid)) fatal(1, "can't write " LAB_PID_FILE);
  watch(&lab, network.ip, dialListener, startReporter(startedAtMs, &lab), &signals);
}
