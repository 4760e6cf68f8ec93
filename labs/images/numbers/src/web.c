// numbers-web: asks the API for a number and shows who answered. `/ready` says whether it could, without asking
// for one: numbers are what an API has only a few of.
#define _GNU_SOURCE
#include "numbers.h"

#include <stdio.h>
#include <string.h>

enum { API_TIMEOUT_MS = 2000 };

static struct Answer askApi(const char *url) {
  char body[512];
  struct Answer answer;
  answer.status = get(url, body, sizeof body, API_TIMEOUT_MS);
  field(body, "number", answer.number, sizeof answer.number);
  field(body, "version", answer.version, sizeof answer.version);
  field(body, "replica", answer.replica, sizeof answer.replica);
  return answer;
}

static const char *apiUrl(void) { return setting("RngApi__Url", "http://numbers-api/rng"); }

// The replica that the name leads to now is asked for its health, as a user's request would ask it for a number.
static void giveReadiness(struct Response *response) {
  const char *url = apiUrl(), *host = strstr(url, "://");
  char health[512];
  size_t length = strlen(url);
  if (host) length = (size_t)(host + 3 - url) + strcspn(host + 3, "/");
  snprintf(health, sizeof health, "%.*s/health", (int)(length < 480 ? length : 480), url);
  struct Answer answer = askApi(health);
  if (answer.status != 200) response->status = 503;
  response->type = "application/json";
  snprintf(response->body, sizeof response->body,
           "{\"ready\":%s,\"version\":\"%s\",\"replica\":\"%s\"}\n",
           answer.status == 200 ? "true" : "false", answer.version, answer.replica);
}

static void handle(const struct Request *request, struct Response *response) {
  if (!strcmp(request->path, "/")) {
    struct Answer answer = askApi(apiUrl());
    if (answer.status != 200) response->status = 503;
    if (request->wantsHtml) writePage(&answer, response);
    else writeLine(&answer, response);
  } else if (!strcmp(request->path, "/ready")) {
    giveReadiness(response);
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
