import { errorNotice } from './error-notice.ts';
import type { PowerSwitch } from './exercise-preparation.ts';
import { LabError } from './lab-error.ts';
import { BOOT_DEADLINE_MS, ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import type { LabSession } from './lab-session.ts';

/**
 * Cuts or restores the power of one node, when the learner's lab has switches. The session stays ready.
 * @throws {LabError} POWER_SWITCH_FORBIDDEN, NODE_UNKNOWN, LAB_BUSY, LAB_NOT_READY, TOO_MANY_REQUESTS
 */
export async function switchPower(
  parts: Pick<LabParts, 'host' | 'terminals' | 'log'>,
  session: LabSession,
  node: string,
  on: boolean,
): Promise<void> {
  const { definition } = session;
  if (!definition.powerSwitches)
    throw new LabError('POWER_SWITCH_FORBIDDEN', `lab ${definition.id} has no power switches`);
  if (!definition.nodes.some(({ name }) => name === node))
    throw new LabError('NODE_UNKNOWN', `lab ${definition.id} has no ${node}`, { params: { node } });
  await session.operateSwitch(node, async (signal) => {
    const { environment, grading } = session.running;
    if (session.poweredOff.includes(node) === !on) return;
    // First, so that nothing that follows from it can be seen before it.
    grading.recordPower(node, on);
    try {
      if (on) {
        const deadline = AbortSignal.timeout(BOOT_DEADLINE_MS);
        await parts.host.restorePower(environment, node, AbortSignal.any([signal, deadline]));
        session.setPoweredOff(session.poweredOff.filter((name) => name !== node));
      } else {
        // First as well: nobody may revive a node that is down on purpose.
        session.setPoweredOff([...session.poweredOff, node]);
        const deadline = AbortSignal.timeout(ENGINE_DEADLINE_MS);
        await parts.host.cutPower(environment, node, AbortSignal.any([signal, deadline]));
        await parts.terminals.closeNode(session.id, node);
        session.announce();
      }
    } catch (failure) {
      grading.recordPower(node, !on);
      if (!on) session.setPoweredOff(session.poweredOff.filter((name) => name !== node));
      // A change of the whole lab came between: that is what to tell.
      signal.throwIfAborted();
      throw failure;
    }
    parts.log.info({ labSessionId: session.id, node, on }, 'node switched');
  });
}

/** The node's `power` command has no answer to wait for: what goes wrong is told to the pages. Never throws. */
export async function switchPowerFromShell(
  parts: Pick<LabParts, 'host' | 'terminals' | 'log'>,
  session: LabSession,
  { node, on }: PowerSwitch,
): Promise<void> {
  try {
    await switchPower(parts, session, node, on);
  } catch (failure) {
    parts.log.warn({ err: failure, labSessionId: session.id, node, on }, 'node not switched');
    const told =
      failure instanceof LabError ? failure : new LabError('LAB_NODE_UNREACHABLE', String(failure));
    session.notify('warning', errorNotice(told));
  }
}
