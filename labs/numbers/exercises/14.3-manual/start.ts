import type { ExerciseStartChecks } from '#contract/check.ts';
import { serviceAtStart } from '#kit/start.ts';
import { API_REPLICAS, API_SERVICE, WEB_SERVICE } from '../../stack.ts';
import { ROLLBACK_SETTINGS } from '../../update-settings.ts';

const start: ExerciseStartChecks = [
  serviceAtStart(API_SERVICE, {
    image: 'numbers-api:v5',
    replicas: API_REPLICAS,
    healthcheck: true,
    rollbackConfig: ROLLBACK_SETTINGS,
    env: ['Broken=false'],
  }),
  serviceAtStart(WEB_SERVICE, { image: 'numbers-web:v5', replicas: 'global' }),
];

export default start;
