/** Something that an author must put right. Lines and columns count from 1. */
export interface CatalogProblem {
  /** Path below the labs folder's parent: `labs/numbers/lab.yaml`. */
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly problem: string;
}

export function problemLine({ file, line, column, problem }: CatalogProblem): string {
  const position = line === null ? '' : `:${line}:${column ?? 1}`;
  return `${file}${position}  ${problem}`;
}

/** Collects problems of a load that goes on after the first one, so that an author sees all of them. */
export class ProblemList {
  readonly #problems: CatalogProblem[] = [];

  add(file: string, problem: string, position: { line: number; column: number } | null = null): void {
    this.#problems.push({ file, line: position?.line ?? null, column: position?.column ?? null, problem });
  }

  get all(): readonly CatalogProblem[] {
    return this.#problems;
  }
}
