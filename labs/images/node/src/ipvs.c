// Whether the kernel lets a lab set up IPVS, which virtual IPs and ingress ports of a swarm need. So far
// kernels want a capability of the first user namespace for it, whatever the lab's root is in its own.
#define _GNU_SOURCE
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// Of linux/netlink.h, linux/genetlink.h and linux/ip_vs.h, which this libc does not come with.
struct Head {
  uint32_t length;
  uint16_t type, flags;
  uint32_t sequence, port;
};
struct Command {
  uint8_t command, version;
  uint16_t reserved;
};
struct Attribute {
  uint16_t length, type;
};
enum { GENERIC_NETLINK = 16, TYPE_ERROR = 2, TYPE_CONTROL = 16, FLAG_REQUEST = 1 };
enum { GET_FAMILY = 3, FAMILY_ID = 1, FAMILY_NAME = 2 };
enum { IPVS_GET_INFO = 15 }; // reads, and asks for the same right as a change

struct Question {
  struct Head head;
  struct Command command;
  struct Attribute attribute;
  char name[8];
};

static bool enterNamespace(pid_t lab, const char *kind) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/ns/%s", lab, kind);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  return fd >= 0 && setns(fd, 0) == 0 && close(fd) == 0;
}

// The kernel's answer: its length, or minus an error.
static int ask(int fd, struct Question *question, uint16_t type, uint8_t command, char *answer, size_t size) {
  question->head.type = type;
  question->head.flags = FLAG_REQUEST;
  question->command.command = command;
  question->command.version = 1;
  if (send(fd, question, question->head.length, 0) < 0) return -errno;
  ssize_t got = recv(fd, answer, size, 0);
  if (got < (ssize_t)(sizeof(struct Head) + sizeof(int32_t))) return -EIO;
  bool isError = ((const struct Head *)answer)->type == TYPE_ERROR;
  return isError ? *(const int32_t *)(answer + sizeof(struct Head)) : (int)got;
}

static uint16_t familyIn(const char *answer, int length) {
  for (int at = sizeof(struct Head) + sizeof(struct Command); at + 8 <= length;) {
    const struct Attribute *one = (const struct Attribute *)(answer + at);
    if (one->type == FAMILY_ID) return *(const uint16_t *)(one + 1);
    if (one->length < sizeof *one) return 0;
    at += (one->length + 3) & ~3;
  }
  return 0;
}

int tryIpvs(pid_t lab) {
  char answer[4096] __attribute__((aligned(4)));
  struct Question family = {
      .head.length = sizeof family,
      .attribute = {.length = sizeof family.attribute + sizeof "IPVS", .type = FAMILY_NAME},
      .name = "IPVS"};
  struct Question info = {.head.length = sizeof info.head + sizeof info.command};
  struct timeval patience = {.tv_sec = 1};
  if (!enterNamespace(lab, "user") || !enterNamespace(lab, "net")) return -1;
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, GENERIC_NETLINK);
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience)) return -1;
  int got = ask(fd, &family, TYPE_CONTROL, GET_FAMILY, answer, sizeof answer);
  if (got == -ENOENT) return IPVS_ABSENT;
  uint16_t id = got > 0 ? familyIn(answer, got) : 0;
  if (!id) return -1;
  got = ask(fd, &info, id, IPVS_GET_INFO, answer, sizeof answer);
  if (got == -EPERM) return IPVS_REFUSED;
  return got > 0 ? IPVS_WORKS : -1;
}
