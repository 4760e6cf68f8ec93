/** What Docker's words for the usual failures come down to. `null`: they have to speak for themselves. */
export type TaskTrouble =
  | {
      readonly kind:
        | 'unhealthy'
        | 'killed'
        | 'engine-gone'
        | 'no-image'
        | 'no-node'
        | 'port-taken'
        | 'not-started';
    }
  | { readonly kind: 'constraints' | 'resources' | 'unavailable' | 'spread' | 'no-network' }
  | { readonly kind: 'exit'; readonly code: number };
export type TroubleKind = TaskTrouble['kind'];

/** In the order in which they are looked for: an unhealthy container has an exit code, too. */
const PATTERNS: readonly (readonly [RegExp, Exclude<TroubleKind, 'exit'>])[] = [
  [/unhealthy container/, 'unhealthy'],
  [/No such image|pull access denied|manifest unknown|not found: manifest/i, 'no-image'],
  [/host-mode port already in use|port is already allocated|address already in use/, 'port-taken'],
  [/scheduling constraints not satisfied/, 'constraints'],
  [/insufficient resources/, 'resources'],
  [/max replicas per node/, 'spread'],
  [/not available for new tasks/, 'unavailable'],
  [/no suitable node/, 'no-node'],
  [/network \S+ not found|could not find network/, 'no-network'],
  [/non-zero exit \(137\)/, 'killed'],
  // Docker's own code for a container that was gone when its engine came back.
  [/non-zero exit \(255\)/, 'engine-gone'],
  [/starting container failed|OCI runtime|executable file not found/, 'not-started'],
];

export function troubleIn(error: string): TaskTrouble | null {
  for (const [pattern, kind] of PATTERNS) if (pattern.test(error)) return { kind };
  const [, code] = /non-zero exit \((\d+)\)/.exec(error) ?? [];
  return code === undefined ? null : { kind: 'exit', code: Number(code) };
}
