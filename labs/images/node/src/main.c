#include "lab.h"

#include <libgen.h>
#include <string.h>
#include <unistd.h>

// A small static C program rather than shell scripts and util-linux: the init hands over an open
// socket, maps ids and must reap, forward signals and restart daemons for the life of the node, and
// lab-enter must drop every descriptor before a hostile root can look at it. It costs 0.1 MB and no forks.
int main(int argc, char *argv[]) {
  const char *name = basename(argv[0]);
  if (!strcmp(name, "lab-enter")) return labEnterMain(argc, argv);
  if (!strcmp(name, "terminal")) return terminalMain(argc, argv);
  if (argc == 4 && !strcmp(argv[1], "--inside")) return innerInit(argv + 2);
  if (argc == 1 && getpid() == 1) return outerInit();
  fatal(EXIT_USAGE, "lab-init is the first process of a lab node and takes no arguments");
}
