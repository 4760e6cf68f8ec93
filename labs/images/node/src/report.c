// Waits for the engine on the very socket that the server will use, loads the app images, then writes
// "ready".
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define ENGINE_DEADLINE_MS 60000
#define LOADED "/lab/images-loaded"

static _Noreturn void giveUp(const char *message) {
  dprintf(STDERR_FILENO, "lab node: %s\n", message);
  reportFailed(message);
  exit(1);
}

static int connectEngine(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = ENGINE_SOCKET};
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address))
    giveUp("can't connect to the engine's socket");
  return fd;
}

// Keeps the first size-1 bytes of the answer and drops the rest; the engine closes the connection (HTTP/1.0).
static void readAnswer(int fd, char *answer, size_t size, const char *onSilence) {
  char spill[4096];
  size_t used = 0;
  for (;;) {
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    if (poll(&readable, 1, ENGINE_DEADLINE_MS) <= 0) giveUp(onSilence);
    bool room = used < size - 1;
    ssize_t got = read(fd, room ? answer + used : spill, room ? size - 1 - used : sizeof spill);
    if (got <= 0) break;
    if (room) used += (size_t)got;
  }
  answer[used] = '\0';
  close(fd);
}

static bool succeeded(const char *answer) {
  return !strncmp(answer, "HTTP/1.", 7) && strstr(answer, " 200 ") == answer + 8;
}

// Value of a header, only the characters that a version has.
static void header(const char *answer, const char *name, char *value, size_t size) {
  const char *at = strcasestr(answer, name);
  size_t length = at ? strspn(at + strlen(name), "0123456789abcdefghijklmnopqrstuvwxyz.+-~") : 0;
  snprintf(value, size, "%.*s", (int)length, at ? at + strlen(name) : "");
}

static void loadImages(void) {
  static const char FAILED[] = "the engine did not take the app images";
  struct stat tar;
  char head[160], answer[512];
  int images = open(IMAGES, O_RDONLY | O_CLOEXEC);
  if (images < 0 || access(LOADED, F_OK) == 0) return;
  fstat(images, &tar);
  int fd = connectEngine();
  int length =
      snprintf(head, sizeof head,
               "POST /images/load?quiet=1 HTTP/1.0\r\nHost: engine\r\nContent-Type: application/x-tar\r\n"
               "Content-Length: %lld\r\n\r\n",
               (long long)tar.st_size);
  bool sent = write(fd, head, (size_t)length) == length;
  for (off_t left = tar.st_size; sent && left > 0;) {
    ssize_t step = sendfile(fd, images, NULL, (size_t)left);
    sent = step > 0;
    left -= step;
  }
  close(images);
  readAnswer(fd, answer, sizeof answer, FAILED);
  if (!sent || !succeeded(answer) || strstr(answer, "errorDetail")) giveUp(FAILED);
  writeText(LOADED, "");
}

static long containerdAtMs(int phases) {
  char line[128];
  ssize_t got = recv(phases, line, sizeof line - 1, MSG_DONTWAIT);
  line[got > 0 ? got : 0] = '\0';
  return strncmp(line, "containerd ", 11) ? 0 : atol(line + 11);
}

static void writeReady(const char *json) {
  unlink(SHARE "/ready.part");
  if (!writeText(SHARE "/ready.part", json)) giveUp("can't write " SHARE "/ready");
  chmod(SHARE "/ready.part", 0600);
  giveToShareOwner(SHARE "/ready.part");
  rename(SHARE "/ready.part", SHARE "/ready");
}

void reportReady(long startedAtMs, long namespacesMs, const struct Lab *lab) {
  static const char PING[] = "GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n";
  char answer[2048], engine[64], api[16], wall[2048], json[2560];
  describeWall(lab, wall, sizeof wall); // while the engine starts
  int fd = connectEngine();
  if (write(fd, PING, sizeof PING - 1) < 0) giveUp("can't ask the engine");
  readAnswer(fd, answer, sizeof answer, "the engine did not answer within 60 s");
  if (!succeeded(answer)) giveUp("the engine did not answer as it should");
  long engineMs = nowMs() - startedAtMs;
  header(answer, "server: Docker/", engine, sizeof engine);
  header(answer, "api-version: ", api, sizeof api);
  loadImages();
  snprintf(json, sizeof json,
           "{\"engine\":\"%s\",\"api\":\"%s\",\"ms\":{\"namespaces\":%ld,\"containerd\":%ld,\"engine\":%ld,"
           "\"images\":%ld},%s}\n",
           engine, api, namespacesMs, containerdAtMs(lab->phases) - startedAtMs, engineMs,
           nowMs() - startedAtMs, wall);
  writeReady(json);
  exit(0);
}
