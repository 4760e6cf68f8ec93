import { type FSWatcher, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import type { LimitHit } from '#contract/api.ts';
import type { LabNodeRef, LimitWatch } from '../ports.ts';

const MAX_MARK_BYTES = 4096;
/** A change comes as several events, and the file is another one afterwards. */
const SETTLE_MS = 50;
/** For a node that is only just starting. */
const LOOK_AGAIN_MS = 2_000;

const Hit = z.object({ active: z.boolean(), sinceMs: z.number(), most: z.number() });
const Mark = z.object({ memory: Hit, processes: Hit, disk: Hit });
const KINDS = ['memory', 'processes', 'disk'] as const;

/**
 * What the nodes' inits write down of limits (`labs/images/README.md`). The files are watched one by one: a process
 * without root may read them and can't list the folder. Where no folder is shared nothing is heard.
 */
export class LimitMarks implements LimitWatch {
  watch(
    nodes: readonly LabNodeRef[],
    onChange: (limits: readonly LimitHit[]) => void,
    signal: AbortSignal,
  ): void {
    const known = new Map<string, readonly LimitHit[]>();
    let told = '[]';
    for (const { name, terminalFolder } of nodes) {
      if (terminalFolder === null) continue;
      const tell = (hits: readonly LimitHit[]): void => {
        known.set(name, hits);
        const limits = nodes.flatMap((node) => known.get(node.name) ?? []);
        const words = JSON.stringify(limits);
        if (words === told) return;
        told = words;
        onChange(limits);
      };
      watchFile(
        join(dirname(terminalFolder), 'limits'),
        async (path) => tell(await hitsIn(path, name)),
        signal,
      );
    }
  }
}

/** Calls back at first, and after each change of a file that is replaced as a whole. */
function watchFile(path: string, onChange: (path: string) => Promise<void>, signal: AbortSignal): void {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  const later = (ms: number): void => {
    clearTimeout(timer);
    watcher?.close();
    timer = setTimeout(look, ms).unref();
  };
  const look = (): void => {
    if (signal.aborted) return;
    try {
      watcher = watch(path, { persistent: false }, () => later(SETTLE_MS));
      watcher.on('error', () => later(LOOK_AGAIN_MS));
    } catch {
      later(LOOK_AGAIN_MS);
      return;
    }
    // Watched first and read then: what comes between is not missed.
    void onChange(path).catch(() => later(LOOK_AGAIN_MS));
  };
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    watcher?.close();
  });
  look();
}

async function hitsIn(path: string, node: string): Promise<LimitHit[]> {
  const file = await open(path);
  const buffer = Buffer.alloc(MAX_MARK_BYTES);
  const { bytesRead } = await file.read(buffer).finally(() => file.close());
  const mark = Mark.parse(JSON.parse(buffer.toString('utf8', 0, bytesRead)));
  return KINDS.flatMap((limit) => {
    const { active, sinceMs, most } = mark[limit];
    return active ? [{ node, limit, sinceMs, most }] : [];
  });
}
