// Name servers of the lab: those of LAB_DNS where it may leave its subnet. Without, looking up anything but
// its nodes fails at once, which keeps image pulls and deployments from waiting.
#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SWITCH "/etc/nsswitch.conf"

static void switchHosts(const char *sources) {
  char text[4096], changed[4200];
  if (readText(SWITCH, text, sizeof text) <= 0) return;
  char *line = strstr(text, "\nhosts:");
  if (!line) return;
  const char *rest = strchr(line + 1, '\n');
  *line = '\0';
  snprintf(changed, sizeof changed, "%s\nhosts: %s%s", text, sources, rest ? rest : "\n");
  if (!writeText(SWITCH, changed)) fatal(1, "can't write " SWITCH);
}

static void copyServers(char *servers, size_t size) {
  const char *given = mayLeaveSubnet() ? getenv("LAB_DNS") : NULL;
  snprintf(servers, size, "%s", given ? given : "");
}

char *firstNameServer(void) {
  static char server[256];
  copyServers(server, sizeof server);
  server[strcspn(server, " ")] = '\0';
  return *server ? server : "127.0.0.1";
}

void writeResolver(void) {
  char text[512] = "", servers[256];
  copyServers(servers, sizeof servers);
  for (char *rest = servers, *one; (one = strsep(&rest, " "));)
    if (*one) snprintf(text + strlen(text), sizeof text - strlen(text), "nameserver %s\n", one);
  switchHosts(*text ? "files dns" : "files");
  // Port 53 of the loopback is closed: the answer is a refusal, not a silence.
  strcat(text,
         *text ? "options timeout:2 attempts:2\n" : "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
  if (!writeText("/etc/resolv.conf", text)) fatal(1, "can't write /etc/resolv.conf");
}
