import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { LabError } from '../../domain/lab-error.ts';
import { type ApiTokenRoutes, apiTokenRoutes } from './api-tokens.ts';
import { type CapacityRoutes, capacityRoutes } from './capacity.ts';
import { type CareRoutes, careRoutes } from './care.ts';
import { type CohortHelpRoutes, cohortHelpRoutes } from './cohort-help.ts';
import { type CohortInstructorRoutes, cohortInstructorRoutes } from './cohort-instructors.ts';
import { type CohortRoutes, cohortRoutes } from './cohorts.ts';
import { type GradesRoutes, gradesRoutes } from './grades.ts';
import { type InstructorSignInRoutes, instructorSignInRoutes } from './instructor-sign-in.ts';
import { type JoiningRoutes, joiningRoutes } from './joining.ts';
import { type LabWatchRoutes, labWatchRoutes } from './lab-watches.ts';
import { type LearnerHelpRoutes, learnerHelpRoutes } from './learner-help.ts';
import { type LiveRoutes, liveRoutes } from './live.ts';
import { type LiveLearnerRoutes, liveLearnerRoutes } from './live-learner.ts';
import { type RosterRoutes, rosterRoutes } from './roster.ts';
import { type ShowRoutes, showRoutes } from './show.ts';
import { type WatchRoutes, watchRoutes } from './watch.ts';
import { type WebhookRoutes, webhookRoutes } from './webhook.ts';

export interface ClassRoutes
  extends InstructorSignInRoutes,
    CohortRoutes,
    CohortInstructorRoutes,
    CareRoutes,
    CapacityRoutes,
    CohortHelpRoutes,
    LearnerHelpRoutes,
    RosterRoutes,
    LiveRoutes,
    LiveLearnerRoutes,
    GradesRoutes,
    ApiTokenRoutes,
    WebhookRoutes,
    WatchRoutes,
    LabWatchRoutes,
    ShowRoutes,
    JoiningRoutes {
  readonly mode: 'alone' | 'class';
}

/** Everything that only a class needs. Whoever is alone on the machine gets CLASS_MODE_OFF. */
export function classRoutes(options: ClassRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('onRequest', async () => {
      if (options.mode !== 'class') throw new LabError('CLASS_MODE_OFF', 'the server runs in mode alone');
    });
    await app.register(instructorSignInRoutes(options));
    await app.register(cohortRoutes(options));
    await app.register(cohortInstructorRoutes(options));
    await app.register(careRoutes(options));
    await app.register(capacityRoutes(options));
    await app.register(cohortHelpRoutes(options));
    await app.register(learnerHelpRoutes(options));
    await app.register(rosterRoutes(options));
    await app.register(liveRoutes(options));
    await app.register(liveLearnerRoutes(options));
    await app.register(gradesRoutes(options));
    await app.register(apiTokenRoutes(options));
    await app.register(webhookRoutes(options));
    await app.register(watchRoutes(options));
    await app.register(labWatchRoutes(options));
    await app.register(showRoutes(options));
    await app.register(joiningRoutes(options));
  };
}
