// The course's application: an API that gives random numbers, and a web page in front of it.
#ifndef NUMBERS_H
#define NUMBERS_H

#include "http.h"

// page.c
struct Answer {
  int status; // of the API, 0 without one
  char number[16], version[16], replica[80];
};
void writePage(const struct Answer *answer, struct Response *response);
void writeLine(const struct Answer *answer, struct Response *response);

#endif
