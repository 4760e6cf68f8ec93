import type { LabDefinition } from '#contract/definitions.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import { admit } from './admission.ts';
import { LabError } from './lab-error.ts';
import { ENGINE_DEADLINE_MS, type LabParts } from './lab-parts.ts';
import type { LabRegistry } from './lab-registry.ts';
import type { LabSession } from './lab-session.ts';

/** A lab at which nobody did anything for this long gives way, even with a page open on it. */
const UNUSED_MS = 60_000;

interface RoomRequest {
  readonly learnerId: LearnerId;
  readonly definition: LabDefinition;
  /** Session that the lab is for; it needs no place beside itself. `null` before there is one. */
  readonly session: LabSession | null;
  /** Removal that frees room, if one is under way. */
  readonly leaving: Promise<void> | null;
}

/**
 * Sees to it that the machine can bear another lab. What costs nobody anything goes first: an environment that is
 * leaving anyway, then warm labs, then the learner's own other labs that stand unused. Freezing them would not help:
 * a frozen lab keeps its memory.
 */
export class LabRoom {
  readonly #parts: LabParts;
  readonly #registry: LabRegistry;
  readonly #close: (session: LabSession) => Promise<void>;

  constructor(parts: LabParts, registry: LabRegistry, close: (session: LabSession) => Promise<void>) {
    this.#parts = parts;
    this.#registry = registry;
    this.#close = close;
  }

  /**
   * @returns what the learner should know about labs that gave way
   * @throws {LabError} LAB_CAPACITY_REACHED, LAB_DISK_LOW, ENGINE_UNREACHABLE
   */
  async find(request: RoomRequest): Promise<LocalizedText[]> {
    const notices: LocalizedText[] = [];
    const ways = [
      async () => void (await request.leaving),
      async () => void (await this.#parts.pool.release()),
      ...this.#unused(request).map((session) => async () => {
        // It may have come into use while the others went.
        if (!this.#isUnused(session)) return;
        const notice = gaveWayNotice(session.definition, request.definition);
        session.notify('warning', notice);
        await this.#close(session);
        notices.push(notice);
        const { id: labSessionId, learnerId } = session;
        this.#parts.log.info({ labSessionId, learnerId, for: request.definition.id }, 'unused lab gave way');
      }),
    ];
    for (const makeRoom of ways) {
      if (await this.#fits(request)) return notices;
      await makeRoom();
    }
    await this.#admit(request);
    return notices;
  }

  async #fits(request: RoomRequest): Promise<boolean> {
    try {
      await this.#admit(request);
      return true;
    } catch (failure) {
      if (!(failure instanceof LabError)) throw failure;
      if (failure.code !== 'LAB_CAPACITY_REACHED' && failure.code !== 'LAB_DISK_LOW') throw failure;
      return false;
    }
  }

  async #admit({ definition, session }: RoomRequest): Promise<void> {
    const capacity = await this.#parts.host.capacity(AbortSignal.timeout(ENGINE_DEADLINE_MS));
    const runningLabs = this.#registry
      .all()
      .filter((one) => one !== session && (one.environment !== null || one.isBusy)).length;
    admit({ nodes: definition.nodes.length, runningLabs, maxLabs: this.#parts.maxLabs }, capacity);
  }

  /** Longest unused first. */
  #unused({ learnerId, session }: RoomRequest): LabSession[] {
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
