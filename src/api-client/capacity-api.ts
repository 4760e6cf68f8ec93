import { CapacityView, type NewWarmPlan, WarmPlan } from '#contract/class-capacity.ts';
import { request, requestNothing } from './request.ts';

const of = (cohort: string) => `/api/cohorts/${encodeURIComponent(cohort)}`;

export const fetchCapacity = (cohort: string) => request(CapacityView, { path: `${of(cohort)}/capacity` });
export const warmUp = (cohort: string, plan: NewWarmPlan) =>
  request(WarmPlan, { method: 'POST', path: `${of(cohort)}/warm-plans`, body: plan });
export const cancelWarmUp = (cohort: string, plan: string) =>
  requestNothing({ method: 'DELETE', path: `${of(cohort)}/warm-plans/${encodeURIComponent(plan)}` });
