import { NAME_MAX_CHARS, type NameFault, nameKey, readName } from '#contract/class-names.ts';
import { LabError } from '../lab-error.ts';

const CODES = { empty: 'NAME_EMPTY', long: 'NAME_TOO_LONG', characters: 'NAME_HAS_BAD_CHARACTERS' } as const;

/** A typed name as it is kept. @throws {LabError} NAME_EMPTY, NAME_TOO_LONG, NAME_HAS_BAD_CHARACTERS */
export function nameOf(typed: string): string {
  const read = readName(typed);
  if ('name' in read) return read.name;
  const fault: NameFault = read.fault;
  throw new LabError(CODES[fault], `the name is ${fault}`, { params: { max: NAME_MAX_CHARS } });
}

/** The name, or the first of `name 2`, `name 3` … that nobody has: two of the same name are told apart. */
export function distinctName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(nameKey(name))) return name;
  for (let number = 2; ; number++) {
    const ending = ` ${number}`;
    const start = [...name]
      .slice(0, NAME_MAX_CHARS - ending.length)
      .join('')
      .trimEnd();
    if (!taken.has(nameKey(start + ending))) return start + ending;
  }
}
