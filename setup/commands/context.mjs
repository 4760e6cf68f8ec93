/**
 * What every command gets.
 * @typedef {object} CommandContext
 * @property {string[]} args
 * @property {import('../settings.mjs').Settings} settings
 * @property {import('../progress.mjs').Progress} progress
 * @property {AbortSignal} signal aborts on Ctrl-C, SIGTERM and a closed terminal
 *
 * @typedef {(context: CommandContext) => Promise<number>} Command its result is the exit code
 */

export {};
