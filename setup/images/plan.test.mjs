import { expect, test } from 'vitest';
import { PATHS } from '../settings.mjs';
import { outdatedTags } from './old-images.mjs';
import { appTargets, planImages } from './plan.mjs';

test('each versioned stage of an app is an image, its build stages are not', () => {
  const dockerfile = [
    'FROM debian AS compiler',
    'FROM scratch AS api',
    'FROM api AS api-v1',
    'FROM api as api-v5-bad ',
    'FROM web AS web-v2',
  ].join('\n');
  expect(appTargets(dockerfile)).toEqual([
    { target: 'api-v1', name: 'api', version: 'v1' },
    { target: 'api-v5-bad', name: 'api', version: 'v5-bad' },
    { target: 'web-v2', name: 'web', version: 'v2' },
  ]);
});

test('the course’s images are planned under the names that its Compose files use', () => {
  const plan = planImages(PATHS.root);
  expect(plan.nodeTag).toMatch(/^rollout-lab\/node:[0-9a-f]{12}$/);
  expect(plan.apps.map(({ tag }) => tag)).toEqual(
    expect.arrayContaining([
      'numbers-api:v1',
      'numbers-api:v2',
      'numbers-api:v3',
      'numbers-api:v5',
      'numbers-web:v1',
      'numbers-front:v1',
      'gallery-iotd:v2',
    ]),
  );
});

test('only own images that are neither wanted nor young are outdated', () => {
  const nowMs = Date.UTC(2026, 0, 2);
  const old = nowMs / 1000 - 86_400;
  const images = [
    { RepoTags: ['rollout-lab/node:aaaaaaaaaaaa'], Created: old },
    { RepoTags: ['rollout-lab/node:bbbbbbbbbbbb'], Created: old },
    { RepoTags: ['rollout-lab/base:cccccccccccc'], Created: nowMs / 1000 - 60 },
    { RepoTags: ['rollout-lab/node:dev', 'postgres:17'], Created: old },
    { RepoTags: null, Created: old },
  ];
  expect(outdatedTags(images, { wanted: ['rollout-lab/node:aaaaaaaaaaaa'], nowMs })).toEqual([
    'rollout-lab/node:bbbbbbbbbbbb',
  ]);
});
