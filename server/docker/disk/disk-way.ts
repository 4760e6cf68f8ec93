import type { WallPart } from '#contract/wall.ts';

export interface NodeVolume {
  /** Name of the engine's volume that becomes the node's disk. */
  readonly name: string;
  readonly sizeMiB: number;
}

/** How the disk of a node gets its size on this engine. */
export interface DiskWay {
  readonly bound: Pick<WallPart, 'state' | 'detail'>;
  /** Options of the engine's `local` driver for a new volume. */
  volumeOptions(volume: NodeVolume): Record<string, string>;
  /** Fills a volume just made. */
  make(volume: NodeVolume): Promise<void>;
  /** Lets the engine mount a volume. Dispose when the container has started or could not: what is mounted stays. */
  attach(volumeName: string): Promise<AsyncDisposable>;
  /** Gives back what removed volumes left. */
  sweep(): Promise<void>;
}

/** For volumes that the engine mounts without our help. */
export const NOTHING: AsyncDisposable = { [Symbol.asyncDispose]: async () => {} };

/** Volumes that need nothing but their options. */
export function plainDisks(
  bound: DiskWay['bound'],
  volumeOptions: DiskWay['volumeOptions'] = () => ({}),
): DiskWay {
  return { bound, volumeOptions, make: async () => {}, attach: async () => NOTHING, sweep: async () => {} };
}

/** With a project quota below the engine's data, its own driver bounds a volume. */
export function quotaDisks(): DiskWay {
  return plainDisks(
    { state: 'holds', detail: "the engine's storage bounds each volume by quota" },
    (volume) => ({
      size: `${volume.sizeMiB}m`,
    }),
  );
}
