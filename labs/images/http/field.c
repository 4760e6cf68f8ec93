#include "http.h"

#include <stdio.h>
#include <string.h>

void field(const char *json, const char *name, char *value, size_t size) {
  char key[32];
  snprintf(key, sizeof key, "\"%s\":", name);
  const char *at = strstr(json, key);
  at = at ? at + strlen(key) : "";
  const char *end = *at == '"' ? "\"" : ",}";
  at += *at == '"';
  size_t used = 0;
  for (; *at && !strchr(end, *at) && used < size - 1; at++)
    if (!strchr("<>&'\"\n", *at)) value[used++] = *at;
  value[used] = '\0';
}
