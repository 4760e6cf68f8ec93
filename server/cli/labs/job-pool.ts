/** Work of different weight, so much of it at a time. */
export interface Job {
  /** Part of the pool's capacity that it takes while it runs; more than there is counts as all of it. */
  readonly weight: number;
  run(): Promise<void>;
}

/**
 * Runs jobs in their order, each as soon as there is room for it. None overtakes: a heavy job is not put off for ever
 * by light ones. Resolves when all have ended. @throws what the first failed job threw, when the ones under way have ended
 */
export async function runJobs(jobs: readonly Job[], capacity: number): Promise<void> {
  let free = capacity;
  let failure: { readonly cause: unknown } | null = null;
  const underWay = new Set<Promise<void>>();
  for (const job of jobs) {
    const weight = Math.min(job.weight, capacity);
    while (free < weight) await Promise.race(underWay);
    if (failure !== null) break;
    free -= weight;
    const running = job
      .run()
      .catch((cause: unknown) => {
        failure ??= { cause };
      })
      .finally(() => {
        free += weight;
        underWay.delete(running);
      });
    underWay.add(running);
  }
  await Promise.all(underWay);
  if (failure !== null) throw (failure as { readonly cause: unknown }).cause;
}
