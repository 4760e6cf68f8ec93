import { parseArgs } from 'node:util';
import { SetupError } from '../setup/setup-error.mjs';

/**
 * @typedef {object} Options
 * @property {string[]} steps the names given; none means all
 * @property {boolean} keeps the machine stays until Ctrl-C, for a look inside or a later --join
 * @property {boolean} joins uses the machine that another run keeps
 * @property {boolean} takesHead puts the last commit in and not the working tree
 * @property {boolean} isFromScratch an emulated machine, too, installs the packages and builds the images itself
 * @property {boolean} isThorough every wrong answer of 14.1-deploy
 */

const USAGE = `usage: node hosts/main.mjs [--keep | --join] [--head] [--from-scratch] [--thorough] [STEP…]`;

/**
 * @param {string[]} args
 * @param {string[]} stepNames
 * @returns {Options}
 */
export function readOptions(args, stepNames) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { keep: flag, join: flag, head: flag, 'from-scratch': flag, thorough: flag },
    });
    const unknown = positionals.filter((name) => !stepNames.includes(name));
    if (unknown.length > 0)
      throw new Error(`No step is called ${unknown.join(', ')}: ${stepNames.join(', ')}.`);
    return {
      steps: positionals,
      keeps: values.keep,
      joins: values.join,
      takesHead: values.head,
      isFromScratch: values['from-scratch'],
      isThorough: values.thorough,
    };
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), {
      todo: USAGE,
      exitCode: 2,
    });
  }
}
