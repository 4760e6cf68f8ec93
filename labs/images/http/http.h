// What the course's applications have in common: a small HTTP server, a client and a health check.
#ifndef HTTP_H
#define HTTP_H

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

// field.c: a field of flat JSON, without the characters that mean something in HTML; empty where there is
// none.
void field(const char *json, const char *name, char *value, size_t size);

// identity.c
const char *version(void); // of this image
const char *replica(void); // host name of this container
const char *setting(const char *name, const char *fallback);

// health.c
int checkHealth(const char *path); // of this container's own server; exit code

#endif
