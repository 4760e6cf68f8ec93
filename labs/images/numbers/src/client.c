#define _GNU_SOURCE
#include "numbers.h"

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
  else if (!await(fd, POLLOUT, deadline) || getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size))
    error = ETIMEDOUT;
  if (!error) return fd;
  close(fd);
  return -1;
}

static int exchange(int fd, const char *host, const char *path, char *body, size_t size, long deadline) {
  char request[512], answer[4096];
  int length = snprintf(request, sizeof request, "GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
                        path, host);
  if (length >= (int)sizeof request || send(fd, request, (size_t)length, MSG_NOSIGNAL) != length) return 0;
  size_t used = 0;
  while (used < sizeof answer - 1 && await(fd, POLLIN, deadline)) {
    ssize_t got = read(fd, answer + used, sizeof answer - 1 - used);
    if (got <= 0) break;
    used += (size_t)got;
  }
  answer[used] = '\0';
  int status = 0;
  const char *content = strstr(answer, "\r\n\r\n");
  if (sscanf(answer, "HTTP/1.%*c %d", &status) != 1 || !content) return 0;
  snprintf(body, size, "%s", content + 4);
  return status;
}

int get(const char *url, char *body, size_t size, long timeoutMs) {
  char host[128], port[8] = "80", path[256] = "";
  long deadline = nowMs() + timeoutMs;
  body[0] = '\0';
  if (sscanf(url, "http://%127[^:/]:%7[0-9]/%255s", host, port, path) < 2) {
    snprintf(port, sizeof port, "80");
    if (sscanf(url, "http://%127[^:/]/%255s", host, path) < 1) return 0;
  }
  // A fresh look-up each time: the names of a dnsrr service come in turning order.
  struct addrinfo wanted = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
  if (getaddrinfo(host, port, &wanted, &found)) return 0;
  int fd = -1;
  for (struct addrinfo *one = found; one && fd < 0; one = one->ai_next) fd = connectBefore(one, deadline);
  freeaddrinfo(found);
  if (fd < 0) return 0;
  int status = exchange(fd, host, path, body, size, deadline);
  close(fd);
  return status;
}
