// eth0 of the container becomes eth0 of the lab, with the same address.
#include "lab.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int prefixOf(const struct sockaddr *mask) {
  return __builtin_popcount(((const struct sockaddr_in *)(const void *)mask)->sin_addr.s_addr);
}

static void findGateway(char *gateway, size_t size) {
  FILE *routes = fopen("/proc/net/route", "r");
  char line[256], name[IFNAMSIZ + 1];
  unsigned target, via;
  while (routes && fgets(line, sizeof line, routes)) {
    if (sscanf(line, "%16s %x %x", name, &target, &via) != 3 || strcmp(name, "eth0") || target || !via)
      continue;
    inet_ntop(AF_INET, &(struct in_addr){.s_addr = via}, gateway, (socklen_t)size);
  }
  if (routes) fclose(routes);
}

void describeNetwork(struct Network *network) {
  struct ifaddrs *all = NULL;
  memset(network, 0, sizeof *network);
  if (getifaddrs(&all)) return;
  for (struct ifaddrs *one = all; one; one = one->ifa_next) {
    if (strcmp(one->ifa_name, "eth0") || !one->ifa_addr || one->ifa_addr->sa_family != AF_INET) continue;
    char text[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &((struct sockaddr_in *)(void *)one->ifa_addr)->sin_addr, text, sizeof text);
    snprintf(network->address, sizeof network->address, "%s/%d", text, prefixOf(one->ifa_netmask));
  }
  freeifaddrs(all);
  findGateway(network->gateway, sizeof network->gateway);
}

void handOverNetwork(pid_t pid) {
  char target[16];
  if (!if_nametoindex("eth0")) return;
  snprintf(target, sizeof target, "%d", pid);
  if (run((const char *const[]){"ip", "link", "set", "eth0", "netns", target, NULL}))
    fatal(1, "can't hand eth0 to the lab");
}

void configureNetwork(const struct Network *network) {
  char script[512];
  int length = snprintf(script, sizeof script, "link set lo up\n");
  if (*network->address)
    length += snprintf(script + length, sizeof script - (size_t)length,
                       "addr add %s broadcast + dev eth0\nlink set eth0 up\n", network->address);
  // Behind an internal network's gateway packets vanish: without the route everything outside fails at once.
  const char *egress = getenv("LAB_EGRESS");
  if (*network->gateway && egress && !strcmp(egress, "1"))
    snprintf(script + length, sizeof script - (size_t)length, "route add default via %s\n", network->gateway);
  // Nothing of a lab speaks IPv6 to the outside, and a link-local address would be a way to the host.
  writeText("/proc/sys/net/ipv6/conf/eth0/disable_ipv6", "1");
  FILE *batch = popen("ip -batch -", "w");
  if (!batch || fputs(script, batch) < 0 || pclose(batch)) fatal(1, "can't set up the lab's network");
}
