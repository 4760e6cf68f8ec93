import { rowMaker } from './rows.mjs';

/** Title of each part's row, and what it takes. The parts are those of `contract/wall.ts`. */
const PARTS = {
  'user-namespace': ['Wall: user namespace', 'See the row User namespaces.'],
  overlay: ['Wall: overlay', 'Labs copy whole images without. See the row Kernel.'],
  seccomp: [
    'Wall: system calls',
    'The engine must be built with seccomp, and not start with it switched off.',
  ],
  'no-new-privileges': ['Wall: privileges', 'Another program changes how containers start on this engine.'],
  'network-filter': [
    'Wall: network filter',
    'The kernel needs nf_tables with netdev, nft_fwd_netdev and veth.',
  ],
  disk: ['Wall: disk', 'Loop devices and root for the server, or a project quota below the engine.'],
  'server-split': [
    'Wall: web process',
    'Start the server as root, with the engine’s socket closed to others.',
  ],
  versions: ['Wall: versions', 'Build the node image where a mirror has the newer packages.'],
};

/**
 * One row for each part that a running server has measured; without one, what can be said from outside.
 * @param {{ platform: string, isRoot: boolean, canMountLoops: boolean | undefined,
 *   wall: import('./measured-wall.mjs').MeasuredWall | undefined }} facts
 * @returns {import('./rows.mjs').Row[]}
 */
export function judgeWall({ platform, isRoot, canMountLoops, wall }) {
  if (wall) return wall.parts.map(judgePart(wall.mode));
  if (platform !== 'linux') return [];
  const disk = rowMaker('wall-disk', 'Wall: disk');
  const split = rowMaker('wall-server-split', 'Wall: web process');
  return [
    isRoot && canMountLoops
      ? disk.pass('loop devices are there; measured once the server runs')
      : disk.warn(
          isRoot ? 'no loop devices' : 'not root',
          'Labs can fill the disk, unless the engine has a project quota. Class mode asks for it.',
        ),
    isRoot
      ? split.pass('root: the web process can be a user of its own; measured once the server runs')
      : split.warn('not root', 'The web process holds the engine’s socket. Class mode asks for root.'),
  ];
}

/** @param {string} mode @returns {(part: import('./measured-wall.mjs').WallPart) => import('./rows.mjs').Row} */
function judgePart(mode) {
  return ({ part, state, detail = state }) => {
    const [title, todo] = PARTS[/** @type {keyof typeof PARTS} */ (part)] ?? [`Wall: ${part}`, ''];
    const row = rowMaker(`wall-${part}`, /** @type {string} */ (title));
    if (state === 'holds') return row.pass(detail);
    const found = state === 'unknown' ? `not known: ${detail}` : detail;
    const accepted = mode === 'class' ? 'Accepted by ROLLOUT_LAB_ACCEPT_RISK. ' : '';
    return row.warn(found, `${accepted}${todo}`);
  };
}
