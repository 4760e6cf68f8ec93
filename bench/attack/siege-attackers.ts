import { ATTACKERS } from '../../attacks/limits/attackers.ts';

/** An image with `yes` and `timeout`, put together inside the lab: nothing else in there prints as much. */
const FLOOD_IMAGE = 'bench-flood';

export const MAKE_FLOOD_IMAGE = `set -e
made=$(mktemp -d ~/flood.XXXXXX)
trap 'rm -rf "$made"' EXIT
programs="/usr/bin/yes /usr/bin/timeout"
cp -L --parents $programs $(ldd $programs | grep -o '/[^ ]*' | grep -v : | sort -u) "$made"
tar -C "$made" -c . | docker import - ${FLOOD_IMAGE} >/dev/null`;

/** Scripts for a learner's shell, in the order in which they start. Each ends by itself after these seconds. */
export const SIEGE_ATTACKERS: Readonly<Record<string, (seconds: number) => string>> = {
  'log flood': (seconds) =>
    `docker run --rm --log-driver json-file --log-opt max-size=100g ${FLOOD_IMAGE} timeout ${seconds} yes "$(head -c 4000 /dev/zero | tr '\\0' x)" >/dev/null; echo "ended $?"`,
  'event storm': (seconds) => `
    storm() { while ((SECONDS < end)); do
      id=$(curl -s --max-time 9 --unix-socket /var/run/docker.sock -H 'content-type: application/json' -d '{"Image":"${FLOOD_IMAGE}","Cmd":["yes"]}' http://engine/containers/create | grep -o '[0-9a-f]\\{64\\}')
      curl -s --max-time 9 --unix-socket /var/run/docker.sock -X DELETE "http://engine/containers/$id" && n=$((n + 1))
    done; echo "$n containers"; }
    end=$((SECONDS + ${seconds})) n=0; for i in 1 2 3 4; do storm & done; wait`,
  'disk fill': (seconds) => `
    end=$((SECONDS + ${seconds})) n=0; while ((SECONDS < end)); do
      timeout $((end - SECONDS + 1)) dd if=/dev/zero of=$HOME/.attack-fill bs=1M 2>/dev/null; rm -f $HOME/.attack-fill; n=$((n + 1))
    done; echo "filled $n times"`,
  'synced writes': from('disk'),
  'open files': from('files'),
  processor: from('processor'),
  memory: from('memory'),
  // At last: afterwards nobody else can start anything.
  forks: from('forks'),
};

/** For a shell that was killed before it could. */
export const AFTER_SIEGE = 'rm -rf ~/.attack-* ~/flood.*';

function from(name: string): (seconds: number) => string {
  const script = ATTACKERS[name];
  if (script === undefined) throw new Error(`no attacker is called ${name}`);
  return script;
}
