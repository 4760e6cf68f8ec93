// gallery-iotd: the picture of the day. It has to prepare its pictures first, like an application that fills
// its cache: until then it runs, but can't answer. How long that takes is the image's setting.
#define _GNU_SOURCE
#include "http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct Picture {
  const char *title, *titleKo, *credit;
  int hue;
};

static const struct Picture PICTURES[] = {
    {"Harbour before the storm", "폭풍 전의 항구", "M. Okafor", 205},
    {"Red hills", "붉은 언덕", "J. Lindqvist", 12},
    {"Tea field in fog", "안개 낀 차밭", "Bak S.", 140},
    {"First snow", "첫눈", "A. Moreau", 222},
    {"Lavender road", "라벤더 길", "K. Novak", 268},
    {"Desert noon", "사막의 정오", "T. Haddad", 36},
    {"The quiet lake", "고요한 호수", "Y. Tanaka", 178},
};
enum { PICTURE_COUNT = sizeof PICTURES / sizeof *PICTURES, SECONDS_PER_DAY = 86400 };

static struct timespec startedAt;

static long runsForMs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_sec - startedAt.tv_sec) * 1000L + (now.tv_nsec - startedAt.tv_nsec) / 1000000L;
}

static void giveImage(struct Response *response) {
  response->type = "application/json";
  if (runsForMs() < atol(setting("WarmUpMs", "0"))) {
    response->status = 503;
    snprintf(response->body, sizeof response->body,
             "{\"error\":\"still preparing the pictures\",\"version\":\"%s\",\"replica\":\"%s\"}\n",
             version(), replica());
    return;
  }
  const struct Picture *today = &PICTURES[time(NULL) / SECONDS_PER_DAY % PICTURE_COUNT];
  snprintf(
      response->body, sizeof response->body,
      "{\"title\":\"%s\",\"titleKo\":\"%s\",\"credit\":\"%s\",\"hue\":%d,\"version\":\"%s\",\"replica\":\"%s\"}\n",
      today->title, today->titleKo, strcmp(version(), "v1") ? today->credit : "", today->hue, version(),
      replica());
}

static void handle(const struct Request *request, struct Response *response) {
  if (!strcmp(request->path, "/image")) giveImage(response);
  else {
    response->status = 404;
    snprintf(response->body, sizeof response->body, "gallery-iotd %s: GET /image\n", version());
  }
}

int main(int argc, char *argv[]) {
  if (argc == 2 && !strcmp(argv[1], "health")) return checkHealth("/image");
  if (argc != 1) {
    fputs("usage: gallery-iotd [health]\n", stderr);
    return 2;
  }
  clock_gettime(CLOCK_MONOTONIC, &startedAt);
  serve("gallery-iotd", handle);
}
