// Terminals of a lab: a dtach master outside the lab, so its socket is out of a learner's reach, with a
// learner's login shell inside.
#define _GNU_SOURCE
#include "terminal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define START_DEADLINE_MS 5000L
#define ATTACH_WAIT_S 3

static bool isId(const char *id) {
  size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
  return length >= 1 && length <= 40 && !id[length];
}

static void socketOf(const char *id, char *path, size_t size) {
  snprintf(path, size, TERMINALS "/%.40s.sock", id);
}

static int start(const char *id, char *cols, char *rows) {
  char path[128];
  int locks = openAlone(id);
  if (holder(locks, RUNNING)) return 0;
  if (access(LAB_PID_FILE, F_OK)) fatal(EXIT_LAB_DOWN, "the lab is not up");
  socketOf(id, path, sizeof path);
  unlink(path);
  // dtach is outside the lab: it allocates the pty, the shell is its grandchild inside.
  int code = run((const char *const[]){"dtach", "-n", path, "-E", "-z", "-r", "winch",
                                       "/opt/rollout-lab/bin/terminal", "shell", id, cols, rows, NULL});
  if (code) fatal(1, "dtach ended with %d", code);
  for (long deadline = nowMs() + START_DEADLINE_MS; !holder(locks, RUNNING) || access(path, F_OK); sleepMs(2))
    if (nowMs() > deadline) fatal(1, "terminal %s did not start within 5 s", id);
  giveToShareOwner(path);
  return 0;
}

// dtach drops what is printed while nobody is attached, and tells its program about an attach by SIGWINCH:
// the shell waits for it, so that the first client sees the first prompt.
static void awaitClient(const sigset_t *attached) {
  struct timespec limit = {.tv_sec = ATTACH_WAIT_S};
  sigtimedwait(attached, NULL, &limit);
  sigprocmask(SIG_UNBLOCK, attached, NULL);
}

// dtach's program. Size and iutf8 are set before the shell can look; the learner owns the pty so that
// /dev/tty's real name can be opened too.
static int shell(const char *id, int cols, int rows) {
  struct winsize size = {.ws_col = (unsigned short)cols, .ws_row = (unsigned short)rows};
  struct termios modes;
  struct stat home;
  int locks = openLocks(id, O_CLOEXEC);
  sigset_t attached;
  sigemptyset(&attached);
  sigaddset(&attached, SIGWINCH);
  ioctl(0, TIOCSWINSZ, &size);
  sigprocmask(SIG_BLOCK, &attached, NULL);
  if (tcgetattr(0, &modes) == 0) {
    modes.c_iflag |= IUTF8;
    tcsetattr(0, TCSANOW, &modes);
  }
  if (stat("/home/learner", &home) || fchown(0, home.st_uid, home.st_gid))
    fatal(1, "can't give the terminal to the learner");
  setenv("TERM", "xterm-256color", 1);
  if (locks < 0 || !take(locks, RUNNING, F_SETLK)) return 1; // from here on it counts as started
  awaitClient(&attached);
  return enterLab(&(struct Entry){.asRoot = false, .argv = NULL});
}

static int attach(const char *id) {
  char path[128];
  struct termios modes;
  int locks = openLocks(id, 0);
  if (locks < 0 || !holder(locks, RUNNING)) fatal(EXIT_LAB_DOWN, "terminal %s is not running", id);
  // A client whose docker exec has lost its other end would stay for ever, and dtach would go on writing to
  // it.
  pid_t stale = holder(locks, ATTACHED);
  if (stale) kill(stale, SIGHUP);
  take(locks, ATTACHED, F_SETLKW); // kept across exec
  if (tcgetattr(0, &modes) == 0) {
    modes.c_iflag |= IUTF8;
    tcsetattr(0, TCSANOW, &modes);
  }
  socketOf(id, path, sizeof path);
  execlp("dtach", "dtach", "-a", path, "-E", "-z", "-r", "winch", NULL);
  fatal(1, "can't run dtach: %s", strerror(errno));
}

static int stop(const char *id) {
  char path[128];
  int locks = openAlone(id);
  long deadline = nowMs() + START_DEADLINE_MS;
  for (pid_t outside; (outside = holder(locks, RUNNING)); sleepMs(5)) {
    pid_t shell = childOf(outside); // leads the session of everything that was started in the terminal
    if (shell) endSession(shell);
    else kill(outside, SIGHUP); // still waits for its first client
    if (nowMs() > deadline) fatal(1, "terminal %s did not end within 5 s", id);
  }
  socketOf(id, path, sizeof path);
  unlink(path);
  lockFileOf(id, path, sizeof path);
  unlink(path);
  return 0;
}

static int list(void) {
  DIR *known = opendir(TERMINAL_LOCKS);
  for (struct dirent *entry; known && (entry = readdir(known));) {
    if (!isId(entry->d_name)) continue;
    int locks = openLocks(entry->d_name, O_CLOEXEC);
    if (locks >= 0 && holder(locks, RUNNING)) puts(entry->d_name);
    close(locks);
  }
  if (known) closedir(known);
  return 0;
}

static int measure(const char *text) { // 0: not a size
  char *end;
  long value = strtol(text, &end, 10);
  return *end || value < 1 || value > 1000 ? 0 : (int)value;
}

int terminalMain(int argc, char *argv[]) {
  const char *verb = argc > 1 ? argv[1] : "", *id = argc > 2 ? argv[2] : "";
  if (geteuid() != 0) fatal(1, "terminal is for root of the node's container");
  if (!strcmp(verb, "list") && argc == 2) return list();
  bool sized = argc == 5 && measure(argv[3]) && measure(argv[4]);
  if (isId(id)) {
    if (!strcmp(verb, "start") && sized) return start(id, argv[3], argv[4]);
    if (!strcmp(verb, "shell") && sized) return shell(id, measure(argv[3]), measure(argv[4]));
    if (!strcmp(verb, "attach") && argc == 3) return attach(id);
    if (!strcmp(verb, "stop") && argc == 3) return stop(id);
  }
  dprintf(STDERR_FILENO,
          "usage: terminal start ID COLS ROWS | attach ID | stop ID | list   (ID: [a-z0-9-]{1,40})\n");
  return EXIT_USAGE;
}
