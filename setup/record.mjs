import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PATHS } from './settings.mjs';

/**
 * What a step was last done for. A step clears its record before it starts and writes it when it is finished, so
 * that one that was killed half-way is done again.
 * @param {string} name
 * @param {string} [dir]
 */
export function stepRecord(name, dir = PATHS.records) {
  const file = path.join(dir, `${name}.json`);
  return {
    /** @param {string} inputs fingerprint */
    isFor(inputs) {
      try {
        return JSON.parse(readFileSync(file, 'utf8')).inputs === inputs;
      } catch {
        return false; // never done, or unreadable: do it
      }
    },
    clear() {
      rmSync(file, { force: true });
    },
    /** @param {string} inputs fingerprint */
    write(inputs) {
      mkdirSync(dir, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, `${JSON.stringify({ inputs, doneAtMs: Date.now() })}\n`);
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}
