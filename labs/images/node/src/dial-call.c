// A connection from dial.sock to a port of the lab: "PORT\n" comes in, "ok\n" or a line with the reason goes
// back, then bytes pass both ways.
#define _GNU_SOURCE
#include "dial.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ASK_DEADLINE_MS 5000L
#define CONNECT_DEADLINE_MS 5000L
#define IDLE_DEADLINE_MS (15 * 60 * 1000L)
#define LONGEST_QUESTION 6 // "65535\n"

void refuseCall(int client, const char *why) {
  send(client, why, strlen(why), MSG_NOSIGNAL | MSG_DONTWAIT);
  close(client);
}

static void endCall(struct Call *call) {
  if (call->client >= 0) close(call->client);
  if (call->lab >= 0) close(call->lab);
  call->stage = FREE;
}

static void refuse(struct Call *call, const char *why) {
  refuseCall(call->client, why);
  call->client = -1;
  endCall(call);
}

void beginCall(struct Call *call, int client) {
  call->stage = ASKING;
  call->client = client;
  call->lab = -1;
  call->onLoopback = call->isDeserted = false;
  call->deadlineMs = nowMs() + ASK_DEADLINE_MS;
  struct Flow *flows[] = {&call->toLab, &call->toClient};
  for (int i = 0; i < 2; i++) {
    flows[i]->start = flows[i]->end = 0;
    flows[i]->ended = flows[i]->closed = false;
  }
}

static void startConnecting(struct Call *call, const char *ip) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)call->port)};
  inet_pton(AF_INET, ip, &address.sin_addr);
  if (call->lab >= 0) close(call->lab);
  call->lab = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (call->lab < 0) return refuse(call, "no socket\n");
  setsockopt(call->lab, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  call->stage = CONNECTING;
  // What connect finds out at once, like a refusal, poll tells again.
  if (connect(call->lab, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS &&
      errno != ECONNREFUSED)
    refuse(call, "unreachable\n");
}

static void finishConnecting(struct Call *call) {
  int reason = 0;
  socklen_t size = sizeof reason;
  getsockopt(call->lab, SOL_SOCKET, SO_ERROR, &reason, &size);
  struct sockaddr_in peer;
  size = sizeof peer;
  if (!reason && getpeername(call->lab, (struct sockaddr *)&peer, &size)) reason = ECONNREFUSED;
  if (reason == ECONNREFUSED && !call->onLoopback) {
    call->onLoopback = true; // a program may listen there only
    return startConnecting(call, "127.0.0.1");
  }
  if (reason) return refuse(call, reason == ECONNREFUSED ? "refused\n" : "unreachable\n");
  call->stage = OPEN;
  call->deadlineMs = nowMs() + IDLE_DEADLINE_MS;
  memcpy(call->toClient.bytes, "ok\n", 3);
  call->toClient.end = 3;
}

static bool takeIn(struct Flow *flow, int from) { // false: the connection broke
  if (flow->start == flow->end) flow->start = flow->end = 0;
  if (flow->ended || flow->end == sizeof flow->bytes) return true;
  ssize_t got = recv(from, flow->bytes + flow->end, sizeof flow->bytes - flow->end, MSG_DONTWAIT);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  flow->end += (size_t)got;
  flow->ended = got == 0;
  return true;
}

static bool giveOut(struct Flow *flow, int to) {
  if (flow->start < flow->end) {
    ssize_t put = send(to, flow->bytes + flow->start, flow->end - flow->start, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0) return errno == EAGAIN || errno == EINTR;
    flow->start += (size_t)put;
  }
  if (flow->start == flow->end && flow->ended && !flow->closed) {
    flow->closed = true;
    shutdown(to, SHUT_WR);
  }
  return true;
}

static void hearQuestion(struct Call *call, const char *ip) {
  struct Flow *flow = &call->toLab;
  if (!takeIn(flow, call->client) || (flow->ended && !flow->end)) return endCall(call);
  const char *end = memchr(flow->bytes, '\n', flow->end);
  if (!end && flow->end < LONGEST_QUESTION && !flow->ended) return;
  size_t digits = 0;
  while (digits < flow->end && flow->bytes[digits] >= '0' && flow->bytes[digits] <= '9') digits++;
  call->port = digits && digits < LONGEST_QUESTION ? atoi(flow->bytes) : 0; // a line end follows the digits
  if (!end || end != flow->bytes + digits || call->port < 1 || call->port > 65535)
    return refuse(call, "not a port\n");
  flow->start = digits + 1;
  call->deadlineMs = nowMs() + CONNECT_DEADLINE_MS;
  call->onLoopback = !*ip;
  startConnecting(call, *ip ? ip : "127.0.0.1");
}

static void carry(struct Call *call, short clientEvents, short labEvents) {
  bool works = true;
  if (clientEvents & (POLLIN | POLLHUP | POLLERR)) works = takeIn(&call->toLab, call->client);
  if (works && labEvents & (POLLIN | POLLHUP | POLLERR)) works = takeIn(&call->toClient, call->lab);
  if (clientEvents & POLLHUP && call->toLab.ended) call->isDeserted = true;
  call->deadlineMs = nowMs() + IDLE_DEADLINE_MS;
  works = works && giveOut(&call->toLab, call->lab) && giveOut(&call->toClient, call->client);
  if (!works || (call->toLab.closed && (call->toClient.closed || call->isDeserted))) endCall(call);
}

static short eventsOf(const struct Flow *in, const struct Flow *out) {
  bool hasRoom = in->end < sizeof in->bytes || in->start == in->end;
  return (short)((!in->ended && hasRoom ? POLLIN : 0) | (out->start < out->end ? POLLOUT : 0));
}

void wantedEvents(const struct Call *call, struct pollfd *client, struct pollfd *lab) {
  client->events = lab->events = 0;
  if (call->stage == ASKING) client->events = POLLIN;
  if (call->stage == CONNECTING) lab->events = POLLOUT;
  if (call->stage == OPEN) {
    client->events = eventsOf(&call->toLab, &call->toClient);
    lab->events = eventsOf(&call->toClient, &call->toLab);
  }
  // poll reports a hang-up unasked, again and again: who is not waited for is left out.
  client->fd = client->events ? call->client : -1;
  lab->fd = lab->events ? call->lab : -1;
}

void continueCall(struct Call *call, const char *ip, short clientEvents, short labEvents) {
  if (call->stage == ASKING && clientEvents) hearQuestion(call, ip);
  else if (call->stage == CONNECTING && labEvents) finishConnecting(call);
  else if (call->stage == OPEN && (clientEvents | labEvents)) carry(call, clientEvents, labEvents);
  if (call->stage == FREE || nowMs() < call->deadlineMs) return;
  if (call->stage == CONNECTING) refuse(call, "no answer within 5 s\n");
  else endCall(call);
}
