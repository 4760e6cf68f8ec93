import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ProductServer } from './product-server.ts';

/** A launch link for somebody else on the same server. Alone mode has one learner; a class will have many. */
export function linkForSecondLearner(server: ProductServer): string {
  const database = new DatabaseSync(join(server.dataDir, 'web/rollout-lab.db'));
  try {
    const nowMs = Date.now();
    const learnerId = randomBytes(8).toString('hex');
    const token = randomBytes(32).toString('base64url');
    database.exec('PRAGMA busy_timeout = 5000');
    database
      .prepare('INSERT INTO learner (id, name, created_at_ms) VALUES (?, ?, ?)')
      .run(learnerId, 'second', nowMs);
    database
      .prepare('INSERT INTO launch_token (token_hash, learner_id, expires_at_ms) VALUES (?, ?, ?)')
      .run(createHash('sha256').update(token).digest('base64url'), learnerId, nowMs + 60_000);
    return `${server.origin}/#t=${token}`;
  } finally {
    database.close();
  }
}
