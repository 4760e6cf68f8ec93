import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

const CHECKS = `export default [
  { kind: 'state', id: 'ready', messages: ['not-ready'], evaluate: () => ({ verdict: 'passed' }) },
  {
    kind: 'question', id: 'mode', needs: ['ready'], messages: ['mode-wrong'],
    input: { type: 'choice', options: ['one', 'two'] }, evaluate: () => ({ verdict: 'passed' }),
  },
];
`;

const text = (words: string): string => `title: ${words}
goal: ${words}
checks:
  ready: ${words}
  mode: ${words}
options:
  mode:
    one: ${words}
    two: ${words}
messages:
  not-ready: '${words} {n}'
  mode-wrong: ${words}
hints:
  - ${words}
`;

/** A small labs folder that is right, by path below it. */
export const VALID_LABS: Readonly<Record<string, string>> = {
  'kit/messages.ko.yaml': 'needs-earlier: 먼저 {check}\n',
  'kit/messages.en.yaml': 'needs-earlier: First {check}\n',
  'demo/lab.yaml': `format: 1
id: demo
title: { ko: 예제, en: Demo }
nodes:
  - name: node1
swarm: none
files: files
limits: { memoryMiB: 512, cpus: 1, pids: 500, diskMiB: 1024 }
exercises:
  - 1.1-first
`,
  'demo/files/work/note.txt': 'hello\n',
  'demo/exercises/1.1-first/exercise.yaml': `format: 1
id: 1.1-first
lesson: '1.1'
revision: 1
hints: 1
settleSeconds: 30
wrong:
  - { script: idle, check: ready, message: not-ready }
`,
  'demo/exercises/1.1-first/ko.yaml': text('한국어'),
  'demo/exercises/1.1-first/en.yaml': text('English'),
  'demo/exercises/1.1-first/checks.ts': CHECKS,
  'demo/exercises/1.1-first/solution.sh': 'true\n',
  'demo/exercises/1.1-first/wrong/idle.sh': 'true\n',
};

export interface LabsFolder extends AsyncDisposable {
  /** Absolute path of a folder called `labs`. */
  readonly path: string;
}

/** Files on disk, inside the repository so that `#contract` and `#kit` resolve. Disposing removes them. */
export async function makeLabsFolder(files: Readonly<Record<string, string | null>>): Promise<LabsFolder> {
  const data = join(ROOT, '.data');
  await mkdir(data, { recursive: true });
  const folder = await mkdtemp(join(data, 'labs-test-'));
  const path = join(folder, 'labs');
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue;
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
