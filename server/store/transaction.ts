import type { DatabaseSync } from 'node:sqlite';

/** All of the work or, when it throws, nothing. Within a transaction that has begun it is part of that one. */
export function together<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (failure) {
    database.exec('ROLLBACK');
    throw failure;
  }
}
