import { type Logger, pino } from 'pino';

/**
 * One JSON line per event on standard output. By way of Node's own stream: pino's would wait for ever at exit, with
 * the process, for a reader that has gone.
 */
export function openLog(level: string): Logger {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, process.stdout);
}
