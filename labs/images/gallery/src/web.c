// gallery-web: asks iotd for the picture of the day and shows it. Starts and stays healthy without the other
// services. `/ready` says whether there is a picture to show, and counts as no visit.
#include "gallery.h"

#include <stdio.h>
#include <string.h>

enum { IOTD_TIMEOUT_MS = 2000, LOG_TIMEOUT_MS = 300 };

static const char *iotdUrl(void) { return setting("IotdUrl", "http://iotd/image"); }

static void giveReadiness(struct Response *response) {
  char body[768], version[16], replica[80];
  int status = get(iotdUrl(), body, sizeof body, IOTD_TIMEOUT_MS);
  field(body, "version", version, sizeof version);
  field(body, "replica", replica, sizeof replica);
  if (status != 200) response->status = 503;
  response->type = "application/json";
  snprintf(response->body, sizeof response->body,
           "{\"ready\":%s,\"version\":\"%s\",\"replica\":\"%s\"}\n",
           status == 200 ? "true" : "false", version, replica);
}

static struct Visit receive(void) {
  char body[768];
  struct Visit visit;
  get(setting("AccessLogUrl", "http://accesslog/visit"), body, sizeof body, LOG_TIMEOUT_MS);
  field(body, "visits", visit.visits, sizeof visit.visits);
  visit.status = get(iotdUrl(), body, sizeof body, IOTD_TIMEOUT_MS);
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
  } else if (!strcmp(request->path, "/ready")) {
    giveReadiness(response);
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
