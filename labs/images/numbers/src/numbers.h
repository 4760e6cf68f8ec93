// The course's application: an API that gives random numbers, and a web page in front of it.
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

struct Request {
  char path[256];
  bool wantsHtml;
};

struct Response {
  int status;
  const char *type;
  char body[6144];
};

typedef void (*Handler)(const struct Request *request, struct Response *response);

// server.c
_Noreturn void serve(const char *name, Handler handle);

// client.c
struct Call {
  const char *url, *accept;
  long timeoutMs;
};
struct Reply {
  int status;          // 0 when nobody answered in time
  const char *failure; // why, in a few words; NULL with a status
  char type[64], body[6144];
};
void ask(const struct Call *call, struct Reply *reply);
// Body of a GET, ended by NUL; HTTP status, 0 when nobody answered in time.
int get(const char *url, char *body, size_t size, long timeoutMs);

// identity.c
const char *version(void); // of this image
const char *replica(void); // host name of this container
const char *setting(const char *name, const char *fallback);

// health.c
int checkHealth(void); // exit code

// page.c
struct Answer {
  int status; // of the API, 0 without one
  char number[16], version[16], replica[80];
};
void writePage(const struct Answer *answer, struct Response *response);
void writeLine(const struct Answer *answer, struct Response *response);

#endif
