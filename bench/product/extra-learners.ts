import { join } from 'node:path';
import { LearnerId } from '#contract/ids.ts';
import { randomId, randomToken } from '../../server/random-id.ts';
import { SqliteLoginStore } from '../../server/store/login-store.ts';
import { openStore } from '../../server/store/open.ts';
import { LearnerClient } from './learner-client.ts';

const TOKEN_LIFETIME_MS = 60_000;

/**
 * More learners for a server whose data folder is ours: alone mode knows a single one, with a single lab per
 * definition. Each gets a launch token like the first, written into the server's database.
 */
export async function extraLearners(
  server: { readonly dataDir: string; readonly origin: string },
  count: number,
  signal: AbortSignal,
): Promise<LearnerClient[]> {
  const database = openStore(join(server.dataDir, 'web/rollout-lab.db'));
  try {
    const logins = new SqliteLoginStore(database);
    const addLearner = database.prepare('INSERT INTO learner (id, name, created_at_ms) VALUES (?, ?, ?)');
    const tokens = Array.from({ length: count }, (_, index) => {
      const [id, token] = [LearnerId.parse(randomId(16)), randomToken()];
      addLearner.run(id, `bench ${index + 2}`, Date.now());
      logins.addLaunchToken(token, id, Date.now() + TOKEN_LIFETIME_MS);
      return token;
    });
    return await Promise.all(tokens.map((token) => LearnerClient.signIn(server.origin, token, signal)));
  } finally {
    database.close();
  }
}
