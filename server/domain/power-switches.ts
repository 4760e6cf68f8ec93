import { mayFollow, type NodeCondition } from '#contract/node-condition.ts';
import { errorNotice } from './error-notice.ts';
import type { NodeSwitch } from './exercise-preparation.ts';
import { LabError } from './lab-error.ts';
import { BOOT_DEADLINE_MS, ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import type { LabSession } from './lab-session.ts';

type SwitchParts = Pick<LabParts, 'host' | 'terminals' | 'forbiddenSwitches' | 'log'>;

/**
 * Cuts the power of one node, freezes it, unplugs it from the network, or brings it back to normal, when the learner's
 * lab has switches and the exercise allows this one. The session stays ready.
 * @throws {LabError} POWER_SWITCH_FORBIDDEN, SWITCH_FORBIDDEN_HERE, NODE_UNKNOWN, NODE_NOT_ON, UNPLUG_IMPOSSIBLE, LAB_BUSY,
 * LAB_NOT_READY, TOO_MANY_REQUESTS
 */
export async function switchNode(
  parts: SwitchParts,
  session: LabSession,
  { node, to }: NodeSwitch,
): Promise<void> {
  refuseForbidden(parts, session, { node, to });
  await session.operateSwitch(node, async (signal) => {
    const { environment, grading } = session.running;
    const from = session.conditionOf(node);
    if (from === to) return;
    if (!mayFollow(from, to))
      throw new LabError('NODE_NOT_ON', `${node} of ${session.id} is ${from}`, { params: { node } });
    // First, so that nothing that follows from it can be seen before it.
    grading.recordPower(node, to);
    // First as well: nobody may revive a node that is down on purpose.
    if (to !== 'on') session.setCondition(node, to);
    try {
      const deadline = AbortSignal.timeout(to === 'on' ? BOOT_DEADLINE_MS : ENGINE_DEADLINE_MS);
      await parts.host.switchNode(environment, node, to, AbortSignal.any([signal, deadline]));
    } catch (failure) {
      grading.recordPower(node, from);
      session.setCondition(node, from);
      // A change of the whole lab came between: that is what to tell.
      signal.throwIfAborted();
      throw failure;
    }
    if (to === 'on') session.setCondition(node, to);
    await attendTerminals(parts, session, { node, from, to });
    parts.log.info({ labSessionId: session.id, node, from, to }, 'node switched');
  });
}

/** Shells end with the power. Those of a node that was frozen when the server started are joined once it is thawed. */
async function attendTerminals(
  { terminals }: SwitchParts,
  session: LabSession,
  { node, from, to }: NodeSwitch & { readonly from: NodeCondition },
): Promise<void> {
  if (to === 'off') await terminals.closeNode(session.id, node);
  else if (from === 'frozen') {
    const thawed = session.running.environment.nodes.filter(({ name }) => name === node);
    await terminals.adopt(session.id, thawed);
  } else return;
  session.announce();
}

function refuseForbidden(parts: SwitchParts, session: LabSession, { node, to }: NodeSwitch): void {
  const { definition, activeExercise } = session;
  if (!definition.powerSwitches)
    throw new LabError('POWER_SWITCH_FORBIDDEN', `lab ${definition.id} has no power switches`);
  if (!definition.nodes.some(({ name }) => name === node))
    throw new LabError('NODE_UNKNOWN', `lab ${definition.id} has no ${node}`, { params: { node } });
  const forbidden = activeExercise === null ? null : parts.forbiddenSwitches(activeExercise);
  if (forbidden === null || to === 'on' || !forbidden.switches.includes(to)) return;
  throw new LabError('SWITCH_FORBIDDEN_HERE', `${activeExercise} forbids ${to}`, {
    params: { reason: forbidden.reason },
  });
}

/** The node's `power` command has no answer to wait for: what goes wrong is told to the pages. Never throws. */
export async function switchNodeFromShell(
  parts: SwitchParts,
  session: LabSession,
  asked: NodeSwitch,
): Promise<void> {
  try {
    await switchNode(parts, session, asked);
  } catch (failure) {
    parts.log.warn({ err: failure, labSessionId: session.id, ...asked }, 'node not switched');
    const told =
      failure instanceof LabError ? failure : new LabError('LAB_NODE_UNREACHABLE', String(failure));
    session.notify('warning', errorNotice(told));
  }
}
