#include "http.h"

#include <stdio.h>

// Asks this container's own server, by address: a name could mean ::1, where nobody listens.
int checkHealth(const char *path) {
  char url[64], body[512];
  snprintf(url, sizeof url, "http://127.0.0.1:%.5s%s", setting("PORT", "80"), path);
  int status = get(url, body, sizeof body, 500);
  if (status == 200) puts("healthy");
  else if (status) printf("unhealthy: HTTP %d\n", status);
  else puts("unhealthy: no answer within 500 ms");
  return status == 200 ? 0 : 1;
}
