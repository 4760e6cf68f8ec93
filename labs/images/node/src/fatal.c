#include "lab.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int fatalReportFd = -1;

void fatal(int code, const char *format, ...) {
  char message[512];
  va_list values;
  va_start(values, format);
  vsnprintf(message, sizeof message, format, values);
  va_end(values);
  dprintf(STDERR_FILENO, "lab node: %s\n", message);
  if (fatalReportFd >= 0) {
    if (write(fatalReportFd, message, strlen(message)) < 0) { /* the exit code still tells */
    }
  } else if (getpid() == 1) {
    reportFailed(message);
  }
  exit(code);
}
