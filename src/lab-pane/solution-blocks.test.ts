import { expect, test } from 'vitest';
import { solutionBlocks } from './solution-blocks.ts';

const commands = (script: string) =>
  solutionBlocks(script).flatMap((block) => (block.kind === 'command' ? [block.text] : []));

test('one command per line; comments become notes; shebang and empty lines go', () => {
  expect(
    solutionBlocks('#!/bin/sh\n# Merge\n# the files\ncd ch14/exercises\n\ndocker swarm init # once\n'),
  ).toEqual([
    { kind: 'comment', text: 'Merge the files' },
    { kind: 'command', text: 'cd ch14/exercises' },
    { kind: 'command', text: 'docker swarm init # once' },
  ]);
});

test('a continued line belongs to its command', () => {
  const merged = 'docker compose \\\n  -f a.yml \\\n  config > stack.yml';
  expect(commands(`${merged}\ndocker stack ps numbers`)).toEqual([merged, 'docker stack ps numbers']);
});

test('here-documents, open quotes and loops stay together', () => {
  const heredoc = "cat > a.yml <<'END'\nservices:\n  a: {}\nEND";
  const quoted = "echo 'one\ntwo'";
  const loop = 'until docker info; do\n  sleep 1\ndone';
  const branch = 'if true; then\n  echo a\nfi';
  const forLoop = 'for n in 1 2\ndo\n  echo $n\ndone';
  expect(commands([heredoc, quoted, loop, branch, forLoop, 'echo end'].join('\n'))).toEqual([
    heredoc,
    quoted,
    loop,
    branch,
    forLoop,
    'echo end',
  ]);
});

test('a script that stops in the middle still shows what it has', () => {
  expect(commands('docker stack deploy \\\n')).toEqual(['docker stack deploy \\']);
});

test('templates with braces are one line each', () => {
  expect(commands("docker service ls --format '{{.Name}} {{.Replicas}}'\ndocker ps")).toHaveLength(2);
});
