#define _GNU_SOURCE
#include "http.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static long nowMs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static bool await(int fd, short events, long deadline) {
  struct pollfd ready = {.fd = fd, .events = events};
  long left = deadline - nowMs();
  return left > 0 && poll(&ready, 1, (int)left) > 0;
}

static int connectBefore(const struct addrinfo *to, long deadline) {
  int fd = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), error = 0;
  socklen_t size = sizeof error;
  if (fd < 0) return -1;
  if (connect(fd, to->ai_addr, to->ai_addrlen) && errno != EINPROGRESS) error = errno;
  else if (!await(fd, POLLOUT, deadline)) error = ETIMEDOUT;
  else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size)) error = errno;
  if (!error) return fd;
  close(fd);
  errno = error;
  return -1;
}

static void readType(const char *head, const char *end, char *type, size_t size) {
  const char *at = strcasestr(head, "\r\ncontent-type:");
  type[0] = '\0';
  if (!at || at >= end) return;
  at += strlen("\r\ncontent-type:");
  at += strspn(at, " ");
  snprintf(type, size, "%.*s", (int)strcspn(at, "\r\n"), at);
}

static const char *exchange(int fd, const struct Call *call, const char *host, const char *path,
                            struct Reply *reply, long deadline) {
  char request[512], answer[sizeof reply->body + 512];
  int length = snprintf(request, sizeof request,
                        "GET /%s HTTP/1.1\r\nHost: %s\r\nAccept: %s\r\nConnection: close\r\n\r\n", path, host,
                        call->accept);
  if (length >= (int)sizeof request) return "the address is too long";
  if (send(fd, request, (size_t)length, MSG_NOSIGNAL) != length) return strerror(errno);
  size_t used = 0;
  bool ended = false;
  while (!ended && used < sizeof answer - 1 && await(fd, POLLIN, deadline)) {
    ssize_t got = read(fd, answer + used, sizeof answer - 1 - used);
    if (got < 0) return strerror(errno);
    ended = got == 0;
    used += (size_t)got;
  }
  answer[used] = '\0';
  const char *content = strstr(answer, "\r\n\r\n");
  if (!ended && used < sizeof answer - 1) return "no answer in time";
  if (sscanf(answer, "HTTP/1.%*c %d", &reply->status) != 1 || !content) return "no HTTP answer";
  readType(answer, content, reply->type, sizeof reply->type);
  snprintf(reply->body, sizeof reply->body, "%s", content + 4);
  return NULL;
}

void ask(const struct Call *call, struct Reply *reply) {
  char host[128], port[8] = "80", path[256] = "";
  long deadline = nowMs() + call->timeoutMs;
  *reply = (struct Reply){.failure = "not an http:// address"};
  if (sscanf(call->url, "http://%127[^:/]:%7[0-9]/%255s", host, port, path) < 2) {
    snprintf(port, sizeof port, "80");
    if (sscanf(call->url, "http://%127[^:/]/%255s", host, path) < 1) return;
  }
  // A fresh look-up each time: the names of a dnsrr service come in turning order.
  struct addrinfo wanted = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
  reply->failure = "unknown name";
  if (getaddrinfo(host, port, &wanted, &found)) return;
  int fd = -1;
  for (struct addrinfo *one = found; one && fd < 0; one = one->ai_next) fd = connectBefore(one, deadline);
  reply->failure = errno == ETIMEDOUT ? "no answer in time" : strerror(errno);
  freeaddrinfo(found);
  if (fd < 0) return;
  reply->failure = exchange(fd, call, host, path, reply, deadline);
  if (reply->failure) reply->status = 0;
  close(fd);
}

int get(const char *url, char *body, size_t size, long timeoutMs) {
  struct Reply reply;
  ask(&(struct Call){.url = url, .accept = "*/*", .timeoutMs = timeoutMs}, &reply);
  snprintf(body, size, "%s", reply.body);
  return reply.status;
}
