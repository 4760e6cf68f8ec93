// numbers-front: the entry in front of several swarms. Passes every GET on to TARGET (`node1` or
// `10.77.0.2:8080`) and gives back what came; says what is wrong when nothing comes. To turn the traffic is
// to start it with another TARGET.
#include "http.h"

#include <stdio.h>
#include <string.h>

enum { TARGET_TIMEOUT_MS = 2000 };

static void passOn(const struct Request *request, struct Response *response) {
  static _Thread_local struct Reply reply;
  char url[512];
  snprintf(url, sizeof url, "http://%.128s%s", setting("TARGET", ""), request->path);
  ask(&(struct Call){.url = url,
                     .accept = request->wantsHtml ? "text/html" : "*/*",
                     .timeoutMs = TARGET_TIMEOUT_MS},
      &reply);
  if (reply.status) {
    response->status = reply.status;
    if (*reply.type) response->type = reply.type;
    snprintf(response->body, sizeof response->body, "%s", reply.body);
    return;
  }
  response->status = 502;
  snprintf(response->body, sizeof response->body, "numbers-front: no answer from %s: %s\n",
           setting("TARGET", "(TARGET is not set)"), reply.failure);
}

static void handle(const struct Request *request, struct Response *response) {
  if (strcmp(request->path, "/health")) passOn(request, response);
  else
    snprintf(response->body, sizeof response->body, "healthy, target %s\n", setting("TARGET", "(not set)"));
}

int main(int argc, char *argv[]) {
  if (argc == 2 && !strcmp(argv[1], "health")) return checkHealth("/health");
  if (argc != 1) {
    fputs("usage: numbers-front [health]\n", stderr);
    return 2;
  }
  serve("numbers-front", handle);
}
