// Names of the lab's nodes. The engine's DNS server stays behind in the outer network namespace, so names
// come from a file.
#define _GNU_SOURCE
#include "lab.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool isHostName(const char *name) {
  size_t length = strlen(name);
  if (length == 0 || length > 63 || *name == '-') return false;
  for (; *name; name++)
    if (!isalnum((unsigned char)*name) && *name != '-') return false;
  return true;
}

void writeHosts(const char *address) {
  char text[4096] = "127.0.0.1\tlocalhost\n", pairs[2048], own[64];
  const char *given = getenv("LAB_HOSTS"), *hostName = getenv("LAB_HOSTNAME");
  if (hostName && !isHostName(hostName)) fatal(EXIT_UNFIT, "LAB_HOSTNAME is not a host name");
  snprintf(pairs, sizeof pairs, "%s", given ? given : "");
  if (given && strlen(given) >= sizeof pairs)
    fatal(EXIT_UNFIT, "LAB_HOSTS is longer than %zu bytes", sizeof pairs - 1);
  bool named = false;
  for (char *rest = pairs, *name; (name = strsep(&rest, " "));) {
    if (!*name) continue;
    char *ip = strchr(name, '=');
    struct in_addr parsed;
    if (ip) *ip++ = '\0';
    if (!ip || !isHostName(name) || inet_pton(AF_INET, ip, &parsed) != 1)
      fatal(EXIT_UNFIT, "LAB_HOSTS has an entry that is not name=IPv4: %s", name);
    named |= hostName && !strcmp(name, hostName);
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s\t%s\n", ip, name);
  }
  snprintf(own, sizeof own, "%.*s", (int)strcspn(address, "/"), address);
  if (hostName && !named)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s\t%s\n", *own ? own : "127.0.0.1", hostName);
  if (!writeText("/etc/hosts", text)) fatal(1, "can't write /etc/hosts");
  if (hostName) {
    writeText("/etc/hostname", hostName);
    appendText("/etc/hostname", "\n");
  }
}
