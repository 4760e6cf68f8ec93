import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CatalogLesson, Progress } from '#contract/api.ts';
import { ExerciseId, type LearnerId, LessonId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { Cohorts } from '../domain/class/cohorts.ts';
import type { LiveClasses } from '../domain/class/live/live-classes.ts';
import { LabError } from '../domain/lab-error.ts';
import type { ProgressStore } from '../domain/stores.ts';
import { requireLearner } from '../plugins/sign-in.ts';

export interface LearningRoutes {
  readonly lesson: (lessonId: string) => CatalogLesson | null;
  readonly hintsOf: (exerciseId: string) => readonly LocalizedText[] | null;
  readonly solutionOf: (exerciseId: string) => string | null;
  readonly progressOf: (learnerId: LearnerId) => Progress;
  readonly store: ProgressStore;
  readonly cohorts: Cohorts;
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

    app.get('/api/progress', async (request) => options.progressOf(requireLearner(request).id));

    app.get('/api/exercises/:exercise/hints', { schema: { params: ExerciseParams } }, async (request) => {
      const { id } = requireLearner(request);
      const hints = hintsOf(request.params.exercise);
      return {
        hints: hints.slice(0, options.store.hintsShown(id, request.params.exercise)),
        total: hints.length,
      };
    });

    const help = {
      schema: { params: ExerciseParams },
      config: { rateLimit: { max: 60, timeWindow: 60_000 } },
    };
    app.post('/api/exercises/:exercise/hints', help, async (request) => {
      const { id } = requireLearner(request);
      const { exercise } = request.params;
      const hints = hintsOf(exercise);
      const shown = options.store.hintsShown(id, exercise);
      if (shown >= hints.length)
        throw new LabError('NO_MORE_HINTS', `all ${hints.length} hints of ${exercise} are shown`);
      options.store.showHints(id, exercise, shown + 1);
      options.live.touch(id);
      return { hints: hints.slice(0, shown + 1), total: hints.length };
    });

    app.post('/api/exercises/:exercise/solution', help, async (request) => {
      const { id } = requireLearner(request);
      const script = options.solutionOf(request.params.exercise);
      if (script === null) throw unknownExercise(request.params.exercise);
      if (options.cohorts.ofLearner(id)?.policies.solutionsOpen === false)
        throw new LabError('SOLUTION_LOCKED', `solutions are not open to learner ${id}`);
      options.store.showSolution(id, request.params.exercise, options.nowMs());
      options.live.touch(id);
      return { script };
    });

    function hintsOf(exercise: string): readonly LocalizedText[] {
      const hints = options.hintsOf(exercise);
      if (hints === null) throw unknownExercise(exercise);
      return hints;
    }
  };
}

function unknownExercise(exercise: string): LabError {
  return new LabError('EXERCISE_UNKNOWN', `no exercise ${exercise}`);
}
