// gallery-accesslog: counts the visits that the gallery tells it about.
#include "http.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static atomic_long visits;

static void handle(const struct Request *request, struct Response *response) {
  if (!strcmp(request->path, "/visit"))
    dprintf(STDOUT_FILENO, "visit %ld\n", atomic_fetch_add(&visits, 1) + 1);
  else if (strcmp(request->path, "/stats")) {
    response->status = 404;
    snprintf(response->body, sizeof response->body, "gallery-accesslog %s: GET /visit or /stats\n",
             version());
    return;
  }
  response->type = "application/json";
  snprintf(response->body, sizeof response->body, "{\"visits\":%ld,\"version\":\"%s\",\"replica\":\"%s\"}\n",
           atomic_load(&visits), version(), replica());
}

int main(int argc, char *argv[]) {
  if (argc == 2 && !strcmp(argv[1], "health")) return checkHealth("/stats");
  if (argc != 1) {
    fputs("usage: gallery-accesslog [health]\n", stderr);
    return 2;
  }
  serve("gallery-accesslog", handle);
}
