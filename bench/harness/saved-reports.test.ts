import { expect, test } from 'vitest';
import type { SuiteReport } from './report.ts';
import { withReports } from './saved-reports.ts';

const MACHINE = { startedAt: '2026-12-01T10:00', memoryMiB: 1024, loadAverage: [1, 2, 3] };
const REPORT = {
  suite: 'start',
  machine: MACHINE,
  loadAfter: [4, 5, 6],
  figures: [],
  missing: [{ name: 'echo', reason: 'no engine' }],
} as unknown as SuiteReport;

test('a suite that was measured fills its own block and no other', () => {
  const page = [
    '<!-- bench start -->',
    'old',
    '<!-- /bench -->',
    '<!-- bench map -->',
    'kept',
    '<!-- /bench -->',
  ];
  const written = withReports(page.join('\n'), [REPORT]);
  expect(written).toContain('2026-12-01 10:00');
  expect(written).toContain('- echo: no engine');
  expect(written).not.toContain('old');
  expect(written).toContain('kept');
});

test('writing twice changes nothing more', () => {
  const once = withReports('<!-- bench start -->\n<!-- /bench -->', [REPORT]);
  expect(withReports(once, [REPORT])).toBe(once);
});
