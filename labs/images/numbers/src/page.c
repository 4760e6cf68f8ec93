#include "numbers.h"

#include <stdio.h>

static const char STYLE[] =
    "body{margin:0;min-height:100vh;display:grid;place-items:center;color:#1f2933;background:#f3f6f9;"
    "font:16px/1.5 system-ui,sans-serif}"
    "main{width:min(26rem,88vw);box-sizing:border-box;padding:2rem;border-radius:1rem;background:#fff;"
    "box-shadow:0 1px 3px #0002,0 12px 32px #0000000f}"
    "h1{margin:0 0 1rem;font-size:1.1rem;font-weight:600;color:#52606d}"
    ".n{font-size:4.5rem;line-height:1;font-weight:700;color:#12694f;font-variant-numeric:tabular-nums}"
    ".bad{font-size:1.25rem;line-height:1.5;color:#a3341f}"
    "dl{display:grid;grid-template-columns:auto auto 1fr;gap:.4rem .9rem;margin:1.5rem 0 0}"
    "dt{color:#52606d}dd{margin:0}"
    "b{padding:.1rem .5rem;border-radius:.5rem;background:#dcefe7;color:#0b4a37}"
    "code{font-size:.85em;color:#52606d;overflow-wrap:anywhere}"
    "a{display:inline-block;margin-top:1.5rem;padding:.6rem 1rem;border-radius:.6rem;background:#12694f;"
    "color:#fff;text-decoration:none}"
    "@media(prefers-color-scheme:dark){body{background:#12181d;color:#e4e9ee}main{background:#1b242b}"
    "h1,dt,code{color:#9aa8b5}.n{color:#6fd3ae}.bad{color:#ff9d86}b{background:#1f4438;color:#b8f0da}"
    "a{background:#1f7a5c}}";

// Keeps what is seen apart from how: a number, or what went wrong instead.
static void writeResult(const struct Answer *answer, char *text, size_t size) {
  if (answer->status == 200) snprintf(text, size, "<div class=\"n\">%s</div>", answer->number);
  else if (answer->status)
    snprintf(text, size,
             "<div class=\"n bad\">API가 HTTP %d 응답을 보냈어요<br>The API answered HTTP %d</div>",
             answer->status, answer->status);
  else snprintf(text, size, "<div class=\"n bad\">API에 연결할 수 없어요<br>The API does not answer</div>");
}

void writePage(const struct Answer *answer, struct Response *response) {
  char result[256];
  writeResult(answer, result, sizeof result);
  response->type = "text/html; charset=utf-8";
  snprintf(response->body, sizeof response->body,
           "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width\">"
           "<title>numbers %s</title><style>%s</style>"
           "<main><h1>무작위 숫자 <span lang=\"en\">· Random number</span></h1>%s"
           "<dl><dt>웹 · Web</dt><dd><b>%s</b></dd><dd><code>%s</code></dd>"
           "<dt>API</dt><dd><b>%s</b></dd><dd><code>%s</code></dd></dl>"
           "<a href=\"/\">다시 받기 · Again</a></main></html>\n",
           version(), STYLE, result, version(), replica(), *answer->version ? answer->version : "–",
           *answer->replica ? answer->replica : "–");
}

void writeLine(const struct Answer *answer, struct Response *response) {
  char result[32];
  if (answer->status == 200) snprintf(result, sizeof result, "number %s", answer->number);
  else if (answer->status) snprintf(result, sizeof result, "no number: HTTP %d", answer->status);
  else snprintf(result, sizeof result, "no number: no answer");
  snprintf(response->body, sizeof response->body, "%s | api %s on %s | web %s on %s\n", result,
           *answer->version ? answer->version : "-", *answer->replica ? answer->replica : "-", version(),
           replica());
}
