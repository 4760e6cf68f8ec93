import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { webFixture } from '../testing/web-fixture.ts';

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
}

let web: Awaited<ReturnType<typeof webFixture>>;
let description: Description;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
  description = (await web.anybody({ url: '/api/openapi.json' })).json();
});
afterEach(() => web.app.close());

test('the description is valid OpenAPI 3.1 and says of every route what it answers', async () => {
  const { valid, errors } = await new Validator().validate({ ...description });
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(description.openapi).toBe('3.1.0');
  for (const [path, methods] of Object.entries(description.paths)) {
    if (path === '/api/openapi.json') continue;
    for (const { responses } of Object.values(methods)) {
      const [answer] = Object.values(responses) as { readonly content?: object }[];
      expect(Object.keys(answer?.content ?? {}), path).toHaveLength(1);
    }
  }
});

test('it names what a key opens and nothing else', () => {
  expect(Object.keys(description.paths).sort()).toEqual(
    [
      '/api/cohorts',
      '/api/cohorts/{cohort}',
      '/api/cohorts/{cohort}/grades',
      '/api/cohorts/{cohort}/grades/attempts',
      '/api/cohorts/{cohort}/grades/attempts.csv',
      '/api/cohorts/{cohort}/grades/progress.csv',
      '/api/cohorts/{cohort}/learners',
      '/api/cohorts/{cohort}/roster.csv',
      '/api/openapi.json',
    ].sort(),
  );
});

test('every example of docs/api.md works as it stands there', async () => {
  const text = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const examples = [...text.matchAll(/^curl .*?"\$SERVER([^"]+)"/gm)].map(([, path = '']) => path);
  expect(examples.length).toBeGreaterThan(4);
  const { instructor, cohort } = web.joined ?? expect.unreachable();
  const { token } = web.apiTokens.make(instructor, { name: 'docs', scope: 'read', cohort: null, days: 1 });
  for (const example of examples) {
    const url = example.replace('$COHORT', cohort.id);
    const headers = { host: web.host, authorization: `Bearer ${token}` };
    const { statusCode } = await web.app.inject({ url, headers });
    expect([example, statusCode]).toEqual([example, 200]);
  }
});
