import { expect, test } from 'vitest';
import { reportTable, type SuiteReport } from './report.ts';

const report: SuiteReport = {
  suite: 'terminal',
  machine: {
    cpuModel: 'Test CPU',
    cores: 2,
    memoryMiB: 24576,
    platform: 'linux x64',
    kernel: '6.18.0',
    cgroupVersion: '1',
    engineVersion: '20.10.24',
    storageDriver: 'overlay2',
    dockerProgramVersion: '28.2.2',
    nodeVersion: 'v24.21.0',
    loadAverage: [0.5, 0.4, 0.3],
    startedAt: '2026-11-22T21:00:00.000Z',
  },
  loadAfter: [2.5, 1.4, 0.3],
  figures: [
    {
      name: 'keystroke-echo',
      unit: 'ms',
      n: 600,
      median: 0.5,
      p95: 1.2,
      baseline: { name: 'docker exec -it', median: 1, p95: 2 },
      ratio: 0.5,
      goals: [{ of: 'ratio', atMost: 0.6, isMet: true }],
    },
    { name: 'server-rss', unit: 'MiB', n: 1, median: 60, p95: 60, baseline: null, ratio: null, goals: [] },
  ],
  missing: [{ name: 'bulk-output', reason: 'the lab node is gone' }],
};

test('a figure without a baseline shows dashes', () => {
  const line = reportTable(report)
    .split('\n')
    .find((one) => one.includes('server-rss'));
  expect(line?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    'server-rss',
    'MiB',
    '1',
    '60',
    '60',
    '-',
    '-',
    '-',
    '-',
    '-',
    '',
  ]);
});

test('all lines of the table are equally wide', () => {
  const widths = reportTable(report)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.length);
  expect(new Set(widths).size).toBe(1);
});

test('the machine, its load and what is missing are told', () => {
  const text = reportTable(report);
  expect(text).toContain('load before 0.5 0.4 0.3, after 2.5 1.4 0.3');
  expect(text).toContain('ratio ≤ 0.6: met');
  expect(text).toContain('bulk-output: the lab node is gone');
});
