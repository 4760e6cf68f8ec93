import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pack } from 'tar-stream';

/** The lab's files as a tar for `/lab/home` in a node; the node's init gives them to the learner. */
export async function homeArchive(filesFolder: string): Promise<Buffer> {
  const archive = pack();
  const entries = await readdir(filesFolder, { recursive: true, withFileTypes: true });
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = posix.join(...path.slice(filesFolder.length + 1).split(/[\\/]/));
    const mode = entry.name.endsWith('.sh') ? 0o755 : 0o644;
    archive.entry({ name, mode, mtime: new Date(0) }, await readFile(path));
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
