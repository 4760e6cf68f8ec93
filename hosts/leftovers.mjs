import { SetupError } from '../setup/setup-error.mjs';

const LIST = `
docker ps -a --format 'container {{.Names}}'
docker volume ls --format 'volume {{.Name}}'
docker network ls --filter type=custom --format 'network {{.Name}}'
ps -eo uid=,args= | awk '$1 >= 100000 && $1 < 4000000000 {print "process " $0}'
`;

/**
 * The machine's engine ran nothing but this product, so anything there is a leftover of it.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>}
 */
export async function checkNothingIsLeft({ shell, patience }) {
  const { output } = await shell.run('kim', LIST, {
    what: 'Looking for leftovers',
    deadlineMs: 30_000 * patience,
  });
  if (output.length === 0) return 'no container, volume, network or process';
  throw new SetupError(`${output.length} things are left.`, { tail: output });
}
