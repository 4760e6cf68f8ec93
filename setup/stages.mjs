/**
 * The stages of `npm test`, in their order. `npm test -- NAME…` runs some of them.
 *
 * `needs` is what set-up sees to before (the dependencies always); `isExclusive` stages of two test runs of one
 * checkout take turns; in `commands` the first word is a program of node_modules/.bin.
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} title
 * @property {import('./prepare.mjs').Need[]} needs
 * @property {string[][]} commands
 * @property {boolean} [isExclusive]
 * @property {boolean} [isOnDemand] runs only when it is named
 * @property {boolean} [countsItself] leaves its line of counts in the file that ROLLOUT_LAB_COUNTS_FILE names
 */

const TSCONFIGS = ['contract', 'labs', 'server', 'e2e', 'bench', 'setup', 'hosts', 'attacks'].map(
  (folder) => `${folder}/tsconfig.json`,
);

/** TypeScript 7; the `tsc` of node_modules/.bin is the older one that astro check stands on. */
const TSC = 'node_modules/typescript-7/bin/tsc';

/** @type {Stage[]} */
export const STAGES = [
  { name: 'lint', title: 'style and import direction', needs: [], commands: [['biome', 'ci', '.']] },
  {
    name: 'types',
    title: 'types',
    needs: [],
    isExclusive: true, // astro check writes .astro/
    commands: [
      ['astro', 'check'],
      ...[...TSCONFIGS, 'tsconfig.tests.json', 'tsconfig.json'].map((config) => ['node', TSC, '-p', config]),
    ],
  },
  { name: 'dead-code', title: 'unused files, exports and packages', needs: [], commands: [['knip']] },
  {
    name: 'unit',
    title: 'unit and contract tests',
    needs: ['terminals'],
    commands: [['vitest', 'run', '--project', 'unit']],
  },
  {
    name: 'labs',
    title: 'every exercise on a real swarm',
    needs: ['terminals', 'engine', 'images'],
    isExclusive: true,
    commands: [
      ['vitest', 'run', '--project', 'engine'],
      [
        'node',
        'server/cli/labs.ts',
        'test',
        '--retries',
        '1',
        '--share',
        process.env.ROLLOUT_LAB_WRONG_ANSWERS || '1/1',
      ],
    ],
  },
  {
    name: 'attacks',
    title: 'attempts to get out of a lab, into another one, or in the way',
    needs: ['terminals', 'engine', 'images', 'site'],
    isExclusive: true,
    countsItself: true,
    commands: [['node', 'attacks/main.ts']],
  },
  {
    name: 'e2e',
    title: 'the whole product in a browser',
    needs: ['terminals', 'engine', 'images', 'site', 'browser'],
    isExclusive: true,
    commands: [['playwright', 'test', '--project', 'product']],
  },
  {
    name: 'chapter',
    title: 'all six sections in both languages, by typing',
    needs: ['terminals', 'engine', 'images', 'site', 'browser'],
    isExclusive: true,
    isOnDemand: true, // both languages take longer than everything else together
    commands: [['playwright', 'test', '--project', 'chapter']],
  },
  {
    name: 'hosts',
    title: 'the product in a virtual machine, as an ordinary user of Debian',
    needs: [],
    isExclusive: true,
    isOnDemand: true, // makes a machine first, and most have to emulate it
    commands: [['node', 'hosts/main.mjs']],
  },
];

/**
 * @param {string[]} names
 * @param {Stage[]} [stages]
 * @returns {{ selected: Stage[], unknown: string[] }} in the order of the table; without names all but those on demand
 */
export function selectStages(names, stages = STAGES) {
  return {
    selected:
      names.length === 0
        ? stages.filter(({ isOnDemand }) => isOnDemand !== true)
        : stages.filter(({ name }) => names.includes(name)),
    unknown: names.filter((wanted) => !stages.some(({ name }) => name === wanted)),
  };
}
