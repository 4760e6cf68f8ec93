// A small HTTP/1.0-style server: a fixed number of threads, each with one connection, a bounded request and a
// deadline.
#define _GNU_SOURCE
#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS = 12, STACK_BYTES = 96 * 1024, REQUEST_BYTES = 4096, DEADLINE_MS = 4000 };

struct Server {
  int listener;
  Handler handle;
};

static long nowMs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static bool readRequest(int fd, char *text) {
  long deadline = nowMs() + DEADLINE_MS;
  size_t used = 0;
  while (used < REQUEST_BYTES - 1) {
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    long left = deadline - nowMs();
    if (left <= 0 || poll(&readable, 1, (int)left) <= 0) return false;
    ssize_t got = read(fd, text + used, REQUEST_BYTES - 1 - used);
    if (got <= 0) return false;
    used += (size_t)got;
    text[used] = '\0';
    if (strstr(text, "\r\n\r\n") || strstr(text, "\n\n")) return true;
  }
  return false;
}

static bool acceptsHtml(const char *text) {
  const char *accept = strcasestr(text, "\naccept:");
  if (!accept) return false;
  const char *html = strcasestr(accept, "text/html");
  return html && html < accept + 1 + strcspn(accept + 1, "\n");
}

static const char *reason(int status) {
  switch (status) {
  case 200: return "OK";
  case 404: return "Not Found";
  case 405: return "Method Not Allowed";
  case 502: return "Bad Gateway";
  case 503: return "Service Unavailable";
  default: return "Internal Server Error";
  }
}

static void answer(int fd, const struct Server *server) {
  char text[REQUEST_BYTES], method[8], head[256];
  struct Request request;
  struct Response response = {.status = 200, .type = "text/plain; charset=utf-8", .body = ""};
  if (!readRequest(fd, text) || sscanf(text, "%7s %255s", method, request.path) != 2) return;
  request.path[strcspn(request.path, "?#")] = '\0';
  request.wantsHtml = acceptsHtml(text);
  if (strcmp(method, "GET") && strcmp(method, "HEAD")) response.status = 405;
  else server->handle(&request, &response);
  size_t length = strlen(response.body);
  int headLength = snprintf(head, sizeof head,
                            "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                            "Cache-Control: no-store\r\nConnection: close\r\n\r\n",
                            response.status, reason(response.status), response.type, length);
  if (send(fd, head, (size_t)headLength, MSG_MORE | MSG_NOSIGNAL) < 0) return;
  if (strcmp(method, "HEAD")) send(fd, response.body, length, MSG_NOSIGNAL);
}

static void *work(void *given) {
  const struct Server *server = given;
  const struct timeval limit = {.tv_sec = DEADLINE_MS / 1000};
  for (;;) {
    int fd = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) usleep(100000);
      continue;
    }
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    answer(fd, server);
    shutdown(fd, SHUT_WR);
    close(fd);
  }
  return NULL;
}

// The first process of a container has no default for SIGTERM: without a handler every stop would take ten
// seconds. The code is not 0, because the swarm would list a replica that it stops as unhealthy under
// Complete, not Failed.
static void stop(int signal) { _exit(128 + signal); }

static int listenOn(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 64)) {
    dprintf(STDERR_FILENO, "can't listen on port %d: %s\n", port, strerror(errno));
    exit(1);
  }
  return fd;
}

void serve(const char *name, Handler handle) {
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  signal(SIGPIPE, SIG_IGN);
  int port = atoi(setting("PORT", "80"));
  struct Server server = {.listener = listenOn(port), .handle = handle};
  dprintf(STDOUT_FILENO, "%s %s on %s listens on port %d\n", name, version(), replica(), port);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, STACK_BYTES);
  for (int i = 1; i < WORKERS; i++) {
    pthread_t thread;
    if (pthread_create(&thread, &small, work, &server)) break; // fewer connections at a time, no less right
  }
  work(&server);
  exit(1);
}
