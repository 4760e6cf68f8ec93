// The frame filter between a lab and its network, in the container's network namespace, where only real root
// is: eth0 stays here without an address, and the lab gets one end of a veth pair as its own eth0 with the
// same MAC and address. nftables forwards what may pass from one device to the other; nothing else connects
// them.
#define _GNU_SOURCE
#include "lab.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RULES "/opt/rollout-lab"

// Comma-separated for nft, checked entry by entry; empty without any.
static void listAddresses(const char *variable, bool withPrefix, char *list, size_t size) {
  const char *given = getenv(variable);
  char copy[4096];
  *list = '\0';
  snprintf(copy, sizeof copy, "%s", given ? given : "");
  if (given && strlen(given) >= sizeof copy)
    fatal(EXIT_UNFIT, "%s is longer than %zu bytes", variable, sizeof copy - 1);
  for (char *rest = copy, *entry; (entry = strsep(&rest, " "));) {
    struct in_addr parsed;
    char ip[32];
    if (!*entry) continue;
    int length = (int)strcspn(entry, "/"), end = 0, prefix = 32;
    snprintf(ip, sizeof ip, "%.*s", length, entry);
    bool isRange = entry[length] == '/';
    if ((isRange && (!withPrefix || sscanf(entry + length, "/%2d%n", &prefix, &end) != 1 ||
                     entry[length + end] || prefix < 0 || prefix > 32)) ||
        inet_pton(AF_INET, ip, &parsed) != 1)
      fatal(EXIT_UNFIT, "%s has an entry that is not an IPv4 address%s: %s", variable,
            withPrefix ? " or range" : "", entry);
    size_t used = strlen(list);
    snprintf(list + used, size - used, "%s%s/%d", used ? ", " : "", ip, prefix);
    if (!withPrefix) *strrchr(list, '/') = '\0';
  }
}

static void writeRules(FILE *nft, const struct Network *network) {
  char list[8192];
  fprintf(nft,
          "define own_mac = %s\ndefine own_ip = %s\ndefine subnet = %s\ndefine gateway = %s\n"
          "define last_ip = %s\ninclude \"" RULES "/frames.nft\"\n",
          network->mac, network->ip, network->subnet, network->gateway, network->lastIp);
  if (!mayLeaveSubnet()) return;
  fputs("include \"" RULES "/egress.nft\"\n", nft);
  listAddresses("LAB_DENY", true, list, sizeof list);
  if (*list) fprintf(nft, "add element netdev lab denied { %s }\n", list);
  listAddresses("LAB_DNS", false, list, sizeof list);
  if (*list) fprintf(nft, "add element netdev lab name_servers { %s }\n", list);
}

static bool feed(const char *command, const char *script) {
  FILE *program = popen(command, "w");
  return program && fputs(script, program) >= 0 && pclose(program) == 0;
}

// A child, so that the rules are loaded while the init does other things.
pid_t startFilter(const struct Network *network) {
  char links[256], *rules = NULL;
  size_t size;
  if (!*network->ip) return 0;
  snprintf(links, sizeof links,
           "link add lab0 mtu %s type veth peer name lab1 address %s mtu %s\n"
           "link set eth0 addrgenmode none\nlink set lab0 addrgenmode none\naddr flush dev eth0\n",
           network->mtu, network->mac, network->mtu);
  FILE *text = open_memstream(&rules, &size);
  if (!text) fatal(1, "no memory for the frame filter");
  writeRules(text, network);
  fclose(text);
  pid_t pid = fork();
  if (pid < 0) fatal(1, "can't fork for the frame filter");
  if (pid == 0) _exit(feed("ip -batch -", links) && feed("nft -f -", rules) ? 0 : 1);
  free(rules);
  return pid;
}

static void giveToLab(const char *device, pid_t lab, const char *then) {
  char script[128];
  snprintf(script, sizeof script, "link set %s netns %d name eth0\n%s", device, lab, then);
  if (!feed("ip -batch -", script)) fatal(1, "can't hand %s to the lab", device);
}

bool handOverNetwork(pid_t filter, pid_t lab) {
  int status = 0;
  if (!filter) return true; // no network, nothing to filter
  if (waitpid(filter, &status, 0) == filter && exitCodeOf(status) == 0) {
    giveToLab("lab1", lab, "link set lab0 up\n");
    return true;
  }
  const char *accepted = getenv("LAB_UNFILTERED");
  if (!accepted || strcmp(accepted, "1"))
    fatal(EXIT_UNFIT, "the lab's frames can't be filtered: the kernel needs nf_tables with netdev and "
                      "nft_fwd_netdev, and veth (LAB_UNFILTERED=1 does without)");
  dprintf(STDERR_FILENO, "lab node: frames are not filtered, as LAB_UNFILTERED allows\n");
  run((const char *const[]){"ip", "link", "delete", "lab0", NULL});
  giveToLab("eth0", lab, "");
  return false;
}
