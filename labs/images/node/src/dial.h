#ifndef DIAL_H
#define DIAL_H

#include "lab.h"

#include <poll.h>

// One direction of a connection.
struct Flow {
  char bytes[16384];
  size_t start, end;
  bool ended;  // nothing more comes in
  bool closed; // and all of it has gone out
};

// A client of dial.sock with, later, its TCP connection inside the lab.
struct Call {
  enum { FREE, ASKING, CONNECTING, OPEN } stage;
  int client, lab; // lab: -1 until CONNECTING
  int port;
  bool onLoopback;
  bool isDeserted; // the client is gone for good
  long deadlineMs;
  struct Flow toLab, toClient;
};

// dial-call.c
void beginCall(struct Call *call, int client);
void refuseCall(int client, const char *why);
void wantedEvents(const struct Call *call, struct pollfd *client, struct pollfd *lab);
void continueCall(struct Call *call, const char *ip, short clientEvents, short labEvents);

#endif
