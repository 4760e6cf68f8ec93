import { imageRef } from '#contract/image-ref.ts';
import { conditionAfter, type HistoryEntry } from '#contract/swarm-history.ts';
import { versionOf } from '../map/image-version.ts';
import { foreign, shortName } from './foreign-text.ts';
import { changesOf } from './picture.ts';
import type { TimelineTexts } from './texts.ts';

export type LineTone = 'plain' | 'good' | 'bad' | 'state' | 'node';

export interface LogLine {
  readonly seq: number;
  readonly atMs: number;
  readonly text: string;
  readonly tone: LineTone;
}

type Words = Pick<TimelineTexts, 'log' | 'marks' | 'visits'>;
type EntryOf<T extends HistoryEntry['type']> = Extract<HistoryEntry, { type: T }>;

const FAILED = /^(failed|rejected|orphaned)$/;
const ENDED = /^(complete|shutdown|remove)$/;
const LEAVING = /^(shutdown|remove|complete)$/;
const LONGEST_ERROR = 200;

/**
 * What happened to a service and to the nodes, one line each, oldest first by their own clocks: what was heard later
 * may have been earlier. Pure.
 */
export function logLines(entries: readonly HistoryEntry[], serviceId: string, words: Words): LogLine[] {
  return new LogWriter(serviceId, words).write(entries).sort((one, other) => one.atMs - other.atMs);
}

interface KnownTask {
  said: 'begun' | 'waiting' | 'running' | 'stopping' | 'ended';
  readonly image: string;
  readonly place: string;
}

class LogWriter {
  readonly #serviceId: string;
  readonly #words: Words;
  readonly #lines: LogLine[] = [];
  readonly #tasks = new Map<string, KnownTask>();
  readonly #imageAt = new Map<string, string>();
  readonly #nodes = new Map<string, EntryOf<'node-changed'>>();
  #seenAtMs = 0;
  #visitsWork: boolean | null = null;
  #isWayBack = false;

  constructor(serviceId: string, words: Words) {
    this.#serviceId = serviceId;
    this.#words = words;
  }

  write(entries: readonly HistoryEntry[]): LogLine[] {
    for (const entry of entries) {
      if ('service' in entry && entry.service.id !== this.#serviceId) continue;
      this.#hear(entry);
      this.#seenAtMs = Math.max(this.#seenAtMs, entry.atMs);
    }
    return this.#lines;
  }

  #hear(entry: HistoryEntry): void {
    const { log, marks } = this.#words;
    switch (entry.type) {
      case 'service-created':
        this.#say(
          entry,
          'state',
          log.created(shortName(entry.service.name), imageName(entry.image), entry.replicas),
        );
        break;
      case 'service-removed':
        this.#say(entry, 'state', log.removed(shortName(entry.service.name)));
        break;
      case 'spec-changed':
        this.#hearSpec(entry);
        break;
      case 'update-state':
        this.#hearState(entry);
        break;
      case 'task-state':
        this.#hearTask(entry);
        break;
      case 'health':
        this.#hearHealth(entry);
        break;
      case 'capacity':
        this.#say(entry, 'plain', log.capacity(entry.running, entry.desired));
        break;
      case 'request':
        this.#hearVisit(entry);
        break;
      case 'power':
        this.#say(entry, 'node', marks.power[conditionAfter(entry)](foreign(entry.labNode)));
        break;
      case 'control':
        this.#say(entry, 'node', marks.control(foreign(entry.labNode), entry.answers));
        break;
      case 'node-changed':
        this.#hearNode(entry);
        break;
      case 'node-removed':
        this.#say(entry, 'node', marks.node.removed(foreign(entry.node)));
        break;
      case 'swarm-state':
        if (entry.new === 'active') this.#say(entry, 'node', log.swarmJoined(foreign(entry.labNode)));
        if (entry.new === 'inactive') this.#say(entry, 'node', log.swarmLeft(foreign(entry.labNode)));
        break;
    }
  }

  #hearSpec(entry: EntryOf<'spec-changed'>): void {
    const { log } = this.#words;
    const { image, replicas, changed } = entry;
    const change = this.#isWayBack ? log.restored : log.deployed;
    if (image.old !== image.new)
      this.#say(entry, 'state', change(imageName(image.old), imageName(image.new)));
    else if (replicas.old !== null && replicas.new !== null && replicas.old !== replicas.new)
      this.#say(entry, 'state', log.scaled(replicas.old, replicas.new));
    else this.#say(entry, 'state', log.changed(foreign(changed.join(', '), 120)));
  }

  #hearState(entry: EntryOf<'update-state'>): void {
    const { log } = this.#words;
    this.#isWayBack = entry.new === 'rollback_started';
    if (entry.old === entry.new) {
      if (/due to failure/.test(entry.message))
        this.#say(entry, 'bad', log.because(foreign(entry.message, LONGEST_ERROR)));
      return;
    }
    if (entry.new === null) {
      this.#say(entry, 'state', log.stateErased);
      return;
    }
    const tone = /paused|rollback_started/.test(entry.new)
      ? 'bad'
      : /completed/.test(entry.new)
        ? 'good'
        : 'state';
    this.#say(entry, tone, log.state(foreign(entry.new)));
    if (/due to failure/.test(entry.message))
      this.#say(entry, 'bad', log.because(foreign(entry.message, LONGEST_ERROR)));
  }

  #hearTask(entry: EntryOf<'task-state'>): void {
    const { log } = this.#words;
    const version = tag(entry.image);
    const task = this.#taskOf(entry);
    if (task === null || task.said === 'ended') return;
    const { place } = task;
    if (FAILED.test(entry.new)) {
      task.said = 'ended';
      const reason = entry.error === null ? '' : ` · ${log.because(foreign(entry.error, LONGEST_ERROR))}`;
      this.#say(entry, 'bad', `${log.failed(place, version)}${reason}`);
    } else if (ENDED.test(entry.new)) {
      task.said = 'ended';
      this.#say(entry, 'plain', log.stopped(place, version));
    } else if (LEAVING.test(entry.desired)) {
      if (task.said === 'stopping') return;
      task.said = 'stopping';
      this.#say(entry, 'plain', log.stopping(place, version));
    } else if (entry.new === 'running') {
      this.#imageAt.set(place, entry.image);
      if (task.said === 'running') return;
      task.said = 'running';
      this.#say(entry, 'good', log.running(place, version));
    } else if (entry.error !== null && task.said !== 'waiting') {
      task.said = 'waiting';
      this.#say(
        entry,
        'bad',
        `${log.waiting(place, version)} · ${log.because(foreign(entry.error, LONGEST_ERROR))}`,
      );
    }
  }

  /** `null` for a task that was never meant to run. A new one is told of at once. */
  #taskOf(entry: EntryOf<'task-state'>): KnownTask | null {
    const { log } = this.#words;
    const known = this.#tasks.get(entry.taskId);
    if (known !== undefined) return known;
    if (LEAVING.test(entry.desired) && entry.new !== 'running' && entry.new !== 'starting') return null;
    const place = entry.slot === null ? log.onNode(foreign(entry.node ?? '?')) : log.replica(entry.slot);
    const task: KnownTask = { said: 'begun', image: entry.image, place };
    this.#tasks.set(entry.taskId, task);
    const before = this.#imageAt.get(place);
    const version = tag(entry.image);
    if (entry.new === 'running' || FAILED.test(entry.new) || ENDED.test(entry.new)) return task;
    if (before !== undefined && before !== entry.image)
      this.#say(entry, 'plain', log.replacing(place, tag(before), version));
    else this.#say(entry, 'plain', log.starting(place, version));
    return task;
  }

  #hearHealth(entry: EntryOf<'health'>): void {
    const task = this.#tasks.get(entry.taskId);
    if (entry.health !== 'unhealthy' || task === undefined || task.said === 'ended') return;
    this.#say(entry, 'bad', this.#words.log.unhealthy(task.place, tag(task.image)));
  }

  /** Only where it changes: a request a second says nothing new. */
  #hearVisit(entry: EntryOf<'request'>): void {
    const { log, visits } = this.#words;
    const works = entry.outcome === 'ok';
    const before = this.#visitsWork;
    if (before === works || (before === null && entry.outcome === 'refused')) return;
    this.#visitsWork = works;
    if (works) this.#say(entry, 'good', log.visitsWork);
    else this.#say(entry, 'bad', log.visitFails(visits[entry.outcome], entry.status));
  }

  #hearNode(entry: EntryOf<'node-changed'>): void {
    const before = this.#nodes.get(entry.node);
    this.#nodes.set(entry.node, entry);
    if (before === undefined) return;
    for (const change of changesOf(before, entry))
      this.#say(
        entry,
        change === 'down' ? 'bad' : 'node',
        this.#words.marks.node[change](foreign(entry.node)),
      );
  }

  #say(entry: HistoryEntry, tone: LineTone, text: string): void {
    const isOldState = entry.type === 'task-state' && entry.old === entry.new;
    const atMs = isOldState ? Math.max(entry.atMs, this.#seenAtMs) : entry.atMs;
    this.#lines.push({ seq: entry.seq, atMs, text, tone });
  }
}

function imageName(image: string): string {
  return foreign(imageRef(image), 80);
}

function tag(image: string): string {
  return foreign(versionOf(imageRef(image)).tag, 30);
}
