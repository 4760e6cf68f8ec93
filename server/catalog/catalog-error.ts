import { type CatalogProblem, problemLine } from './catalog-problem.ts';

/** The labs folder can't be used. Names everything that is wrong, not only the first thing. */
export class CatalogError extends Error {
  override name = 'CatalogError';
  readonly problems: readonly CatalogProblem[];

  constructor(problems: readonly CatalogProblem[]) {
    const lines = problems.map((problem) => `  ${problemLine(problem)}`);
    super(`The lab definitions have ${problems.length} problem(s):\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
