import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printedTable } from './printed-table.ts';

const output = (file: string) =>
  readFileSync(new URL(`../../content/outputs/${file}`, import.meta.url), 'utf8');
const shown = (file: string, keepsMinor: boolean) =>
  printedTable(output(file))?.lines.map((line) =>
    line
      .filter(({ isMinor }) => keepsMinor || !isMinor)
      .map(({ text }) => text)
      .join(''),
  );

test('leaves the ID and the only node out of a list of tasks', () => {
  const [header = '', first = ''] = shown('14.1/ps-updating.txt', false) ?? [];
  expect(header).toMatch(/^NAME {3,}IMAGE {3,}DESIRED STATE {3}CURRENT STATE/);
  expect(first).toMatch(/^numbers_numbers-api\.1 {3,}numbers-api:v1 {3}Running {3,}Running 8 seconds ago$/);
});

test('keeps every column aligned when a node ID is shortened', () => {
  const lines = shown('14.1/ps-updating.txt', false) ?? [];
  const at = lines[0]?.indexOf('IMAGE');
  expect(lines.slice(1).map((line) => line.search(/numbers-(api|web):v/))).toEqual(
    lines.slice(1).map(() => at),
  );
  expect(lines.at(-1)).toContain('\\_ numbers_numbers-web.yo03…   numbers-web:v1');
});

test('shows a list of services as it was printed', () => {
  expect(shown('14.1/services-v1.txt', true)).toEqual(output('14.1/services-v1.txt').trimEnd().split('\n'));
});

test('keeps IDs that were asked for in full, and the nodes where there are several', () => {
  expect(shown('14.3/ps-failed.txt', false)?.[1]).toMatch(/^to4flrwj36xicaa90e4qtxqbd /);
  const tasks =
    'ID             NAME    NODE      DESIRED STATE\nabcdefghijkl   api.1   node1     Running\nabcdefghijkm   api.2   node2     Running\n';
  expect(printedTable(tasks)?.lines[0]?.map(({ text, isMinor }) => (isMinor ? '' : text.trim()))).toEqual([
    '',
    'NAME',
    'NODE',
    'DESIRED STATE',
  ]);
});

test('shortens the IDs of nodes and leaves the engine version out', () => {
  const list =
    'ID                            HOSTNAME   STATUS    ENGINE VERSION\n' +
    '9deb6sbasjprpv5kvgs2k90gn *   node1      Ready     26.1.5+dfsg1\n' +
    'y7d2x8o821cotrc5t2jjxovh6     node2      Down      26.1.5+dfsg1\n';
  const lines = printedTable(list)?.lines.map((line) =>
    line
      .map(({ text, isMinor }) => (isMinor ? '' : text))
      .join('')
      .trimEnd(),
  );
  expect(lines).toEqual([
    'ID           HOSTNAME   STATUS',
    '9deb6sb… *   node1      Ready',
    'y7d2x8o…     node2      Down',
  ]);
});

test('takes no other output for a table', () => {
  expect(printedTable(output('14.1/ls.txt'))).toBeUndefined();
  expect(printedTable('REPOSITORY   TAG\nnumbers-api  v1\n')).toBeUndefined();
});
