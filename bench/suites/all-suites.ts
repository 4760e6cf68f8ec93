import { burstSuite } from './burst.ts';
import { capacitySuite } from './capacity.ts';
import { checkSuite } from './check.ts';
import { classSuite } from './class.ts';
import { densitySuite } from './density.ts';
import { isolationSuite } from './isolation.ts';
import { mapSuite } from './map.ts';
import { pageSuite } from './page.ts';
import { resetSuite } from './reset.ts';
import { scalingSuite } from './scaling.ts';
import { startSuite } from './start.ts';
import type { Suite } from './suite.ts';
import { terminalSuite } from './terminal.ts';
import { wallSuite } from './wall.ts';

const SUITES: readonly Suite[] = [
  startSuite,
  terminalSuite,
  isolationSuite,
  wallSuite,
  mapSuite,
  capacitySuite,
  checkSuite,
  resetSuite,
  burstSuite,
  densitySuite,
  scalingSuite,
  pageSuite,
  classSuite,
];

export const SUITE_NAMES: readonly string[] = SUITES.map((suite) => suite.name);

export function suiteNamed(name: string): Suite {
  const suite = SUITES.find((candidate) => candidate.name === name);
  if (suite === undefined) throw new Error(`no suite is called ${name}`);
  return suite;
}
