#include "gallery.h"

#include <stdio.h>
#include <string.h>

// v1 is a sheet of paper in daylight, v2 a framed picture on a dark wall: told apart from across the room.
static const char STYLE[] =
    "body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--wall);color:var(--ink);"
    "font:16px/1.5 system-ui,sans-serif}"
    "figure{margin:0;width:min(34rem,90vw)}svg{display:block;width:100%;border:var(--frame);box-sizing:border-box;"
    "box-shadow:0 .6rem 2rem #0004}"
    "figcaption{padding:1rem .2rem}h1{margin:0;font-size:1.5rem;line-height:1.25}p{margin:.2rem 0;opacity:.8}"
    "code{font-size:.85em;overflow-wrap:anywhere}b{padding:.1rem .5rem;border:1px solid;border-radius:1rem}";

static const char DAY[] = ":root{--wall:#f4f1ea;--ink:#2b2a28;--frame:12px solid #fff}";
static const char NIGHT[] = ":root{--wall:#1c1f26;--ink:#ece7dc;--frame:18px solid #b08d57}";

static bool isFirst(void) { return !strcmp(version(), "v1"); }

// Sky, sun and hills in the picture's own colour.
static void draw(const struct Visit *visit, char *text, size_t size) {
  const char *hue = visit->hue;
  if (visit->status != 200) {
    snprintf(text, size,
             "<svg viewBox=\"0 0 320 200\"><rect width=\"320\" height=\"200\" fill=\"#8886\"/>"
             "<text x=\"160\" y=\"106\" text-anchor=\"middle\" fill=\"currentColor\">iotd: %d</text></svg>",
             visit->status);
    return;
  }
  snprintf(text, size,
           "<svg viewBox=\"0 0 320 200\" role=\"img\" aria-label=\"%s\">"
           "<rect width=\"320\" height=\"200\" fill=\"hsl(%s 55%% %s)\"/>"
           "<circle cx=\"232\" cy=\"62\" r=\"26\" fill=\"%s\"/>"
           "<path d=\"M0 140q60-46 120-14t110-22 90 12v84H0z\" fill=\"hsl(%s 38%% %s)\"/>"
           "<path d=\"M0 168q80-34 150-6t170-20v58H0z\" fill=\"hsl(%s 42%% %s)\"/></svg>",
           visit->title, hue, isFirst() ? "82%" : "20%", isFirst() ? "#fff4c8" : "#f2efe6", hue,
           isFirst() ? "58%" : "14%", hue, isFirst() ? "40%" : "9%");
}

void writePage(const struct Visit *visit, struct Response *response) {
  char picture[1024];
  bool ok = visit->status == 200;
  draw(visit, picture, sizeof picture);
  response->type = "text/html; charset=utf-8";
  snprintf(response->body, sizeof response->body,
           "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width\"><title>gallery %s</title>"
           "<style>%s%s</style><figure>%s<figcaption><h1>%s <span lang=\"en\">· %s</span></h1><p>%s%s</p>"
           "<p><b>web %s</b> <code>%s</code></p><p><b>iotd %s</b> <code>%s</code></p>"
           "<p>방문 · Visits: %s</p></figcaption></figure></html>\n",
           version(), isFirst() ? DAY : NIGHT, STYLE, picture, ok ? visit->titleKo : "오늘의 사진이 없어요",
           ok ? visit->title : "No picture today", *visit->credit ? "© " : "", visit->credit, version(),
           replica(), *visit->version ? visit->version : "–", *visit->replica ? visit->replica : "–",
           *visit->visits ? visit->visits : "–");
}

void writeLine(const struct Visit *visit, struct Response *response) {
  char picture[160];
  if (visit->status != 200) {
    if (visit->status) snprintf(picture, sizeof picture, "no picture: HTTP %d", visit->status);
    else snprintf(picture, sizeof picture, "no picture: no answer");
  } else
    snprintf(picture, sizeof picture, "%s%s%s", visit->title, *visit->credit ? " by " : "", visit->credit);
  snprintf(response->body, sizeof response->body, "%s | iotd %s on %s | web %s on %s | visits %s\n", picture,
           *visit->version ? visit->version : "-", *visit->replica ? visit->replica : "-", version(),
           replica(), *visit->visits ? visit->visits : "-");
}
