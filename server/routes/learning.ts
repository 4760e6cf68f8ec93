import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CatalogLesson, HintsResponse, Progress } from '#contract/api.ts';
import { ExerciseId, type LearnerId, LessonId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { ClassHelp } from '../domain/class/help/class-help.ts';
import type { LiveClasses } from '../domain/class/live/live-classes.ts';
import { LabError } from '../domain/lab-error.ts';
import type { ProgressStore } from '../domain/stores.ts';
import { requireOwner } from '../plugins/sign-in.ts';

export interface LearningRoutes {
  readonly lesson: (lessonId: string) => CatalogLesson | null;
  readonly hintsOf: (exerciseId: string) => readonly LocalizedText[] | null;
  readonly solutionOf: (exerciseId: string) => string | null;
  readonly progressOf: (learnerId: LearnerId) => Progress;
  readonly store: ProgressStore;
  readonly help: ClassHelp;
  /** The class views that show who looked at hints and solutions. */
  readonly live: LiveClasses;
  readonly nowMs: () => number;
}

const ExerciseParams = z.strictObject({ exercise: ExerciseId });

/** Catalogue, progress, hints and solutions: what a learner reads beside the lab. */
export function learningRoutes(options: LearningRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/catalog/lessons/:lesson',
      { schema: { params: z.strictObject({ lesson: LessonId }) } },
      async (request) => {
        const lesson = options.lesson(request.params.lesson);
        if (lesson === null) throw new LabError('LESSON_UNKNOWN', `no lesson ${request.params.lesson}`);
        return lesson;
      },
    );

    app.get('/api/progress', async (request) => options.progressOf(requireOwner(request).id));

    app.get('/api/exercises/:exercise/hints', { schema: { params: ExerciseParams } }, async (request) => {
      const { id } = requireOwner(request);
      return hintsFor(id, request.params.exercise);
    });

    const help = {
      schema: { params: ExerciseParams },
      config: { rateLimit: { max: 60, timeWindow: 60_000 } },
    };
    app.post('/api/exercises/:exercise/hints', help, async (request) => {
      const { id } = requireOwner(request);
      const { exercise } = request.params;
      const { hints, total } = hintsFor(id, exercise);
      if (hints.length >= total)
        throw new LabError('NO_MORE_HINTS', `all ${total} hints of ${exercise} are shown`);
      options.store.showHints(id, exercise, hints.length + 1);
      options.live.touch(id);
      return hintsFor(id, exercise);
    });

    app.post('/api/exercises/:exercise/solution', help, async (request) => {
      const { id } = requireOwner(request);
      const { exercise } = request.params;
      const script = options.solutionOf(exercise);
      if (script === null) throw unknownExercise(exercise);
      if (!options.help.unlocks.isSolutionOpen(id, exercise))
        throw new LabError('SOLUTION_LOCKED', `the solution of ${exercise} is not open to learner ${id}`);
      options.store.showSolution(id, exercise, options.nowMs());
      options.live.touch(id);
      return { script };
    });

    /** Those that the learner has asked for, and those that an instructor has unlocked. */
    function hintsFor(learnerId: LearnerId, exercise: string): HintsResponse {
      const hints = options.hintsOf(exercise);
      if (hints === null) throw unknownExercise(exercise);
      const given = Math.min(options.help.unlocks.hintsGiven(learnerId, exercise), hints.length);
      const shown = Math.max(options.store.hintsShown(learnerId, exercise), given);
      return { hints: hints.slice(0, shown), total: hints.length, given };
    }
  };
}

function unknownExercise(exercise: string): LabError {
  return new LabError('EXERCISE_UNKNOWN', `no exercise ${exercise}`);
}
