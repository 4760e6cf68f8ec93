import type { ServiceSpec, SwarmNode, SwarmView } from '#contract/swarm-snapshot.ts';

/** Nodes on which a global service runs a task: ready, active, and meeting the constraints. */
export function eligibleNodes(swarm: SwarmView, spec: ServiceSpec): SwarmNode[] {
  return swarm.nodes.filter(
    (node) =>
      node.state === 'ready' &&
      node.availability === 'active' &&
      spec.constraints.every((constraint) => meets(node, constraint)),
  );
}

const CONSTRAINT = /^\s*(\S+?)\s*(==|!=)\s*(.*?)\s*$/;

/** A constraint that this does not know excludes no node: the engine decides, not we. */
function meets(node: SwarmNode, constraint: string): boolean {
  const [, key, operator, wanted] = CONSTRAINT.exec(constraint) ?? [];
  if (key === undefined || wanted === undefined) return true;
  const actual = attribute(node, key);
  if (actual === undefined) return true;
  const equal = actual.toLowerCase() === wanted.toLowerCase();
  return operator === '==' ? equal : !equal;
}

function attribute(node: SwarmNode, key: string): string | undefined {
  const name = key.toLowerCase();
  if (name === 'node.id') return node.id;
  if (name === 'node.hostname') return node.hostname;
  if (name === 'node.role') return node.role;
  if (name.startsWith('node.labels.')) return node.labels[key.slice('node.labels.'.length)] ?? '';
  return undefined;
}
