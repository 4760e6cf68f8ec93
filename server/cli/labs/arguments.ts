import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { AuthorError } from './author-error.ts';

/** @throws {AuthorError} naming what was not understood */
export function readArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (failure) {
    throw new AuthorError(failure instanceof Error ? failure.message : String(failure), { cause: failure });
  }
}

/** @throws {AuthorError} for anything but a whole number from 1 to `max` */
export function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new AuthorError(`--${name} takes a whole number from 1 to ${max}, not "${text}".`);
}
