import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId } from './random-id.ts';

/** The name under which this data folder's labs are labelled in the engine; made once. */
export async function ownerIdOf(dataDir: string): Promise<string> {
  const file = join(dataDir, 'owner-id');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[a-z0-9]{12}$/.test(known.trim())) return known.trim();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const id = randomId(12);
  await writeFile(file, `${id}\n`, { mode: 0o600 });
  return id;
}
