// The node's one address: read from eth0 of the container, and given to eth0 of the lab.
#include "lab.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void print(char *text, size_t size, uint32_t hostOrder) {
  inet_ntop(AF_INET, &(struct in_addr){.s_addr = htonl(hostOrder)}, text, (socklen_t)size);
}

static uint32_t ipOf(const struct sockaddr *address) {
  return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr);
}

static void readRoute(struct Network *network) {
  FILE *routes = fopen("/proc/net/route", "r");
  char line[256], name[IFNAMSIZ + 1];
  unsigned target, via;
  while (routes && fgets(line, sizeof line, routes)) {
    if (sscanf(line, "%16s %x %x", name, &target, &via) != 3 || strcmp(name, "eth0") || target || !via)
      continue;
    print(network->gateway, sizeof network->gateway, ntohl(via));
  }
  if (routes) fclose(routes);
}

static void readFact(const char *name, char *text, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/sys/class/net/eth0/%s", name);
  readText(path, text, size);
  text[strcspn(text, "\n")] = '\0';
}

void describeNetwork(struct Network *network) {
  struct ifaddrs *all = NULL;
  memset(network, 0, sizeof *network);
  if (getifaddrs(&all)) return;
  for (struct ifaddrs *one = all; one; one = one->ifa_next) {
    if (strcmp(one->ifa_name, "eth0") || !one->ifa_addr || one->ifa_addr->sa_family != AF_INET) continue;
    uint32_t ip = ipOf(one->ifa_addr), mask = ipOf(one->ifa_netmask);
    int prefix = __builtin_popcount(mask);
    print(network->ip, sizeof network->ip, ip);
    snprintf(network->address, sizeof network->address, "%s/%d", network->ip, prefix);
    print(network->subnet, sizeof network->subnet, ip & mask);
    snprintf(network->subnet + strlen(network->subnet), 4, "/%d", prefix);
    print(network->lastIp, sizeof network->lastIp, ip | ~mask);
    // An internal network has no route to tell the gateway; by custom it is the first address.
    print(network->gateway, sizeof network->gateway, (ip & mask) + 1);
  }
  freeifaddrs(all);
  readRoute(network);
  readFact("address", network->mac, sizeof network->mac);
  readFact("mtu", network->mtu, sizeof network->mtu);
}

bool mayLeaveSubnet(void) {
  const char *egress = getenv("LAB_EGRESS");
  return egress && !strcmp(egress, "1");
}

void configureNetwork(const char *address, const char *gateway) {
  char script[512];
  int length = snprintf(script, sizeof script, "link set lo up\n");
  if (*address)
    length += snprintf(script + length, sizeof script - (size_t)length,
                       "addr add %s broadcast + dev eth0\nlink set eth0 up\n", address);
  // Behind an internal network's gateway packets vanish: without the route everything outside fails at once.
  if (*gateway && mayLeaveSubnet())
    snprintf(script + length, sizeof script - (size_t)length, "route add default via %s\n", gateway);
  // Nothing of a lab speaks IPv6 to the outside, and the frame filter would drop it.
  writeText("/proc/sys/net/ipv6/conf/eth0/disable_ipv6", "1");
  FILE *batch = popen("ip -batch -", "w");
  if (!batch || fputs(script, batch) < 0 || pclose(batch)) fatal(1, "can't set up the lab's network");
}
