import type { ExerciseStartChecks } from '#contract/check.ts';
import { serviceAtStart } from '#kit/start.ts';
import { API_REPLICAS, API_SERVICE, WEB_SERVICE } from '../../stack.ts';

const start: ExerciseStartChecks = [
  serviceAtStart(API_SERVICE, {
    image: 'numbers-api:v2',
    replicas: API_REPLICAS,
    healthcheck: true,
    updateConfig: null,
  }),
  serviceAtStart(WEB_SERVICE, { image: 'numbers-web:v2', replicas: 'global' }),
];

export default start;
