// dial.sock: how the server reaches a TCP port of the lab, without a route into it. A process of its own,
// which gives up root once it is in the lab's network namespace; it shares nothing else with the lab.
#define _GNU_SOURCE
#include "dial.h"

#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define MOST_CALLS 64
#define NOBODY 65534

int openDialSocket(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = DIAL_SOCKET};
  unlink(DIAL_SOCKET);
  umask(0177); // decides the mode of a socket
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64))
    fatal(1, "can't listen on " DIAL_SOCKET ": %s", strerror(errno));
  umask(0022);
  giveToShareOwner(DIAL_SOCKET);
  return listener;
}

static void enterNetwork(pid_t lab) {
  int fd = (int)syscall(SYS_pidfd_open, lab, 0);
  if (fd < 0 || setns(fd, CLONE_NEWNET)) fatal(1, "can't enter the lab's network: %s", strerror(errno));
  close(fd);
  if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
    fatal(1, "can't give up root: %s", strerror(errno));
}

static void take(int listener, struct Call *calls) {
  for (int client; (client = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
    int i = 0;
    while (i < MOST_CALLS && calls[i].stage != FREE) i++;
    if (i < MOST_CALLS) beginCall(&calls[i], client);
    else refuseCall(client, "64 connections are open\n");
  }
}

static _Noreturn void answerCalls(int listener, const char *ip) {
  static struct Call calls[MOST_CALLS]; // memory is taken as they are used
  for (;;) {
    struct pollfd polled[1 + 2 * MOST_CALLS] = {{.fd = listener, .events = POLLIN}};
    long now = nowMs(), wait = 60000;
    for (int i = 0; i < MOST_CALLS; i++) {
      struct pollfd *client = &polled[1 + 2 * i], *lab = client + 1;
      client->fd = lab->fd = -1;
      if (calls[i].stage == FREE) continue;
      wantedEvents(&calls[i], client, lab);
      if (calls[i].deadlineMs - now < wait) wait = calls[i].deadlineMs - now;
    }
    if (poll(polled, 1 + 2 * MOST_CALLS, wait < 0 ? 0 : (int)wait) < 0 && errno != EINTR)
      fatal(1, "dial.sock: poll: %s", strerror(errno));
    for (int i = 0; i < MOST_CALLS; i++)
      if (calls[i].stage != FREE)
        continueCall(&calls[i], ip, polled[1 + 2 * i].revents, polled[2 + 2 * i].revents);
    if (polled[0].revents) take(listener, calls);
  }
}

pid_t startDialer(int listener, pid_t lab, const char *ip) {
  pid_t pid = fork();
  if (pid < 0) fatal(1, "can't fork: %s", strerror(errno));
  if (pid > 0) return pid;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  enterNetwork(lab);
  answerCalls(listener, ip);
}
