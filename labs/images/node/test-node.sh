#!/bin/bash
# Proves the node image on a real engine: ./test-node.sh [IMAGE]. Needs bash, docker, curl, jq, dtach and python3; makes
# containers, a network and volumes named lab-node-test*, and removes them.
set -u

image=${1:-rollout-lab/node:dev}
here=$(cd "$(dirname "$0")" && pwd)
files=$here/../../numbers/files
name=lab-node-test
base=3000000
bridge=lab-node-test
work=$(mktemp -d /tmp/lab-node-test.XXXXXX)
patience=${PATIENCE:-1} # multiplies every deadline, for emulated machines
passed=0 failed=0

ok() { passed=$((passed + 1)); echo "ok    $1"; }
not_ok() { failed=$((failed + 1)); echo "FAIL  $1${2:+: $2}"; }
check() { local what=$1; shift; if "$@" >"$work/out" 2>&1; then ok "$what"; else not_ok "$what" "$(tail -c 300 "$work/out")"; fi; }
is() { if [[ $2 == "$3" ]]; then ok "$1"; else not_ok "$1" "expected '$3', saw '$2'"; fi; }
within() { # within SECONDS WHAT COMMAND...
  local deadline=$((SECONDS + $1 * patience)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS > deadline)); then not_ok "$what" "not within the time"; return 1; fi
    sleep 0.1
  done
  ok "$what"
}
now_ms() { date +%s%3N; }

clean() {
  [[ -z ${listener-} ]] || kill "$listener" 2>/dev/null
  docker rm -f "$name" "$name-bad" "$name-2" "$name-out" "$name-plain" "$name-watch" >/dev/null 2>&1
  docker volume rm "$name" "$name-2" "$name-out" >/dev/null 2>&1
  docker network rm "$name" "$name-out" >/dev/null 2>&1
  rm -rf "$work"
}
trap clean EXIT
clean
mkdir -p "$work/share"
owner=12345 # stands for the user that the server runs as
[[ $(id -u) == 0 ]] && chown $owner "$work/share" || owner=$(id -u)

apparmor=()
if docker info -f '{{json .SecurityOptions}}' | grep -q apparmor; then apparmor=(--security-opt apparmor=unconfined); fi
cgroupns=()
if [[ $(docker info -f '{{.CgroupVersion}}') == 2 ]]; then cgroupns=(--cgroupns private); fi
caps=()
for cap in SYS_ADMIN SETUID SETGID NET_ADMIN CHOWN DAC_OVERRIDE SYS_CHROOT KILL; do caps+=(--cap-add "$cap"); done
create() { # create NAME [OPTION...]
  local container=$1
  shift
  docker create --name "$container" --cap-drop ALL "${caps[@]}" "${apparmor[@]}" "${cgroupns[@]}" \
    --security-opt no-new-privileges --security-opt "seccomp=$here/seccomp.json" --tmpfs /run --tmpfs /tmp \
    -e LAB_UID_BASE=$base -e LAB_HOSTNAME=node1 --memory 1500m --pids-limit 2000 "$@" "$image" >/dev/null
}
learner() { docker exec "$name" lab-enter bash -c "$1"; }
ns_root() { docker exec "$name" lab-enter -r bash -c "$1"; }
engine() { curl -s --max-time $((10 * patience)) --unix-socket "$work/share/engine.sock" "http://engine$1"; }
started() { [[ -e $work/share/ready || -e $work/share/failed ]]; }
start_node() {
  local from
  rm -f "$work/share/ready" # a crash leaves it behind
  from=$(now_ms)
  docker start "$name" >/dev/null
  until started || (($(now_ms) - from > 60000 * patience)); do sleep 0.01; done
  ready_ms=$(($(now_ms) - from))
}

echo "# start"
docker network create --internal --subnet 10.79.0.0/24 -o "com.docker.network.bridge.name=$bridge" "$name" >/dev/null || exit 1
create "$name" -v "$name:/lab/disk" -v "$work/share:/lab/share" --network "$name" --ip 10.79.0.2 \
  -e 'LAB_HOSTS=node1=10.79.0.2 node2=10.79.0.3' || exit 1
[[ ! -d $files ]] || docker cp "$files/." "$name:/lab/home/" >/dev/null
start_node
if [[ -e $work/share/failed ]]; then not_ok start "$(cat "$work/share/failed")"; docker logs "$name"; exit 1; fi
echo "      ready after $ready_ms ms: $(cat "$work/share/ready")"
check "ready in time" test "$ready_ms" -lt $((5000 * patience))
check "ready is JSON with engine and phases" jq -e '.engine and .api and .ms.namespaces and .ms.engine >= .ms.containerd' "$work/share/ready"
is "engine.sock answers the host" "$(engine /_ping)" OK
is "engine.sock is for its owner alone" "$(stat -c '%u %a' "$work/share/engine.sock")" "$owner 600"
is "ready is for its owner alone" "$(stat -c '%u %a' "$work/share/ready")" "$owner 600"

echo "# wall"
is "uid map" "$(ns_root 'echo $(cat /proc/self/uid_map)')" "0 $base 65536"
check "core_pattern can't be opened by root of the lab" ns_root '! : >>/proc/sys/kernel/core_pattern'
check "no user namespaces in the lab" ns_root '[[ $(cat /proc/sys/user/max_user_namespaces) == 0 ]]'
check "learner can't make a user namespace" learner '! unshare -Ur true'
check "share and outer tmpfs are not mounted in the lab" ns_root '! grep -E " (/lab/|/lab/share|/run/rollout-lab)" /proc/mounts && ! ls /lab'
check "system files can't be changed by root of the lab" ns_root '! : >>/etc/passwd && ! : >>/opt/rollout-lab/bin/lab-init'
check "home and engine's data lie on the one volume" \
  ns_root '[[ $(stat -c %d /home/learner) == $(stat -c %d /var/lib/docker) && $(stat -c %d /) != $(stat -c %d /home/learner) ]]'
is "nothing else but tmpfs can be written to by root of the lab" \
  "$(ns_root 'find / -xdev -writable ! -type l 2>/dev/null | sort | xargs')" "/home/learner /run /tmp /var/lib/docker"
check "open files end at 16384 at most" learner '(($(ulimit -Hn) <= 16384))'
check "no device nodes by root of the lab" ns_root '! mknod /tmp/disk b 254 0'
is "no setuid or setgid files" "$(ns_root 'find / -xdev -perm /6000 -type f 2>/dev/null')" ""
learner 'cat /proc/self/status' >"$work/status"
is "learner: no capabilities, no new privileges, seccomp" \
  "$(awk '/^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs|Seccomp):/ {printf "%s ", $2}' "$work/status")" \
  "0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 1 2 "
is "learner: id and groups" "$(learner 'id -u; id -g; id -Gn' | xargs)" "1000 1000 learner docker"
is "learner: no descriptors beyond stdio" "$(learner 'ls /proc/$$/fd; true' | grep -cvE '^(0|1|2|255)$')" 0
check "lab-enter lands in the lab's cgroup" learner '! grep -v -E ":(/|/init|/lab)$" /proc/self/cgroup'
is "hosts file" "$(learner 'getent hosts node2' | xargs)" "10.79.0.3 node2"
check "unknown names fail at once" learner "timeout $patience getent hosts registry-1.docker.io; [[ \$? == 2 ]]"
check "no way out" learner '! timeout 2 curl -s http://1.1.1.1'
is "exit codes pass through" "$(learner 'exit 7'; echo $?)" 7

check "the ready mark tells what the wall is made of" jq -e --arg map "0 $base 65536" '.wall | .uidMap == $map and .seccomp == 2 and
  .labProfile and .noNewPrivs == 1 and .networkFilter and .capabilities == "00000000002410e3"' "$work/share/ready"
check "and the versions of the image" jq -e '.versions | .["docker.io"] and .containerd and .crun' "$work/share/ready"
is "no runc but crun by its name" "$(ns_root 'readlink -f /usr/bin/runc; ls /usr/sbin/runc 2>/dev/null')" /usr/bin/crun
family() { ns_root "perl -e 'exit(socket(my \$s, $1, 3, ${2:-0}) ? 0 : \$!)'" >/dev/null 2>&1; echo $?; }
is "address families beyond the four are refused" "$(for one in 15 17 21 29 30 38 40 44; do family $one; done | sort -u)" 1
is "and netlink's XFRM and audit, but not its routes" "$(family 16 6) $(family 16 9) $(family 16 0)" "1 1 0"
syscall() { ns_root "perl -e 'exit(syscall($1, 0, 0, 0, 0, 0) < 0 ? \$! : 0)'" >/dev/null 2>&1; echo $?; }
if [[ $(uname -m) == x86_64 ]]; then
  # bpf perf_event_open userfaultfd io_uring_setup ptrace kexec_load init_module open_by_handle_at quotactl
  is "system calls that no lab needs are refused" "$(for one in 321 298 323 425 101 246 175 304 179; do syscall $one; done | sort -u)" 1
  # keyctl fsopen fsconfig
  is "and some are said not to exist, so that others fall back" "$(for one in 250 430 431; do syscall $one; done | sort -u)" 38
fi
check "of /sys nothing can be written" ns_root '! mkdir /sys/fs/cgroup/../x && ! echo 0 >/sys/kernel/mm/ksm/run'

is "no ssh server in a lab of one node" "$(ns_root 'pidof dropbear')" ""
learner 'power off node7' >"$work/out" 2>&1
is "power knows the lab's nodes" "$? $(tail -1 "$work/out")" "2 This lab has no node called node7. Its nodes: node1 node2"
learner 'power off node2' >"$work/out" 2>&1
is "power without a terminal says so" "$? $(grep -c 'ssh the option -t' "$work/out")" "3 1"

echo "# section 14.1 as the notes have it"
check "swarm init" learner 'docker swarm init'
merge='cd ch14/exercises && docker-compose -f ./numbers/docker-compose.yml -f ./numbers/prod.yml'
check "merge with docker-compose" learner "$merge config > stack.yml"
check "the same as docker stack config" learner \
  'cd ch14/exercises && docker stack config -c numbers/docker-compose.yml -c numbers/prod.yml | cmp - stack.yml'
check "a wrong file name fails with docker's words" learner \
  'cd ch14/exercises && ! docker-compose -f ./numvers/prod.yml config 2>err && grep "numvers/prod.yml: no such file" err; rm -f err'
from=$(now_ms)
check "deploy v1" learner 'cd ch14/exercises && docker stack deploy -c stack.yml numbers'
check "deploying does not wait for a registry" test $(($(now_ms) - from)) -lt $((3000 * patience))
replicas() { [[ $(learner 'docker stack services numbers --format "{{.Name}} {{.Replicas}} {{.Image}}"' | sort | xargs) == \
  "numbers_numbers-api 6/6 numbers-api:$1 numbers_numbers-web 1/1 numbers-web:$1" ]]; }
within 20 "6/6 and 1/1 on v1" replicas v1
is "limits reach the task" "$(learner 'docker inspect -f "{{.HostConfig.Memory}}" $(docker ps -qf name=numbers-api | head -1)')" 78643200
within 5 "the web answers on port 80 of the node" learner 'curl -sf http://node1/'
is "18 of 40 calls at most have a number" \
  "$(learner 'n=0; for i in {1..60}; do curl -sf http://127.0.0.1/ >/dev/null && n=$((n+1)); done; ((n <= 17)) && echo yes')" yes
check "replicas stay 6/6 although broken: v1 has no health check" replicas v1
check "merge v2 with --log-level at the end" learner \
  "$merge -f ./numbers/prod-healthcheck.yml -f ./numbers/v2.yml --log-level ERROR config > stack.yml"
check "--log-level before the files gives the same" learner "${merge/docker-compose/docker-compose --log-level ERROR} \
  -f ./numbers/prod-healthcheck.yml -f ./numbers/v2.yml config | cmp - stack.yml"
check "deploy v2" learner 'cd ch14/exercises && docker stack deploy -c stack.yml numbers'
update_is() { [[ $(learner "docker service inspect -f '{{.UpdateStatus.State}}' numbers_numbers-api") == "$1" ]]; }
within 90 "update completed" update_is completed
check "6/6 and 1/1 on v2" replicas v2
check "all API replicas are healthy" learner '[[ $(docker ps -qf name=numbers-api -f health=healthy | wc -l) == 6 ]]'
learner 'for i in {1..40}; do curl -s http://node1/ >/dev/null; done'
within 30 "a broken replica is replaced" learner 'docker service ps --no-trunc numbers_numbers-api | grep -q "unhealthy container"'
healthy_again() { replicas v2 && learner '[[ $(docker ps -qf name=numbers-api -f health=healthy | wc -l) == 6 ]]'; }
within 60 "the API heals" healthy_again

echo "# terminals"
check "terminal start" docker exec "$name" terminal start t-1 90 25
check "terminal start again changes nothing" docker exec "$name" terminal start t-1 90 25
docker exec "$name" terminal start 'no/good' 90 25 >/dev/null 2>&1
is "a bad id is refused" $? 2
is "its socket is for its owner alone" "$(stat -c '%u %a' "$work/share/terminals/t-1.sock")" "$owner 600"
cat >"$work/type.py" <<'PY'
import fcntl, os, pty, select, struct, sys, termios, time
master, slave = pty.openpty()
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 25, 90, 0, 0))
pid = os.fork()
if pid == 0:
    os.setsid()
    for fd in range(3): os.dup2(slave, fd)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.execvp(sys.argv[1], sys.argv[1:])
def read(seconds, until=b'\0'):
    seen, end = b'', time.time() + seconds
    while time.time() < end and until not in seen:
        if select.select([master], [], [], 0.05)[0]: seen += os.read(master, 65536)
    return seen
patience = int(os.environ.get('PATIENCE', '1'))
out = read(5 * patience, b'133;B')
for line in sys.stdin:
    os.write(master, line.strip().encode() + b'\r')
    out += read(5 * patience, b'133;B')
sys.stdout.buffer.write(out)
os.kill(pid, 9)
PY
attach() { python3 "$work/type.py" dtach -a "$work/share/terminals/t-1.sock" -E -z -r winch; }
attach >"$work/screen" <<<'echo size $(stty size) utf8 $(stty -a | grep -o " iutf8") tty $(tty); KEPT=yes; echo to-tty >$(tty)'
check "prompt and greeting reach the first client" grep -q 'learner@node1' "$work/screen"
check "size, iutf8 and tty" grep -qE 'size 25 90 utf8 iutf8 tty /dev/pts/' "$work/screen"
check "the terminal's name can be opened" grep -q '^to-tty' "$work/screen"
check "OSC 133 marks" grep -qaP '\x1b\]133;D;0\x07' "$work/screen"
attach >"$work/screen" <<<'echo kept=$KEPT; answer slot 3; sleep 300 & setsid -f sleep 301'
check "the shell survives a killed client" grep -q 'kept=yes' "$work/screen"
check "answers go out as a control sequence" grep -qaP '\x1b\]7717;answer;slot;Mw==\x07' "$work/screen"
through_exec() { python3 "$work/type.py" docker exec -it "$name" terminal attach t-1; }
through_exec >"$work/screen" <<<'stty rows 20; stty rows 25; echo again=$KEPT'
check "attach by docker exec" grep -q 'again=yes' "$work/screen"
is "terminal list" "$(docker exec "$name" terminal list)" t-1
from=$(now_ms)
check "terminal stop" docker exec "$name" terminal stop t-1
echo "      stopped in $(($(now_ms) - from)) ms"
is "stopped: socket and processes are gone" "$(ls "$work/share/terminals"; ns_root 'pgrep -f "sleep 300|bash -l"')" ""

. "$here/test-network.sh"

echo "# daemons that die"
before=$(ns_root 'pidof dockerd')
ns_root 'old=$(pidof dockerd); kill -9 $old; while kill -0 $old; do sleep 0.01; done' 2>/dev/null
is "a request while dockerd is down waits" "$(engine /_ping)" OK
check "dockerd is a new one" test "$(ns_root 'pidof dockerd')" != "$before"
within 60 "tasks come back" healthy_again
ns_root 'kill -9 $(pidof containerd)'
within 20 "containerd comes back and containers start" learner 'docker run --rm --entrypoint /numbers-api numbers-api:v1 health; [[ $? == 1 ]]'
ns_root 'kill -TERM 1'
sleep 0.5
check "root of the lab can't stop its init" ns_root true
is "no zombies" "$(ns_root 'ps -eo stat= | grep -c ^Z')" 0

learner 'while :; do sleep 60 & done' >/dev/null 2>&1 &
bomb=$!
sleep 3
check "a terminal starts while a learner forks without end" docker exec "$name" terminal start rescue 80 24
check "and what forks can be killed from outside" docker exec "$name" lab-enter sh -c 'kill -9 -1'
wait $bomb 2>/dev/null
docker exec "$name" terminal stop rescue

echo "# limits"
marked() { jq -e "$1" "$work/share/limits"; }
within 5 "refused forks stand in the mark" marked '.processes.hits == 1 and .processes.count > 0'
is "the mark may be read by anybody who comes to it" "$(stat -c '%a' "$work/share/limits")" 644
mounts='-v /usr:/usr -v /usr/lib:/lib -v /usr/lib64:/lib64'
learner "docker run --rm -m 48m $mounts --entrypoint /usr/bin/tail numbers-api:v1 /dev/zero" >/dev/null 2>&1
is "a container dies of its own limit" $? 137
sleep 2
check "which is no limit of the lab" marked '.memory.hits == 0'
learner 'tail /dev/zero' >/dev/null 2>&1
within 5 "a process killed at the lab's limit stands in the mark" marked '.memory.hits == 1 and .memory.most == 1500'
check "dockerd outlives the hog" test "$(engine /_ping)" = OK

echo "# stop, restart, crash"
from=$(now_ms)
docker stop "$name" >/dev/null
stop_ms=$(($(now_ms) - from))
echo "      docker stop took $stop_ms ms"
check "stop in time" test "$stop_ms" -lt $((3000 * patience))
is "exit code" "$(docker inspect -f '{{.State.ExitCode}}' "$name")" 0
is "no process of the lab is left" "$(ps -eo uid= | awk -v b=$base '$1 >= b && $1 < b + 65536' | wc -l)" 0
start_node
echo "      ready again after $ready_ms ms: $(cat "$work/share/ready")"
within 60 "swarm and stack are back after a restart" healthy_again
docker kill "$name" >/dev/null
start_node
within 60 "swarm and stack are back after a crash" healthy_again

echo "# start lines that can't work"
refused() { # refused WHAT WORDS OPTION...
  local what=$1 words=$2
  shift 2
  docker rm -f "$name-bad" >/dev/null 2>&1
  rm -rf "$work/bad" && mkdir "$work/bad"
  create "$name-bad" --network none -v "$work/bad:/lab/share" "$@" -v /lab/disk && timeout $((20 * patience)) docker start -a "$name-bad" >"$work/out" 2>&1
  local code=$?
  if ((code == 78)) && grep -q "$words" "$work/out"; then ok "$what"; else not_ok "$what" "exit $code: $(cat "$work/out")"; fi
  docker rm -fv "$name-bad" >/dev/null 2>&1
}
all=("${caps[@]}")
caps=(--cap-add SYS_ADMIN)
refused "missing capabilities" "CapAdd CHOWN DAC_OVERRIDE KILL SETGID SETUID NET_ADMIN SYS_CHROOT"
caps=("${all[@]}")
refused "bad uid base" LAB_UID_BASE -e LAB_UID_BASE=0
refused "bad hosts" LAB_HOSTS -e 'LAB_HOSTS=node1=nowhere'
check "the reason is in /lab/share/failed" grep -q LAB_HOSTS "$work/bad/failed"

echo "# clean-up"
docker rm -f "$name" >/dev/null
docker volume rm "$name" >/dev/null
is "nothing of the lab is mounted" "$(grep -c "$name" /proc/mounts)" 0
is "no cgroup is left" "$(find /sys/fs/cgroup -maxdepth 4 -type d -name lab 2>/dev/null | while read -r lab; do
  [[ $(stat -c %u "$lab") != "$base" ]] || echo "$lab"; done | wc -l)" 0

echo "$passed passed, $failed failed"
((failed == 0))
