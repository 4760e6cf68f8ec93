import type { InnerEngines } from './inner-engines.ts';

/** A swarm in the words of its own API, trimmed to what a map of it must show; lists are sorted. */
export interface SwarmTruth {
  /** Tasks that have not ended: `ID VERSION STATE on NODE`, or `ID VERSION coming` before they start. */
  readonly alive: readonly string[];
  /** Running ones that are wanted, by `SERVICE VERSION`. */
  readonly running: Readonly<Record<string, number>>;
  /** Ids of tasks that failed a moment ago. */
  readonly failed: readonly string[];
  /** State of the update by service. */
  readonly updates: Readonly<Record<string, string>>;
  /** `NODE ROLE STATE`. */
  readonly nodes: readonly string[];
}

interface Task {
  readonly ID: string;
  readonly ServiceID: string;
  readonly NodeID?: string;
  readonly DesiredState: string;
  readonly Spec: { readonly ContainerSpec: { readonly Image: string } };
  readonly Status: { readonly State: string; readonly Timestamp: string };
}
interface Service {
  readonly ID: string;
  readonly Spec: { readonly Name: string };
  readonly UpdateStatus?: { readonly State?: string };
}
interface Node {
  readonly ID: string;
  readonly Spec: { readonly Role: string };
  readonly Description: { readonly Hostname: string };
  readonly Status: { readonly State: string };
  readonly ManagerStatus?: { readonly Leader?: boolean };
}

const ENDED = /^(complete|shutdown|failed|rejected|remove|orphaned)$/;
/** Steps on the way to `starting`: some last a few milliseconds, and no two looks would agree on them. */
export const COMING = /^(new|pending|assigned|accepted|preparing|ready)$/;
/** Well within the time that the map shows what has ended. */
const JUST_NOW_MS = 12_000;

/** @param manager the node that is asked */
export async function swarmTruth(engines: InnerEngines, manager: string): Promise<SwarmTruth> {
  const [tasks, services, nodes] = await Promise.all([
    engines.get<Task[]>(manager, '/tasks'),
    engines.get<Service[]>(manager, '/services'),
    engines.get<Node[]>(manager, '/nodes'),
  ]);
  const hostnames = new Map(nodes.map((node) => [node.ID, node.Description.Hostname]));
  const names = new Map(services.map((service) => [service.ID, service.Spec.Name]));
  const down = new Set(nodes.filter(({ Status }) => Status.State === 'down').map(({ ID }) => ID));
  const running: Record<string, number> = {};
  for (const task of tasks) {
    if (task.Status.State !== 'running' || task.DesiredState !== 'running') continue;
    if (down.has(task.NodeID ?? '')) continue;
    const kind = `${names.get(task.ServiceID)} ${tagOf(task)}`;
    running[kind] = (running[kind] ?? 0) + 1;
  }
  return {
    alive: tasks
      .filter(({ Status }) => !ENDED.test(Status.State))
      .map((task) => {
        const what = `${task.ID} ${tagOf(task)}`;
        if (COMING.test(task.Status.State)) return `${what} coming`;
        return `${what} ${task.Status.State} on ${hostnames.get(task.NodeID ?? '') ?? 'none'}`;
      })
      .sort(),
    running,
    failed: tasks
      .filter(({ Status }) => /^(failed|rejected)$/.test(Status.State))
      .filter(({ Status }) => Date.now() - Date.parse(Status.Timestamp) < JUST_NOW_MS)
      .map(({ ID }) => ID)
      .sort(),
    updates: Object.fromEntries(
      services.map((service) => [service.Spec.Name, service.UpdateStatus?.State ?? 'none']),
    ),
    nodes: nodes
      .map(({ Spec, Description, Status, ManagerStatus }) => {
        const role = ManagerStatus?.Leader ? 'leader' : Spec.Role;
        return `${Description.Hostname} ${role} ${Status.State}`;
      })
      .sort(),
  };
}

function tagOf({ Spec }: Task): string {
  return Spec.ContainerSpec.Image.replace(/@.*/, '').split(':').at(-1) ?? '';
}
