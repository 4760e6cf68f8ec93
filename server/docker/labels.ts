/** Labels on everything that we make in the engine. They, not our memory, say what exists and whose it is. */
export const LABEL = {
  /** Who made it: one server's data folder, or one run of the author's command. */
  owner: 'rollout-lab.owner',
  environment: 'rollout-lab.environment',
  lab: 'rollout-lab.lab',
  node: 'rollout-lab.node',
  /** Names of all nodes of the environment, so that a missing one shows. */
  nodes: 'rollout-lab.nodes',
  /** Number behind the uid range and the subnet; unique on the engine while the network exists. */
  slot: 'rollout-lab.slot',
  createdAtMs: 'rollout-lab.created-at-ms',
  /** After this, any server on the engine may remove it. Set by short-lived owners. */
  expiresAtMs: 'rollout-lab.expires-at-ms',
} as const;
