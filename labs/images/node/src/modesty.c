// What every process of a lab starts with, whatever this engine hands out.
#define _GNU_SOURCE
#include "lab.h"

#include <sys/resource.h>

#define OPEN_FILES 16384
// Where the host itself runs out of memory, labs go before other programs: 30 weighs as 3 % of its memory. At
// the lab's own limit it weighs next to nothing, so the hog still dies before the lab's engine. Raising needs
// no privilege, and containers in the lab may still set 0.
#define EXPENDABLE "30"

void startModestly(void) {
  struct rlimit files;
  // Only ever lowered: raising is refused in many places. Engines hand out a million or more, for which
  // programs that close all they might have open take seconds.
  if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_max > OPEN_FILES) {
    files = (struct rlimit){.rlim_cur = OPEN_FILES, .rlim_max = OPEN_FILES};
    setrlimit(RLIMIT_NOFILE, &files);
  }
  writeText("/proc/self/oom_score_adj", EXPENDABLE);
}
