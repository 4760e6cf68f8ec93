// numbers-api: gives random numbers, and breaks on purpose after a few calls, until it is restarted.
#define _GNU_SOURCE
#include "numbers.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <unistd.h>

static atomic_long calls;
static atomic_bool broken;
static long callsBeforeBreak;

static bool stillWorks(void) {
  long call = atomic_fetch_add(&calls, 1) + 1;
  if (call > callsBeforeBreak && !atomic_exchange(&broken, true))
    dprintf(STDOUT_FILENO, "call %ld: broken from now on, until a restart\n", call);
  return !atomic_load(&broken);
}

static void giveNumber(struct Response *response) {
  unsigned random = 0;
  response->type = "application/json";
  if (!stillWorks()) {
    response->status = 500;
    snprintf(response->body, sizeof response->body,
             "{\"error\":\"broken\",\"version\":\"%s\",\"replica\":\"%s\"}\n", version(), replica());
    return;
  }
  if (getrandom(&random, sizeof random, 0) < 0) response->status = 500;
  snprintf(response->body, sizeof response->body, "{\"number\":%u,\"version\":\"%s\",\"replica\":\"%s\"}\n",
           random % 100 + 1, version(), replica());
}

static void giveHealth(struct Response *response) {
  bool ok = !atomic_load(&broken);
  response->type = "application/json";
  response->status = ok ? 200 : 500;
  snprintf(response->body, sizeof response->body,
           "{\"status\":\"%s\",\"version\":\"%s\",\"replica\":\"%s\"}\n", ok ? "healthy" : "unhealthy",
           version(), replica());
}

static void handle(const struct Request *request, struct Response *response) {
  if (!strcmp(request->path, "/rng")) giveNumber(response);
  else if (!strcmp(request->path, "/health")) giveHealth(response);
  else {
    response->status = 404;
    snprintf(response->body, sizeof response->body, "numbers-api %s: GET /rng or /health\n", version());
  }
}

int main(int argc, char *argv[]) {
  if (argc == 2 && !strcmp(argv[1], "health")) return checkHealth("/health");
  if (argc != 1) {
    fputs("usage: numbers-api [health]\n", stderr);
    return 2;
  }
  callsBeforeBreak = atol(setting("FailAfterCalls", "3"));
  atomic_store(&broken, !strcasecmp(setting("Broken", "false"), "true"));
  serve("numbers-api", handle);
}
