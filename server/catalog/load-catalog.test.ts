import { describe, expect, test } from 'vitest';
import { makeLabsFolder, VALID_LABS } from '../testing/labs-folder.ts';
import { CatalogError } from './catalog-error.ts';
import { problemLine } from './catalog-problem.ts';
import { loadCatalog } from './load-catalog.ts';

const LAB = 'demo/lab.yaml';
const EXERCISE = 'demo/exercises/1.1-first/exercise.yaml';
const KO = 'demo/exercises/1.1-first/ko.yaml';
const EN = 'demo/exercises/1.1-first/en.yaml';
const CHECKS = 'demo/exercises/1.1-first/checks.ts';

/** Problems of the valid folder after changes; a file that becomes `null` is left out. */
async function problemsAfter(changes: Readonly<Record<string, string | null>>): Promise<string[]> {
  await using folder = await makeLabsFolder({ ...VALID_LABS, ...changes });
  try {
    await loadCatalog(folder.path);
    return [];
  } catch (failure) {
    if (!(failure instanceof CatalogError)) throw failure;
    return failure.problems.map(problemLine);
  }
}

function replaced(file: string, what: string, by: string): Record<string, string> {
  const text = VALID_LABS[file] ?? '';
  if (!text.includes(what)) throw new Error(`${file} does not contain ${what}`);
  return { [file]: text.replace(what, by) };
}

test('a folder that is right loads, in order', async () => {
  await using folder = await makeLabsFolder(VALID_LABS);
  const catalog = await loadCatalog(folder.path);
  expect(catalog.exercises().map((exercise) => exercise.id)).toEqual(['1.1-first']);
  const exercise = catalog.exercise('1.1-first');
  expect(exercise?.texts.ko.messages).toMatchObject({
    'needs-earlier': '먼저 {check}',
    'not-ready': '한국어 {n}',
  });
  expect(exercise?.wrongAnswers).toMatchObject([
    { script: 'idle', text: 'true\n', verdict: 'failed', harmless: false },
  ]);
});

test('all problems are told at once', async () => {
  const problems = await problemsAfter({ [KO]: null, ...replaced(LAB, 'cpus: 1', 'cpus: 99') });
  expect(problems.length).toBe(1);
  const both = await problemsAfter({ [KO]: null, [CHECKS]: null });
  expect(both.length).toBe(2);
});

describe('problems name file, line and column, and what is wrong', () => {
  test.each<[string, Record<string, string | null>, string]>([
    [
      'YAML that does not parse',
      replaced(LAB, 'id: demo', 'id: "demo'),
      'labs/demo/lab.yaml:11:1  Not valid YAML: ',
    ],
    [
      'a key twice',
      replaced(LAB, 'id: demo', 'id: demo\nid: demo'),
      'labs/demo/lab.yaml:3:1  Not valid YAML: Map keys must be unique',
    ],
    [
      'an unknown key',
      replaced(LAB, 'swarm:', 'swram:'),
      'labs/demo/lab.yaml:6:1  Unknown key "swram". Is it misspelt?',
    ],
    [
      'a missing key',
      replaced(EXERCISE, 'revision: 1\n', ''),
      'labs/demo/exercises/1.1-first/exercise.yaml:1:1  "revision" must be a number. It is missing.',
    ],
    [
      'a value out of range',
      replaced(LAB, 'cpus: 1', 'cpus: 99'),
      'labs/demo/lab.yaml:8:27  "limits.cpus": Too big',
    ],
    [
      'a format of the future',
      replaced(LAB, 'format: 1', 'format: 2'),
      'labs/demo/lab.yaml:1:1  "format" must be 1.',
    ],
    [
      'an id that is not the folder',
      replaced(LAB, 'id: demo', 'id: other'),
      'labs/demo/lab.yaml:2:1  The id must be',
    ],
    [
      'a missing files folder',
      replaced(LAB, 'files: files', 'files: nowhere'),
      'labs/demo/lab.yaml:7:1  There is no folder labs/demo/nowhere.',
    ],
    [
      'a probe of a node that is not there',
      replaced(LAB, 'files: files', 'probe: { port: 80, path: /ready, nodes: [node9] }\nfiles: files'),
      'labs/demo/lab.yaml:7:42  The probe names "node9", which is none of the nodes.',
    ],
    [
      'a node twice',
      replaced(LAB, '  - name: node1', '  - name: node1\n  - name: node1'),
      'labs/demo/lab.yaml:6:5  The node "node1" stands here twice.',
    ],
    [
      'a swarm of unknown nodes',
      replaced(LAB, 'swarm: none', 'swarm: { managers: [node2], workers: [] }'),
      'labs/demo/lab.yaml:6:21  The swarm names "node2"',
    ],
    [
      'an exercise without folder',
      replaced(LAB, '1.1-first', '1.1-frist'),
      'labs/demo/exercises/1.1-frist/exercise.yaml  This file is missing.',
    ],
    [
      'a folder that is not listed',
      replaced(LAB, '1.1-first', '1.1-frist'),
      'labs/demo/lab.yaml:9:1  The folder exercises/1.1-first is not listed',
    ],
    [
      'an exercise of another lesson',
      replaced(EXERCISE, "'1.1'", "'1.2'"),
      'exercise.yaml:3:1  The id must begin with its lesson, "1.2-".',
    ],
    [
      'a switch that is forbidden without a reason',
      replaced(EXERCISE, 'revision: 1\n', 'revision: 1\nforbids: [frozen]\n'),
      'en.yaml:1:1  "forbids" is missing: exercise.yaml forbids switches.',
    ],
    [
      'a reason without a forbidden switch',
      replaced(EN, 'messages:\n', 'forbids: Not here.\nmessages:\n'),
      '"forbids" is left over: exercise.yaml forbids no switch.',
    ],
    [
      'a switch that is none',
      replaced(EXERCISE, 'revision: 1\n', 'revision: 1\nforbids: [reboot]\n'),
      'exercise.yaml:',
    ],
    ['a missing language', { [EN]: null }, 'labs/demo/exercises/1.1-first/en.yaml  This file is missing.'],
    [
      'a missing message in one language',
      replaced(EN, '  mode-wrong: English\n', ''),
      'en.yaml:10:1  "mode-wrong" is missing under "messages"',
    ],
    [
      'other placeholders',
      replaced(EN, '{n}', '{count}'),
      'en.yaml:11:3  "not-ready" has the placeholders (count), in the Korean file (n).',
    ],
    [
      'a swarm without manager',
      replaced(LAB, 'swarm: none', 'swarm: { managers: [], workers: [node1] }'),
      'labs/demo/lab.yaml:6:10  "swarm.managers"',
    ],
    [
      'a swarm of an unknown node',
      replaced(
        LAB,
        'swarm: none',
        'swarm:\n  - { managers: [node1], workers: [] }\n  - { managers: [node2], workers: [] }',
      ),
      'labs/demo/lab.yaml:8:18  The swarm names "node2", which is none of the nodes.',
    ],
    [
      'a node in two swarms',
      replaced(
        LAB,
        'swarm: none',
        'swarm:\n  - { managers: [node1], workers: [] }\n  - { managers: [node1], workers: [] }',
      ),
      'labs/demo/lab.yaml:8:18  "node1" has a place already: manager or worker, in one swarm.',
    ],
    [
      'a start that asks questions',
      {
        'demo/exercises/1.1-first/start.ts':
          "export default [{ kind: 'question', id: 'here', messages: [], input: { type: 'text', maxLength: 9 }, evaluate() {} }];",
      },
      'start.ts  The default export does not fit: "0.kind" must be state.',
    ],
    [
      'a start with a message that does not exist',
      {
        'demo/exercises/1.1-first/start.ts':
          "export default [{ kind: 'state', id: 'here', messages: ['elsewhere'], evaluate() {} }];",
      },
      'ko.yaml:10:1  The check "here" needs the message "elsewhere".',
    ],
    [
      'a message that no check gives',
      replaced(KO, 'messages:\n', 'messages:\n  spare: 남음\n'),
      'ko.yaml:11:3  No check gives the message "spare".',
    ],
    [
      'a message that does not exist',
      replaced(CHECKS, "'not-ready'", "'not-ready', 'lost'"),
      'ko.yaml:10:1  The check "ready" needs the message "lost".',
    ],
    [
      'a check without title',
      replaced(KO, '  ready: 한국어\n', ''),
      'ko.yaml:3:1  "ready" is missing under "checks".',
    ],
    [
      'an option without text',
      replaced(EN, '    two: English\n', ''),
      'en.yaml:7:3  "two" is missing under "options.mode".',
    ],
    [
      'a hint too few',
      replaced(EXERCISE, 'hints: 1', 'hints: 2'),
      'ko.yaml:13:1  There are 1 hints; exercise.yaml says 2.',
    ],
    [
      'a wrong answer without script',
      { 'demo/exercises/1.1-first/wrong/idle.sh': null },
      'wrong/idle.sh  This file is missing.',
    ],
    [
      'a script that is not listed',
      { 'demo/exercises/1.1-first/wrong/spare.sh': 'true\n' },
      'exercise.yaml:7:1  wrong/spare.sh is not listed',
    ],
    [
      'a wrong answer to an unknown check',
      replaced(EXERCISE, 'check: ready', 'check: raedy'),
      'exercise.yaml:8:21  "idle" names the check "raedy"',
    ],
    [
      'a wrong answer with an unknown message',
      replaced(EXERCISE, 'message: not-ready', 'message: never'),
      'exercise.yaml:8:35  The check "ready" does not give the message "never".',
    ],
    ['checks that can’t be loaded', { [CHECKS]: 'export default [' }, "checks.ts  Can't be loaded: "],
    [
      'checks without default export',
      { [CHECKS]: 'export const checks = [];' },
      'checks.ts  There is no default export',
    ],
    [
      'a check without function',
      replaced(CHECKS, "evaluate: () => ({ verdict: 'passed' }) }", 'evaluate: 1 }'),
      'checks.ts  The default export does not fit: "0.evaluate"',
    ],
    [
      'a check that needs a later one',
      replaced(CHECKS, "needs: ['ready']", "needs: ['mode']"),
      'checks.ts:4:27  "mode" needs "mode", which is no check before it.',
    ],
    [
      'a check id twice',
      replaced(CHECKS, "id: 'mode'", "id: 'ready'"),
      'checks.ts:4:27  The check id "ready" is used twice.',
    ],
    [
      'a placeholder that a shared message never gets',
      replaced(KO, 'messages:\n', "messages:\n  needs-earlier: '{lost}'\n"),
      'ko.yaml:11:3  "needs-earlier" uses {lost}',
    ],
  ])('%s', async (_what, changes, expected) => {
    expect((await problemsAfter(changes)).join('\n')).toContain(expected);
  });
});

test('a few lines of aliases do not become gigabytes', async () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`)}]`),
  ];
  expect((await problemsAfter({ [LAB]: bomb.join('\n') })).join('\n')).toContain(
    'labs/demo/lab.yaml  Too many aliases',
  );
});

test('two labs can’t have the same exercise', async () => {
  const twin = Object.fromEntries(
    Object.entries(VALID_LABS).map(([name, content]) => [
      name.replace(/^demo/, 'twin'),
      name === LAB ? content.replace('id: demo', 'id: twin') : content,
    ]),
  );
  expect((await problemsAfter(twin)).join('\n')).toContain(
    'The exercise id "1.1-first" is used by the lab "demo" already.',
  );
});

test('only the first exercise of a lab can do without start.ts', async () => {
  const second = Object.fromEntries(
    Object.entries(VALID_LABS)
      .filter(([name]) => name.includes('1.1-first'))
      .map(([name, text]) => [
        name.replace('1.1-first', '1.1-second'),
        text.replace('1.1-first', '1.1-second'),
      ]),
  );
  const problems = await problemsAfter({
    ...second,
    ...replaced(LAB, '  - 1.1-first', '  - 1.1-first\n  - 1.1-second'),
  });
  expect(problems).toEqual([
    'labs/demo/exercises/1.1-second/start.ts  This file is missing: only the first exercise of a lab starts without it.',
  ]);
});
