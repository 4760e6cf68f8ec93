import {
  ExerciseVerdict,
  HistoryEvent,
  type LabEvent,
  LabSessionView,
  LimitHit,
  NodeStatus,
  Progress,
  Waiting,
} from '#contract/api.ts';
import { LabWatch } from '#contract/class-watch.ts';
import { LocalizedText } from '#contract/language.ts';
import { LabPort } from '#contract/preview.ts';
import { SwarmMap } from '#contract/swarm-map.ts';
import type { ServerSentEvent } from './event-parser.ts';
import { LabProblem } from './lab-problem.ts';

/**
 * `null` for events that this page does not know (a newer server may send them).
 * @throws {LabProblem} ANSWER_UNREADABLE when a known event has another shape.
 */
export function readLabEvent(event: ServerSentEvent): LabEvent | null {
  try {
    return parse(event);
  } catch (cause) {
    throw new LabProblem('ANSWER_UNREADABLE', {}, cause);
  }
}

function parse({ name, data }: ServerSentEvent): LabEvent | null {
  switch (name) {
    case 'session':
      return { type: name, session: LabSessionView.parse(JSON.parse(data).session) };
    case 'verdict':
      return { type: name, verdict: ExerciseVerdict.parse(JSON.parse(data).verdict) };
    case 'progress':
      return { type: name, progress: Progress.parse(JSON.parse(data).progress) };
    case 'nodes':
      return { type: name, nodes: listIn(data, 'nodes').map((node) => NodeStatus.parse(node)) };
    case 'waiting':
      return { type: name, waiting: listIn(data, 'waiting').map((wait) => Waiting.parse(wait)) };
    case 'map':
      return { type: name, map: SwarmMap.parse(JSON.parse(data).map) };
    case 'history':
      return { type: name, ...HistoryEvent.parse(JSON.parse(data)) };
    case 'ports':
      return { type: name, ports: listIn(data, 'ports').map((port) => LabPort.parse(port)) };
    case 'limits':
      return { type: name, limits: listIn(data, 'limits').map((hit) => LimitHit.parse(hit)) };
    case 'watch':
      return { type: name, watch: LabWatch.parse(JSON.parse(data).watch) };
    case 'notice': {
      const { notice, level } = JSON.parse(data);
      return {
        type: name,
        notice: LocalizedText.parse(notice),
        level: level === 'warning' ? 'warning' : 'info',
      };
    }
    default:
      return null;
  }
}

function listIn(data: string, key: string): readonly unknown[] {
  const list: unknown = JSON.parse(data)[key];
  if (!Array.isArray(list)) throw new Error(`no list of ${key}`);
  return list;
}
