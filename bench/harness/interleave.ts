/**
 * Order of the runs: in every round each arm once, in a fresh random order. What the machine does meanwhile then
 * falls on all arms alike.
 */
export function* interleave<Arm>(
  rounds: number,
  arms: readonly Arm[],
  random: () => number = Math.random,
): Generator<{ readonly round: number; readonly arm: Arm }> {
  for (let round = 1; round <= rounds; round += 1) {
    for (const arm of shuffled(arms, random)) yield { round, arm };
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
