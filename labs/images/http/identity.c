#include "http.h"

#include <stdlib.h>
#include <unistd.h>

const char *setting(const char *name, const char *fallback) {
  const char *given = getenv(name);
  return given && *given ? given : fallback;
}

const char *version(void) { return setting("APP_VERSION", "dev"); }

const char *replica(void) {
  static char name[65];
  if (!*name) gethostname(name, sizeof name - 1);
  return name;
}
