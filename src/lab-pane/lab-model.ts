import type { ExerciseVerdict, LabEvent, LabSessionView, Progress } from '#contract/api.ts';
import type { LocalizedText } from '#contract/language.ts';

export interface LabNotice {
  readonly text: LocalizedText;
  readonly level: 'info' | 'warning';
}

/** What the server has told about the learner's lab. Only {@link reduceLab} makes the next one. */
export interface LabModel {
  readonly session: LabSessionView | null;
  readonly progress: Progress | null;
  /** The newest verdict of each exercise for the session's present generation. */
  readonly verdicts: Readonly<Record<string, ExerciseVerdict>>;
  readonly notice: LabNotice | null;
  /** When the state began that the session is in, steps of it not counted. */
  readonly stateSinceMs: number;
}

export const EMPTY_LAB: LabModel = {
  session: null,
  progress: null,
  verdicts: {},
  notice: null,
  stateSinceMs: 0,
};

/** Answers to requests and events of the stream may overtake each other: what is older is dropped. */
export function reduceLab(model: LabModel, event: LabEvent): LabModel {
  switch (event.type) {
    case 'session':
      return withSession(model, event.session);
    case 'progress':
      return { ...model, progress: event.progress };
    case 'verdict':
      return withVerdict(model, event.verdict);
    case 'notice':
      return { ...model, notice: { text: event.notice, level: event.level } };
  }
}

function withSession(model: LabModel, session: LabSessionView): LabModel {
  const current = model.session;
  if (current === null || current.id !== session.id) return entered(model, session, {});
  if (session.generation < current.generation) return model;
  if (session.status.sinceMs < current.status.sinceMs) return model;
  const verdicts = ofGeneration(model.verdicts, session.generation);
  if (session.status.state === current.status.state) return { ...model, session, verdicts };
  return entered(model, session, verdicts);
}

function entered(model: LabModel, session: LabSessionView, verdicts: LabModel['verdicts']): LabModel {
  return { ...model, session, verdicts, stateSinceMs: session.status.sinceMs };
}

function withVerdict(model: LabModel, verdict: ExerciseVerdict): LabModel {
  // The first verdict after a reset may come before the session says that it is ready again.
  if (model.session === null || verdict.generation < model.session.generation) return model;
  const known = model.verdicts[verdict.exercise];
  if (known && known.evaluatedAtMs > verdict.evaluatedAtMs) return model;
  return { ...model, verdicts: { ...model.verdicts, [verdict.exercise]: verdict } };
}

function ofGeneration(verdicts: LabModel['verdicts'], generation: number): LabModel['verdicts'] {
  return Object.fromEntries(
    Object.entries(verdicts).filter(([, verdict]) => verdict.generation >= generation),
  );
}
