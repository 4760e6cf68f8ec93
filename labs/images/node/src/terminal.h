#ifndef TERMINAL_H
#define TERMINAL_H

#include "lab.h"

#define TERMINAL_LOCKS STATE_DIR "/terminals"

// One byte each of a terminal's lock file.
enum Lock { RUNNING, STARTING, ATTACHED };

// terminal-locks.c
void lockFileOf(const char *id, char *path, size_t size);
int openLocks(const char *id, int flags);          // -1 for a terminal that never ran
int openAlone(const char *id);                     // holds STARTING
bool take(int locks, enum Lock lock, int command); // F_SETLK or F_SETLKW
pid_t holder(int locks, enum Lock lock);           // 0: nobody

// session.c
pid_t childOf(pid_t parent); // 0: none
void endSession(pid_t session);

#endif
