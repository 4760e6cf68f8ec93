// gallery-web: asks iotd for the picture of the day and shows it. Starts and stays healthy without the other
// services.
#include "gallery.h"

#include <stdio.h>
#include <string.h>

enum { IOTD_TIMEOUT_MS = 2000, LOG_TIMEOUT_MS = 300 };

static struct Visit receive(void) {
  char body[768];
  struct Visit visit;
  get(setting("AccessLogUrl", "http://accesslog/visit"), body, sizeof body, LOG_TIMEOUT_MS);
  field(body, "visits", visit.visits, sizeof visit.visits);
  visit.status = get(setting("IotdUrl", "http://iotd/image"), body, sizeof body, IOTD_TIMEOUT_MS);
  field(body, "title", visit.title, sizeof visit.title);
  field(body, "titleKo", visit.titleKo, sizeof visit.titleKo);
  field(body, "credit", visit.credit, sizeof visit.credit);
  field(body, "hue", visit.hue, sizeof visit.hue);
  field(body, "version", visit.version, sizeof visit.version);
  field(body, "replica", visit.replica, sizeof visit.replica);
  return visit;
}

static void handle(const struct Request *request, struct Response *response) {
  if (!strcmp(request->path, "/")) {
    struct Visit visit = receive();
    if (visit.status != 200) response->status = 503;
    if (request->wantsHtml) writePage(&visit, response);
    else writeLine(&visit, response);
  } else if (!strcmp(request->path, "/health")) {
    snprintf(response->body, sizeof response->body, "healthy\n");
  } else {
    response->status = 404;
    snprintf(response->body, sizeof response->body, "gallery-web %s: GET / or /health\n", version());
  }
}

int main(int argc, char *argv[]) {
  if (argc == 2 && !strcmp(argv[1], "health")) return checkHealth("/health");
  if (argc != 1) {
    fputs("usage: gallery-web [health]\n", stderr);
    return 2;
  }
  serve("gallery-web", handle);
}
