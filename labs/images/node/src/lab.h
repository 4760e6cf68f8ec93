// Shared by the node's init, lab-enter and terminal: one static program, three names.
#ifndef LAB_H
#define LAB_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define EXIT_USAGE 2
#define EXIT_LAB_DOWN 69 // EX_UNAVAILABLE
#define EXIT_UNFIT 78    // EX_CONFIG: this host or this start line can't run a lab node

#define LAB_IDS 65536
#define LEARNER_ID 1000

#define PROGRAM "/opt/rollout-lab/bin/lab-init"
#define IMAGES "/opt/rollout-lab/images.tar"
#define SHARE "/lab/share"
#define DISK "/lab/disk"
#define ENGINE_SOCKET SHARE "/engine.sock"
#define TERMINALS SHARE "/terminals"
#define STATE_DIR "/run/rollout-lab" // tmpfs of the outer container, real root only
#define LAB_PID_FILE STATE_DIR "/lab.pid"
#define CGROUPS "/sys/fs/cgroup"

// fatal.c: one line on stderr, and on fatalReportFd when that is set; then exit(code).
extern int fatalReportFd;
_Noreturn void fatal(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

// files.c
long readText(const char *path, char *text, size_t size); // bytes read, -1 on error; always ends in NUL
bool writeText(const char *path, const char *text);
bool appendText(const char *path, const char *text);
void makeDir(const char *path, mode_t mode); // with parents; fine if there already
typedef bool (*MountVisitor)(const char *target, const char *type, const char *options, void *context);
void eachMount(MountVisitor visit, void *context); // later mounts first; stops when visit returns false

// spawn.c
int run(const char *const argv[]); // waits; exit code, 128+n for signal n
int exitCodeOf(int status);

// clock.c
long nowMs(void); // monotonic
void sleepMs(long ms);

// preflight.c
void checkHost(void);

// share.c
int prepareShare(void); // listening engine socket
void reportFailed(const char *message);
void giveToShareOwner(const char *path);

// cgroup.c
bool isCgroup2(void);
void delegateCgroups(long uidBase); // outer init
void joinDelegatedCgroups(void);    // the process that becomes the lab
void mountDelegatedCgroups(void);   // inside the lab
void joinLabCgroups(void);          // a process on its way into a running lab

// network.c
struct Network {
  char address[64]; // with prefix length; empty without eth0, like all others
  char ip[16], subnet[24], lastIp[16], gateway[16];
  char mac[24], mtu[16];
};
void describeNetwork(struct Network *network);
bool mayLeaveSubnet(void);                                       // LAB_EGRESS
void configureNetwork(const char *address, const char *gateway); // inside the lab

// network-filter.c
pid_t startFilter(const struct Network *network); // 0: no network
bool handOverNetwork(pid_t filter, pid_t lab);    // whether frames are filtered

// resolver.c
void writeResolver(void);
char *firstNameServer(void); // for the lab's containers

// dial.c
#define DIAL_SOCKET SHARE "/dial.sock"
int openDialSocket(void);
pid_t startDialer(int listener, pid_t lab, const char *ip);

// Descriptors of the lab's init, the only ones from outside.
enum { LAB_ENGINE_FD = 3, LAB_PHASES_FD, LAB_FAILURES_FD };

// namespaces.c
struct Lab {
  pid_t pid;          // init of the lab, seen from outside
  int phases;         // its progress, one "name ms" line per phase
  int failures;       // its last words
  bool networkFilter; // whether what it sends is filtered where its root can't reach
};
struct Lab startLab(long uidBase, int engineListener, const struct Network *network, pid_t filter);

// modesty.c, disk.c, limits.c
void startModestly(void);
void prepareDisk(long uidBase);
void startLimitWatch(int listener);

// home.c, hosts.c
void installHome(long uidBase);
void writeHosts(const char *address);

// ipvs.c
enum { IPVS_WORKS, IPVS_REFUSED, IPVS_ABSENT };
int tryIpvs(pid_t lab); // the caller ends up in the lab's namespaces

// wall.c: fields of the ready mark
void describeWall(const struct Lab *lab, char *json, size_t size);

// outer.c, inner.c, supervise.c, report.c
int outerInit(void);
int innerInit(char *argv[]);
_Noreturn void superviseEngine(void);
_Noreturn void reportReady(long startedAtMs, long namespacesMs, const struct Lab *lab);

// identity.c: ids, capabilities and environment; from inside the lab's user namespace
gid_t findDockerGroup(void);
void becomeLearner(gid_t dockerGroup);
void becomeRoot(void);

// enter.c
struct Entry {
  bool asRoot;
  char *const *argv; // NULL: login shell
};
int enterLab(const struct Entry *entry); // exit code of the command

int labEnterMain(int argc, char *argv[]);
int terminalMain(int argc, char *argv[]);

#endif
