import { expect, test } from 'vitest';
import { STORED_DATA } from '#contract/stored-data.ts';
import { openStore } from './open.ts';

test('the privacy page names every table and column of the database, and none that is not there', () => {
  const database = openStore(':memory:');
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name));
  const stored = tables.flatMap((table) =>
    database
      .prepare(`SELECT name FROM pragma_table_info(?)`)
      .all(table)
      .map(({ name }) => `${table}.${name}`),
  );
  const named = STORED_DATA.flatMap(({ tables: columns }) =>
    Object.entries(columns).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)),
  );
  expect(named.sort()).toEqual(stored.sort());
  expect(new Set(STORED_DATA.map(({ id }) => id)).size).toBe(STORED_DATA.length);
});

test('both languages say it, Korean politely and English without Hangul', () => {
  for (const { id, what, why, until, seenBy } of STORED_DATA) {
    for (const text of [what, why, until, seenBy]) {
      expect(text.ko, id).toMatch(/[가-힣]/);
      expect(text.ko, id).not.toMatch(/(다|자|라)\./);
      expect(text.en, id).not.toMatch(/[가-힣]/);
    }
  }
});
