// The gallery's web page: the picture of the day, drawn from what iotd says about it.
#ifndef GALLERY_H
#define GALLERY_H

#include "http.h"

struct Visit {
  int status; // of iotd, 0 without an answer
  char title[80], titleKo[80], credit[40], hue[8], version[16], replica[80];
  char visits[16]; // empty when the access log does not answer
};

// page.c
void writePage(const struct Visit *visit, struct Response *response);
void writeLine(const struct Visit *visit, struct Response *response);

#endif
