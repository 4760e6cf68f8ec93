import type { ExerciseStartChecks } from '#contract/check.ts';
import { serviceAtStart } from '#kit/start.ts';
import { API_REPLICAS, API_SERVICE, WEB_SERVICE } from '../../stack.ts';
import { ROLLBACK_SETTINGS, UPDATE_SETTINGS } from '../../update-settings.ts';

const start: ExerciseStartChecks = [
  serviceAtStart(API_SERVICE, {
    image: 'numbers-api:v3',
    replicas: API_REPLICAS,
    healthcheck: true,
    updateConfig: UPDATE_SETTINGS,
    rollbackConfig: ROLLBACK_SETTINGS,
  }),
  serviceAtStart(WEB_SERVICE, { image: 'numbers-web:v3', replicas: 'global' }),
];

export default start;
