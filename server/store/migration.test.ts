import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { LearnerId } from '#contract/ids.ts';
import { SqliteLoginStore } from './login-store.ts';
import { openStore } from './open.ts';
import { SqliteProgressStore } from './progress-store.ts';
import { tokenHash } from './token-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollout-lab-migration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database as the version before the class wrote it, with a learner at work in it. */
function databaseBeforeTheClass(): string {
  const file = join(folder, 'before.db');
  const database = new DatabaseSync(file);
  const migrations = join(import.meta.dirname, 'migrations');
  const before = readdirSync(migrations)
    .filter((name) => name < '004')
    .sort();
  for (const name of before) database.exec(readFileSync(join(migrations, name), 'utf8'));
  database.exec(`PRAGMA user_version = ${before.length};
    INSERT INTO learner VALUES ('aaaaaaaaaaaaaaaa', 'learner', 1);
    INSERT INTO launch_token VALUES ('${tokenHash('link')}', 'aaaaaaaaaaaaaaaa', 9000);
    INSERT INTO login_session VALUES ('${tokenHash('cookie')}', 'aaaaaaaaaaaaaaaa', 1, 5);
    INSERT INTO lab_session VALUES ('bbbbbbbbbbbbbbbb', 'aaaaaaaaaaaaaaaa', 'numbers', NULL, 1, 'closed', NULL, 1, 2, '[]');
    INSERT INTO exercise_start VALUES ('bbbbbbbbbbbbbbbb', 1, '14.1-deploy', '{}', '{}');
    INSERT INTO history_entry VALUES ('bbbbbbbbbbbbbbbb', 1, 1, '{}');
    INSERT INTO attempt VALUES (1, 'aaaaaaaaaaaaaaaa', '14.1-deploy', 1, 'bbbbbbbbbbbbbbbb', 'button', 1, '{}', 7);
    INSERT INTO help_shown VALUES ('aaaaaaaaaaaaaaaa', '14.1-deploy', 1, NULL);`);
  database.close();
  return file;
}

test('a database from before the class keeps its learner signed in, with all that was done', () => {
  const database = openStore(databaseBeforeTheClass());
  const logins = new SqliteLoginStore(database);
  const learner = { id: LearnerId.parse('aaaaaaaaaaaaaaaa'), name: 'learner' };
  expect(logins.findLoginSession('cookie', 10)).toMatchObject({ learner, instructor: null });
  expect(logins.soleLearner(10)).toEqual(learner);
  expect(logins.useLaunchToken('link', 10)).toEqual(learner);
  expect(new SqliteProgressStore(database).progress(learner.id).get('14.1-deploy')).toMatchObject({
    completedAtMs: 7,
    attempts: 1,
    hintsShown: 1,
  });
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  database.close();
});
