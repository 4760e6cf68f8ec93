import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CohortId, LearnerId } from '#contract/ids.ts';
import type { Cohort, Enrolment } from '../../domain/class/class-stores.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import { requireInstructor } from '../../plugins/sign-in.ts';

export const CohortParams = z.strictObject({ cohort: CohortId });
export const CohortLearnerParams = z.strictObject({ cohort: CohortId, learner: LearnerId });

/**
 * The cohort in the address, for an instructor who leads it: every route of a cohort begins here.
 * @throws {LabError} INSTRUCTOR_NOT_SIGNED_IN, INSTRUCTORS_ONLY, COHORT_UNKNOWN
 */
export function ownCohort(
  cohorts: Cohorts,
  request: FastifyRequest<{ Params: { cohort: CohortId } }>,
): Cohort {
  return cohorts.ledBy(requireInstructor(request).id, request.params.cohort);
}

/** The learner in the address, of the instructor's own cohort. @throws {LabError} as `ownCohort`, and LEARNER_UNKNOWN */
export function ownLearner(
  cohorts: Cohorts,
  request: FastifyRequest<{ Params: { cohort: CohortId; learner: LearnerId } }>,
): { readonly cohort: Cohort; readonly learner: Enrolment } {
  const cohort = ownCohort(cohorts, request);
  return { cohort, learner: cohorts.learner(cohort, request.params.learner) };
}
