import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Attack, broken, held, nothingFound, type Outcome } from '../attack.ts';
import { look } from '../ground/eye.ts';
import type { Ground } from '../ground/ground.ts';
import { lookAtProcesses } from '../ground/host-processes.ts';
import { type AttackLab, quoted } from '../ground/lab.ts';
import { bridgeOf, HostListener, hostAddresses } from '../ground/listeners.ts';
import { patiently } from '../ground/patience.ts';
import { arpFrame, BROADCAST_MAC, udpFrame } from './frames.ts';

/** Cloud providers' metadata and the link-local range behind it. */
const METADATA = '169.254.169.254';
const OUTSIDE = ['1.1.1.1', '8.8.8.8'];
const LAB_PORT = 7077;
/** Sending takes a container's start on a busy machine. */
const HEARING_SECONDS = 12;

interface Target {
  readonly kind: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
}

const probeText = (name: string): Promise<string> => readFile(join(import.meta.dirname, name), 'utf8');

/** @returns target in words → what happened */
async function connectTo(
  lab: AttackLab,
  targets: readonly Target[],
  node = 'node1',
): Promise<Map<string, string>> {
  const lines = targets.map((one) => `${one.kind} ${one.address} ${one.port} ${wordsOf(one)}`);
  const command = `perl -e ${quoted(await probeText('net-probe.pl'))} -- ${quoted(lines.join('\n'))} 2>&1`;
  const { output } = await lab.root(command, node);
  const found = new Map(output.split('\n').map((line) => line.split('\t') as [string, string]));
  if (!found.delete('end')) throw new Error(`the probe broke off: ${output.slice(-300)}`);
  return found;
}

const wordsOf = ({ kind, address, port }: Target): string => `${kind} ${address} ${port}`;

/**
 * The lab's own seccomp filter refuses packet sockets, so frames are sent and heard by an instrument in the node's network
 * namespace that has what no lab has: behind the filter stands the next wall, and it is the one on trial.
 */
async function frames(
  ground: Ground,
  lab: AttackLab,
  node: string,
  args: readonly string[],
  onText?: (text: string) => void,
): Promise<string> {
  const containerId = (await lab.container(node).inspect()).Id;
  const { own, processes } = await lookAtProcesses(ground, containerId, null);
  const inside = processes.find(
    ({ name, namespaces }) => name === 'lab-init' && namespaces['user'] !== own['user'],
  );
  if (inside === undefined) throw new Error('the lab’s own init was not seen');
  const probe = ['perl', '-e', await probeText('frame-probe.pl'), '--', ...args];
  const command = ['nsenter', `--net=/proc/${inside.pid}/ns/net`, ...probe];
  return look(ground.engine, ground.config.nodeImage, command, {
    moreCapabilities: ['SYS_ADMIN', 'NET_RAW'],
    ...(onText === undefined ? {} : { onText }),
  });
}

async function packetSockets(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const probe = `perl -e ${quoted(await probeText('frame-probe.pl'))} -- send eth0 ${'00'.repeat(20)} 2>&1`;
  const said = [await lab.root(probe), await lab.inWorstContainer(probe, '--network host')];
  const wasSent = said.some(({ output }) => output.includes('sent'));
  return wasSent ? broken('a packet socket opens') : held('refused');
}

async function sendFrames(
  ground: Ground,
  lab: AttackLab,
  all: readonly Buffer[],
  node = 'node1',
): Promise<void> {
  const said = await frames(ground, lab, node, [
    'send',
    'eth0',
    ...all.map((frame) => frame.toString('hex')),
  ]);
  if (!said.includes('sent')) throw new Error(`no frame could be sent: ${said}`);
}

/** Frames that arrive at a node while `use` runs, as hex. */
async function framesAt(
  ground: Ground,
  lab: AttackLab,
  node: string,
  use: () => Promise<void>,
): Promise<string[]> {
  const listening = Promise.withResolvers<void>();
  const hearing = frames(ground, lab, node, ['hear', 'eth0', String(HEARING_SECONDS)], () =>
    listening.resolve(),
  );
  await Promise.race([listening.promise, hearing]);
  await use();
  return (await hearing).split('\n');
}

interface Port {
  readonly address: string;
  readonly mac: string;
  readonly gateway: string;
  readonly bridge: string;
}

async function portOf(ground: Ground, lab: AttackLab, node = 'node1'): Promise<Port> {
  const { NetworkSettings } = await lab.container(node).inspect();
  const [network] = Object.values(NetworkSettings.Networks);
  const info = await ground.engine.getNetwork(network?.NetworkID ?? '').inspect();
  const options = info.Options as Record<string, string> | undefined;
  const config = info.IPAM?.Config?.[0] as { Gateway?: string } | undefined;
  const mac = (await lab.root('cat /sys/class/net/eth0/address', node)).output;
  return {
    address: network?.IPAMConfig?.IPv4Address ?? '',
    mac: /^[0-9a-f:]{17}$/.test(mac) ? mac : (network?.MacAddress ?? ''),
    gateway: config?.Gateway ?? '',
    bridge: options?.['com.docker.network.bridge.name'] ?? '',
  };
}

function judge(found: ReadonlyMap<string, string>, listener: HostListener): Outcome {
  const reached = [...found]
    .filter(([, result]) => /REACHED|ANSWERED/.test(result))
    .map(([target]) => target);
  return nothingFound(
    [...reached, ...[...listener.heard].map((text) => `heard: ${text}`)],
    'nothing reached, nothing heard',
  );
}

const both = (address: string, port: number): Target[] => [
  { kind: 'tcp', address, port },
  { kind: 'udp', address, port },
];

async function hostOverIpv4(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  await using listener = await HostListener.open();
  const { gateway, bridge } = await portOf(ground, lab);
  const addresses = [gateway, ...hostAddresses().ipv4];
  // An address beside ours reaches the link; the bridge's own hardware address is given to the attacker.
  const mac = bridgeOf(bridge)?.mac ?? BROADCAST_MAC;
  await lab.root(
    `ip route replace default via ${gateway} dev eth0 onlink; ip neigh replace ${gateway} lladdr ${mac} dev eth0 nud permanent`,
  );
  try {
    const found = await connectTo(
      lab,
      addresses.flatMap((address) => both(address, listener.port)),
    );
    await pause(300);
    return judge(found, listener);
  } finally {
    await lab.root(`ip route del default; ip neigh del ${gateway} dev eth0`);
  }
}

async function hostOverIpv6(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  await using listener = await HostListener.open();
  const bridge = bridgeOf((await portOf(ground, lab)).bridge);
  await lab.root(
    'for f in all default eth0; do echo 0 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done; ip link set eth0 down; ip link set eth0 up; sleep 2',
  );
  try {
    const addresses = [
      ...(bridge?.linkLocal ? [`${bridge.linkLocal}%eth0`] : []),
      'ff02::1%eth0',
      ...hostAddresses().ipv6,
    ];
    await lab.root('ip -6 route replace default dev eth0');
    const found = await connectTo(
      lab,
      addresses.flatMap((address) => both(address, listener.port)),
    );
    await pause(300);
    return judge(found, listener);
  } finally {
    await lab.root('for f in all default eth0; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done');
  }
}

async function broadcasts(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  await using listener = await HostListener.open();
  const port = await portOf(ground, lab);
  const bridgeMac = bridgeOf(port.bridge)?.mac ?? BROADCAST_MAC;
  const targets = ['255.255.255.255', port.gateway, ...hostAddresses().ipv4, '127.0.0.1'];
  const all = targets.flatMap((to) =>
    [BROADCAST_MAC, bridgeMac].flatMap((toMac) =>
      [port.address, '192.0.2.77'].map((from) =>
        udpFrame({
          fromMac: port.mac,
          toMac,
          from,
          to,
          port: listener.port,
          text: `frame from ${from} to ${to}`,
        }),
      ),
    ),
  );
  await sendFrames(ground, lab, all);
  await pause(1_000);
  return nothingFound([...listener.heard], 'the host heard none of them');
}

/** A listener in another lab: perl, as its root, on all addresses. */
const LAB_LISTENER = `perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); setsockopt(S,SOL_SOCKET,SO_REUSEADDR,1); bind(S,sockaddr_in(${LAB_PORT},INADDR_ANY)) or die; listen(S,9); alarm 25; while (accept(C,S)) { syswrite C, "lab\\n"; close C }' >/dev/null 2>&1 &`;

async function otherLab(ground: Ground): Promise<Outcome> {
  const [lab, neighbour] = await Promise.all([ground.attacker(), ground.neighbour()]);
  const [mine, theirs] = await Promise.all([portOf(ground, lab), portOf(ground, neighbour)]);
  await neighbour.root(LAB_LISTENER);
  const mac = bridgeOf(mine.bridge)?.mac ?? BROADCAST_MAC;
  await lab.root(
    `ip route replace default via ${mine.gateway} dev eth0 onlink; ip neigh replace ${mine.gateway} lladdr ${mac} dev eth0 nud permanent`,
  );
  const found = await connectTo(lab, [
    ...both(theirs.address, LAB_PORT),
    { kind: 'tcp', address: theirs.address, port: 22022 },
  ]);
  const arrived = await framesAt(ground, neighbour, 'node1', () =>
    sendFrames(
      ground,
      lab,
      [mac, BROADCAST_MAC, theirs.mac].map((toMac) =>
        udpFrame({
          fromMac: mine.mac,
          toMac,
          from: mine.address,
          to: theirs.address,
          port: LAB_PORT,
          text: 'from another lab',
        }),
      ),
    ),
  );
  await lab.root(`ip route del default; ip neigh del ${mine.gateway} dev eth0`);
  if (arrived[0] !== 'hearing') throw new Error(`nobody listened in the other lab: ${arrived[0]}`);
  const secret = Buffer.from('from another lab').toString('hex');
  const reached = [...found]
    .filter(([, result]) => /REACHED|ANSWERED/.test(result))
    .map(([target]) => target);
  if (arrived.some((frame) => frame.includes(secret))) reached.push('a frame arrived');
  return nothingFound(reached, 'nothing reached, no frame arrived');
}

async function sameLab(ground: Ground): Promise<Outcome> {
  const pair = await ground.pair();
  const [, second] = pair.environment.nodes;
  if (second === undefined) throw new Error('one node only');
  await pair.root(LAB_LISTENER, second.name);
  const { address } = await portOf(ground, pair, second.name);
  const found = await connectTo(pair, [{ kind: 'tcp', address, port: LAB_PORT }]);
  return [...found.values()].join() === 'REACHED' ? held('reached') : broken([...found.values()].join());
}

/** What a root who knows where the cable ends would try; a command that fails says so and the next one follows. */
const PLUG_IN = [
  'ip link set eth0 down; ip link set eth0 up',
  'ip link set lab0 up',
  'ip link set eth0 carrier on',
  'echo 1 > /sys/class/net/eth0/carrier',
  'ip link set eth0 address "$(cat /sys/class/net/eth0/address)"',
  'for ns in /proc/[0-9]*/ns/net; do nsenter --net="$ns" ip link set lab0 up; done',
  'ip link add lab0 link eth0 type macvlan mode bridge && ip link set lab0 up',
  'ip link set eth0 netns 1',
].join('\n');

async function plugIn(ground: Ground): Promise<Outcome> {
  const pair = await ground.pair();
  const [first, second] = pair.environment.nodes;
  if (first === undefined || second === undefined) throw new Error('one node only');
  const [mine, theirs] = await Promise.all([
    portOf(ground, pair, first.name),
    portOf(ground, pair, second.name),
  ]);
  const { host } = ground;
  const until = (): AbortSignal => AbortSignal.timeout(patiently(30_000));
  const target: Target = { kind: 'tcp', address: theirs.address, port: LAB_PORT };
  await host.switchNode(pair.environment, first.name, 'unplugged', until());
  try {
    await pair.root(PLUG_IN, first.name);
    await pair.inWorstContainer(PLUG_IN, '--network host --pid host --privileged');
    await pair.root(LAB_LISTENER, second.name);
    const found = await connectTo(pair, [target], first.name);
    const frame = udpFrame({
      ...{ fromMac: mine.mac, toMac: theirs.mac, from: mine.address, to: theirs.address },
      ...{ port: LAB_PORT, text: 'unplugged-frame' },
    });
    const arrived = await framesAt(ground, pair, second.name, () =>
      // Without a carrier a frame may not even leave its own device.
      sendFrames(ground, pair, [frame], first.name).catch(() => {}),
    );
    const reached = [...found.values()].filter((result) => /REACHED|ANSWERED/.test(result));
    if (arrived.some((one) => one.includes(hex('unplugged-frame')))) reached.push('a frame arrived');
    if (reached.length > 0) return broken(reached.join('; '));
  } finally {
    await host.switchNode(pair.environment, first.name, 'on', until());
  }
  await pair.root(LAB_LISTENER, second.name);
  const again = await connectTo(pair, [target], first.name);
  if ([...again.values()].join() !== 'REACHED')
    throw new Error('not even a node that is plugged in reaches it');
  return held('nothing reached, no frame arrived; plugged in by the server, it was reached');
}

async function outside(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const { gateway, bridge } = await portOf(ground, lab);
  const mac = bridgeOf(bridge)?.mac ?? BROADCAST_MAC;
  const targets = [METADATA, ...OUTSIDE].flatMap((address) => [
    { kind: 'tcp' as const, address, port: 80 },
    { kind: 'tcp' as const, address, port: 443 },
    { kind: 'tcp' as const, address, port: 53 },
  ]);
  const plain = await connectTo(lab, targets);
  await lab.root(
    `ip route replace default via ${gateway} dev eth0 onlink; ip neigh replace ${gateway} lladdr ${mac} dev eth0 nud permanent`,
  );
  const routed = await connectTo(lab, targets);
  await lab.root(`ip route del default; ip neigh del ${gateway} dev eth0`);
  const reached = [...plain, ...routed]
    .filter(([, result]) => /REACHED|ANSWERED/.test(result))
    .map(([target]) => target);
  return nothingFound([...new Set(reached)], 'nothing reached');
}

async function names(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const { gateway } = await portOf(ground, lab);
  const script = `getent hosts example.com deb.debian.org; perl -MSocket -e 'for (@ARGV) { socket(S,PF_INET,SOCK_DGRAM,0); send(S,pack("H*","123401000001000000000000076578616d706c6503636f6d0000010001"),0,sockaddr_in(53,inet_aton($_))) or next; vec($r="",fileno(S),1)=1; if (select($r,undef,undef,1) && defined recv(S,$b,512,0) && length $b) { print "answered by $_\\n" } }' 127.0.0.11 ${gateway} 169.254.169.253 ${OUTSIDE.join(' ')}`;
  const { output } = await lab.root(script);
  return nothingFound(output.split('\n').filter(Boolean), 'no answer, from nobody');
}

async function spoofed(ground: Ground): Promise<Outcome> {
  const pair = await ground.pair();
  const [first, second] = pair.environment.nodes;
  if (first === undefined || second === undefined) throw new Error('one node only');
  const [mine, theirs] = await Promise.all([
    portOf(ground, pair, first.name),
    portOf(ground, pair, second.name),
  ]);
  const stranger = '02:42:0a:d5:ee:ee';
  const udp = (from: string, fromMac: string, text: string): Buffer =>
    udpFrame({ fromMac, toMac: theirs.mac, from, to: theirs.address, port: LAB_PORT, text });
  const attempts: readonly (readonly [what: string, frame: Buffer, mark: string])[] = [
    ['spoofed address', udp('10.9.9.9', mine.mac, 'spoofed-address'), hex('spoofed-address')],
    ['gateway’s address', udp(mine.gateway, mine.mac, 'gateway-address'), hex('gateway-address')],
    ['spoofed hardware address', udp(mine.address, stranger, 'spoofed-mac'), hex('spoofed-mac')],
    [
      'ARP for the gateway',
      arpFrame(mine.mac, mine.gateway),
      arpFrame(mine.mac, mine.gateway).toString('hex'),
    ],
    [
      'ARP for the other node',
      arpFrame(mine.mac, theirs.address),
      arpFrame(mine.mac, theirs.address).toString('hex'),
    ],
    ['IPv6', ipv6Frame(mine.mac), ipv6Frame(mine.mac).toString('hex')],
  ];
  const honest = udp(mine.address, mine.mac, 'honest-frame');
  const arrived = await framesAt(ground, pair, second.name, () =>
    sendFrames(ground, pair, [...attempts.map(([, frame]) => frame), honest], first.name),
  );
  const has = (mark: string): boolean => arrived.some((frame) => frame.includes(mark));
  if (!has(hex('honest-frame'))) throw new Error('not even the honest frame arrived: nothing is proven');
  return nothingFound(
    attempts.filter(([, , mark]) => has(mark)).map(([what]) => `${what} arrived`),
    'only the honest frame arrived',
  );
}

const hex = (text: string): string => Buffer.from(text).toString('hex');

/** A neighbour solicitation to all nodes: enough to see whether IPv6 passes. */
function ipv6Frame(fromMac: string): Buffer {
  const mac = Buffer.from(fromMac.replaceAll(':', ''), 'hex');
  const ip = Buffer.from(
    '6000000000083afffe80000000000000000000000000bad1ff020000000000000000000000000001',
    'hex',
  );
  return Buffer.concat([
    Buffer.from('333300000001', 'hex'),
    mac,
    Buffer.from('86dd', 'hex'),
    ip,
    Buffer.from('8000000000000000', 'hex'),
  ]);
}

export const NETWORK_ATTACKS: readonly Attack[] = [
  {
    id: 'network/host-ipv4',
    tried:
      'TCP and UDP to a listener on the host: by the gateway’s address and every other IPv4 address of the host, with a route and the bridge’s hardware address set by hand',
    from: 'lab root',
    must: 'no connection, and the host hears nothing',
    run: hostOverIpv4,
  },
  {
    id: 'network/host-ipv6',
    tried: 'switch IPv6 on and reach a listener on the host by link-local, multicast and global addresses',
    from: 'lab root',
    must: 'no connection, and the host hears nothing',
    run: hostOverIpv6,
  },
  {
    id: 'network/packet-sockets',
    tried: 'open a packet socket, to make frames by hand',
    from: 'lab root',
    must: 'refused',
    run: packetSockets,
  },
  {
    id: 'network/host-frames',
    tried: 'hand-made frames to the host: broadcast and to the bridge itself, own and foreign source address',
    from: 'lab root',
    must: 'the host hears nothing',
    run: broadcasts,
  },
  {
    id: 'network/other-lab',
    tried: 'TCP, UDP and hand-made frames to a listener in another lab',
    from: 'lab root',
    must: 'no connection, no frame arrives',
    run: otherLab,
  },
  {
    id: 'network/same-lab',
    tried: 'TCP to another node of the same lab',
    from: 'lab root',
    must: 'reached: a lab’s nodes talk freely',
    run: sameLab,
  },
  {
    id: 'network/plug-in',
    tried:
      'plug a node in again that the learner’s switch has unplugged: by its own device, by the outer end, from a container with all rights',
    from: 'lab root',
    must: 'no connection, no frame arrives, until the server plugs it in',
    run: plugIn,
  },
  {
    id: 'network/spoofing',
    tried:
      'frames with a foreign address, a foreign hardware address, ARP for others and IPv6 to a node of the same lab',
    from: 'lab root',
    must: 'only an honest frame arrives',
    run: spoofed,
  },
  {
    id: 'network/outside',
    tried:
      'TCP to the metadata address and to the internet, without and with a route set by hand (egress off)',
    from: 'lab root',
    must: 'nothing answers',
    run: outside,
  },
  {
    id: 'network/names',
    tried: 'resolve names: by the system, the engine’s name server, the gateway and public ones',
    from: 'lab root',
    must: 'nobody answers',
    run: names,
  },
];
