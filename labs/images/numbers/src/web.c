// numbers-web: asks the API for a number and shows who answered.
#define _GNU_SOURCE
#include "numbers.h"

#include <stdio.h>
#include <string.h>

enum { API_TIMEOUT_MS = 2000 };

static struct Answer askApi(void) {
  char body[512];
  struct Answer answer;
  answer.status = get(setting("RngApi__Url", "http://numbers-api/rng"), body, sizeof body, API_TIMEOUT_MS);
  field(body, "number", answer.number, sizeof answer.number);
  field(body, "version", answer.version, sizeof answer.version);
  field(body, "replica", answer.replica, sizeof answer.replica);
  return answer;
}

static void handle(const struct Request *request, struct Response *response) {
  if (!strcmp(request->path, "/")) {
    struct Answer answer = askApi();
    if (answer.status != 200) response->status = 503;
    if (request->wantsHtml) writePage(&answer, response);
    else writeLine(&answer, response);
  } else if (!strcmp(request->path, "/health")) {
    snprintf(response->body, sizeof response->body, "healthy\n");
  } else {
    response->status = 404;
    snprintf(response->body, sizeof response->body, "numbers-web %s: GET / or /health\n", version());
  }
}

int main(int argc, char *argv[]) {
  if (argc == 2 && !strcmp(argv[1], "health")) return checkHealth("/health");
  if (argc != 1) {
    fputs("usage: numbers-web [health]\n", stderr);
    return 2;
  }
  serve("numbers-web", handle);
}
