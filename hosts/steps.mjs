import { SetupError } from '../setup/setup-error.mjs';
import { CHECKOUT, copyCheckout } from './checkout.mjs';
import { checkNothingIsLeft } from './leftovers.mjs';
import { lend } from './loans.mjs';
import { runServer } from './server-run.mjs';

/**
 * @typedef {object} StepContext
 * @property {import('./shell.mjs').Shell} shell
 * @property {number} patience factor on deadlines, and for programs that know PATIENCE
 * @property {boolean} isEmulated
 * @property {import('./options.mjs').Options} options
 * @property {AbortSignal} signal
 * @property {import('../setup/progress.mjs').StepHandle} step
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {string[]} [after] steps without which this one makes no sense
 * @property {(context: StepContext) => Promise<string>} run what was seen, in a few words; throws SetupError
 */

const NODE_IMAGE = `$(docker images rollout-lab/node --format '{{.Repository}}:{{.Tag}}' | head -1)`;

/** Latencies and floods say nothing about an emulated machine. */
const CORE_ATTACKS = `export ROLLOUT_LAB_ENGINE=unix:///var/run/docker.sock ROLLOUT_LAB_NODE_IMAGE=${NODE_IMAGE}
export ROLLOUT_LAB_DATA_DIR=/tmp/attacks-data ROLLOUT_LAB_PATIENCE=$PATIENCE
node_modules/.bin/node attacks/main.ts host facts swarm network home after`;

/** @type {Step[]} */
export const STEPS = [
  { name: 'checkout', title: 'the checkout comes in', run: copyCheckout },
  { name: 'loans', title: 'what this machine lends', after: ['checkout'], run: lend },
  {
    name: 'doctor',
    title: 'doctor finds nothing that stands in the way',
    after: ['checkout'],
    run: inCheckout('npm run doctor', { log: 'doctor', minutes: 1 }),
  },
  { name: 'start', title: 'npm start, from nothing to the address', after: ['checkout'], run: runServer },
  {
    name: 'node',
    title: 'a node by itself',
    after: ['start'],
    run: inCheckout(`labs/images/node/test-node.sh ${NODE_IMAGE}`, { log: 'node', minutes: 8 }),
  },
  {
    name: 'exercises',
    title: 'the exercises of section 14.1',
    after: ['start'],
    run: ({ options, ...context }) =>
      inCheckout(
        `exercises=$(ls -d labs/*/exercises/14.1-* | xargs -n 1 basename)
        status=0
        npm run -s labs -- test $exercises --jobs 1 --retries 1 --patience $PATIENCE --only solution || status=1
        npm run -s labs -- test 14.1-deploy --jobs 1 --retries 1 --patience $PATIENCE --only ${options.isThorough ? '.sh' : 'without-limits'} || status=1
        exit $status`,
        { log: 'exercises', minutes: options.isThorough ? 20 : 8 },
      )({ options, ...context }),
  },
  {
    name: 'attacks',
    title: 'attacks on the wall',
    after: ['start'],
    run: (context) =>
      inCheckout(context.isEmulated ? CORE_ATTACKS : 'npm run test:attacks', { log: 'attacks', minutes: 15 })(
        context,
      ),
  },
  { name: 'leftovers', title: 'nothing is left', after: ['start'], run: checkNothingIsLeft },
];

/**
 * @param {string} command
 * @param {{ log: string, minutes: number }} options
 * @returns {Step['run']} as kim, in the checkout; the last line says what was seen
 */
function inCheckout(command, { log, minutes }) {
  return async ({ shell, patience, step }) => {
    const { exitCode, output } = await shell.run(
      'kim',
      `cd ${CHECKOUT} && export PATIENCE=${patience}\n${command}`,
      {
        what: command.split('\n')[0] ?? '',
        deadlineMs: minutes * 60_000 * patience,
        log,
        onLine: step.detail,
      },
    );
    if (exitCode === 0) return output.at(-1) ?? '';
    throw new SetupError(`It ended with exit code ${exitCode}.`, { tail: output });
  };
}
