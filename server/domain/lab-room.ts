import type { LabReason, Shortage } from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import { ADMISSION, admit } from './admission.ts';
import { LabError } from './lab-error.ts';
import { ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import type { LabRegistry } from './lab-registry.ts';
import type { LabSession } from './lab-session.ts';

/** A lab at which nobody did anything for this long gives way, even with a page open on it. */
const UNUSED_MS = 60_000;

/** What other labs take, warm ones left out. */
export interface Others {
  /** Labs with a place. */
  readonly open: number;
  /** Nodes that are about to run: free memory does not show them yet. */
  readonly unseenNodes: number;
}

export interface RoomRequest {
  readonly learnerId: LearnerId;
  readonly definition: LabDefinition;
  /** Session that the lab is for; it needs no place beside itself. */
  readonly session: LabSession;
  readonly others: () => Others;
}

interface RoomMade {
  /** `null`: it fits. */
  readonly refusal: LabError | null;
  readonly lacks: Shortage | null;
  /** What the learner should know about labs that gave way. */
  readonly notices: readonly LocalizedText[];
}

/**
 * Sees to it that the machine can bear another lab. What costs nobody anything goes first: warm labs, then the
 * learner's own other labs that stand unused. Freezing them would not help: a frozen lab keeps its memory.
 */
export class LabRoom {
  readonly #parts: LabParts;
  readonly #registry: LabRegistry;
  readonly #close: (session: LabSession, why: LabReason) => Promise<void>;

  constructor(
    parts: LabParts,
    registry: LabRegistry,
    close: (session: LabSession, why: LabReason) => Promise<void>,
  ) {
    this.#parts = parts;
    this.#registry = registry;
    this.#close = close;
  }

  /** Whether a lab may be added that is booted already. */
  hasPlace({ others }: RoomRequest): boolean {
    return others().open < (this.#parts.maxLabs ?? Number.POSITIVE_INFINITY);
  }

  /** @throws {LabError} ENGINE_UNREACHABLE */
  async make(request: RoomRequest): Promise<RoomMade> {
    const notices: LocalizedText[] = [];
    const { pool } = this.#parts;
    let refusal = await this.#refusal(request);
    // Where no place is left, the room of warm labs would not help.
    while (refusal !== null && this.hasPlace(request) && (await pool.releaseOne()))
      refusal = await this.#refusal(request);
    for (const session of this.#unused(request)) {
      if (refusal === null) break;
      // It may have come into use while the others went.
      if (!this.#isUnused(session)) continue;
      notices.push(await this.giveWay(session, request.definition));
      refusal = await this.#refusal(request);
    }
    return { refusal, lacks: refusal && this.#shortage(request, refusal), notices };
  }

  #shortage(request: RoomRequest, { code }: LabError): Shortage {
    if (code === 'LAB_DISK_LOW') return 'disk';
    return this.hasPlace(request) ? 'memory' : 'places';
  }

  /** The learner's open lab that stands unused longest makes place for this one; `null`: none does. */
  longestUnused(learnerId: LearnerId): LabSession | null {
    return this.#unused({ learnerId, session: null })[0] ?? null;
  }

  /** @returns what to tell at the lab that takes its place */
  async giveWay(session: LabSession, definition: LabDefinition): Promise<LocalizedText> {
    const notice = gaveWayNotice(session.definition, definition);
    await this.#close(session, { cause: 'room', title: definition.title });
    const { id: labSessionId, learnerId } = session;
    this.#parts.log.info({ labSessionId, learnerId, for: definition.id }, 'unused lab gave way');
    return notice;
  }

  /**
   * Refuses what this machine could not bear even if all others went.
   * @throws {LabError} LAB_CAPACITY_REACHED, LAB_DISK_LOW, ENGINE_UNREACHABLE
   */
  async refuseHopeless(definition: LabDefinition, isFreeing: boolean): Promise<void> {
    const open = this.#registry.all().filter(({ environment, isBusy }) => environment !== null || isBusy);
    const capacity = await this.#parts.host.capacity(AbortSignal.timeout(ENGINE_DEADLINE_MS));
    const comesFree = open.reduce((sum, one) => sum + one.definition.nodes.length, this.#parts.pool.nodes);
    const memoryAvailableBytes = capacity.memoryAvailableBytes + comesFree * ADMISSION.memoryPerNodeBytes;
    const isWaitable = open.length > 0 || isFreeing;
    const diskFreeBytes = isWaitable ? Number.POSITIVE_INFINITY : capacity.diskFreeBytes;
    admit(
      { nodes: definition.nodes.length, runningLabs: 0, maxLabs: undefined },
      { ...capacity, memoryAvailableBytes, diskFreeBytes },
    );
  }

  async #refusal({ definition, others }: RoomRequest): Promise<LabError | null> {
    const capacity = await this.#parts.host.capacity(AbortSignal.timeout(ENGINE_DEADLINE_MS));
    const { open, unseenNodes } = others();
    const { maxLabs } = this.#parts;
    try {
      admit({ nodes: definition.nodes.length, runningLabs: open, unseenNodes, maxLabs }, capacity);
      return null;
    } catch (failure) {
      if (failure instanceof LabError) return failure;
      throw failure;
    }
  }

  /** Longest unused first. */
  #unused({ learnerId, session }: { learnerId: LearnerId; session: LabSession | null }): LabSession[] {
    return this.#registry
      .listOf(learnerId)
      .filter((one) => one !== session && this.#isUnused(one))
      .sort((a, b) => a.lastSeenAtMs - b.lastSeenAtMs);
  }

  #isUnused(session: LabSession): boolean {
    if (session.isBusy || session.environment === null) return false;
    const unusedMs = this.#parts.clock.nowMs() - session.lastSeenAtMs;
    return session.connections === 0 || unusedMs >= UNUSED_MS;
  }
}

function gaveWayNotice(closed: LabDefinition, opened: LabDefinition): LocalizedText {
  return {
    ko: `컴퓨터의 자원이 부족해서, 쓰지 않던 ‘${closed.title.ko}’ 실습 환경을 닫고 ‘${opened.title.ko}’ 실습 환경을 열었어요. 진행 상황은 그대로예요.`,
    en: `The machine is short of room: your unused lab “${closed.title.en}” was closed to open “${opened.title.en}”. Your progress is kept.`,
  };
}
