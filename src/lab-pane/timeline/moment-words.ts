import { versionOf } from '../map/image-version.ts';
import { timeWords } from './clock-words.ts';
import { foreign } from './foreign-text.ts';
import type { Mark, Moment } from './picture.ts';
import type { TimelineTexts } from './texts.ts';

/** A moment in one line, as a screen reader says it. */
export function momentWords(moment: Moment, zeroMs: number, texts: TimelineTexts): string {
  return [timeWords(moment.atMs - zeroMs, texts), ...momentParts(moment, texts)].join(' · ');
}

/** The same without the time, piece by piece. */
export function momentParts(moment: Moment, texts: TimelineTexts): string[] {
  const words = texts.moment;
  const { phase, capacity, tasks, failed, visit, marks, isUnknown } = moment;
  return [
    phase === null ? words.quiet : texts.phases[phase],
    ...(isUnknown ? [words.unknown] : []),
    ...(capacity === null ? [] : [words.running(capacity.running, capacity.desired)]),
    ...tasks.map(({ image, look, count }) =>
      words.tasks(foreign(versionOf(image).tag, 30), count, texts.looks[look]),
    ),
    ...(failed > 0 ? [words.failed(failed)] : []),
    ...(visit === null
      ? []
      : [words.visit(texts.visits[visit.outcome], visit.status, visit.durationMs, visit.version)]),
    ...marks.map((mark) => markWords(mark, texts)),
  ];
}

function markWords(mark: Mark, { marks }: TimelineTexts): string {
  switch (mark.kind) {
    case 'power':
      return marks.power[mark.condition](foreign(mark.node));
    case 'control':
      return marks.control(foreign(mark.node), mark.answers);
    case 'node':
      return marks.node[mark.change](foreign(mark.node));
    case 'deployed':
      return marks.deployed(foreign(mark.image, 80));
  }
}
