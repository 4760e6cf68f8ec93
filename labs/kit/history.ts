import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import { imageRef } from './image-ref.ts';

type EntryOf<T extends HistoryFact['type']> = HistoryEntry & { readonly type: T };

/** Entries of one type, oldest first, that belong to a service. */
export function entriesOf<
  T extends 'service-created' | 'spec-changed' | 'update-state' | 'task-state' | 'capacity' | 'health',
>(history: readonly HistoryEntry[], type: T, serviceId: string): EntryOf<T>[] {
  return history.filter(
    (entry): entry is EntryOf<T> => entry.type === type && (entry as EntryOf<T>).service.id === serviceId,
  );
}

/** Every image that the service's spec has asked for, oldest first, without repeats in a row. */
export function imagesSeen(history: readonly HistoryEntry[], serviceId: string): string[] {
  const images: string[] = [];
  for (const entry of history) {
    const seen = imagesOf(entry, serviceId).map(imageRef);
    for (const image of seen) if (images.at(-1) !== image) images.push(image);
  }
  return images;
}

function imagesOf(entry: HistoryEntry, serviceId: string): string[] {
  if (entry.type === 'service-created' && entry.service.id === serviceId) return [entry.image];
  if (entry.type === 'spec-changed' && entry.service.id === serviceId)
    return [entry.image.old, entry.image.new];
  return [];
}

export function imageSeen(history: readonly HistoryEntry[], serviceId: string, image: string): boolean {
  return imagesSeen(history, serviceId).includes(imageRef(image));
}

/** The states that a service's updates went through, oldest first; `null` where a deployment erased the status. */
export function updateStates(history: readonly HistoryEntry[], serviceId: string): (string | null)[] {
  return entriesOf(history, 'update-state', serviceId).map((entry) => entry.new);
}

/** Fewest running tasks between two moments, as far as the recorded capacity goes; `null` when nothing was recorded. */
export function minRunning(
  history: readonly HistoryEntry[],
  serviceId: string,
  between: { readonly fromMs: number; readonly toMs: number },
): number | null {
  const line = entriesOf(history, 'capacity', serviceId);
  const before = line.findLast((entry) => entry.atMs <= between.fromMs);
  const within = line.filter((entry) => entry.atMs > between.fromMs && entry.atMs <= between.toMs);
  const samples = [...(before ? [before] : []), ...within].map((entry) => entry.running);
  return samples.length === 0 ? null : Math.min(...samples);
}
