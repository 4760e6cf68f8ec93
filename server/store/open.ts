import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The database can't be used; the message says what the operator can do. */
export class StoreError extends Error {}

const MIGRATIONS = join(import.meta.dirname, 'migrations');

/**
 * Opens the database and brings it to the newest form. Several processes may have it open (`npm run link`).
 * @param file path, or `:memory:`
 * @throws {StoreError} when the file is damaged, not writable or from a newer version
 */
export function openStore(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
    );
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (check.quick_check !== 'ok') throw new Error(check.quick_check);
    migrate(database);
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof StoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(
      `The database ${file} can't be used: ${reason}.\n` +
        `Put back a copy of it, or move it away (mv ${file} ${file}.damaged) to start with an empty one.`,
      { cause },
    );
  }
}

function migrate(database: DatabaseSync): void {
  const files = readdirSync(MIGRATIONS)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort();
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > files.length) {
    throw new StoreError(
      `The database was written by a newer version of this program (schema ${version}, known ${files.length}). Update the program.`,
    );
  }
  for (const [index, name] of files.entries()) {
    if (index < version) continue;
    const sql = readFileSync(join(MIGRATIONS, name), 'utf8');
    database.exec(`BEGIN IMMEDIATE;\n${sql}\nPRAGMA user_version = ${index + 1};\nCOMMIT;`);
  }
}
