import type { ExerciseStartChecks } from '#contract/check.ts';
import { NUMBERS } from '#kit/numbers-app.ts';
import { serviceAtStart } from '#kit/start.ts';
import { membersAtStart } from '../../start-members.ts';

const start: ExerciseStartChecks = [
  membersAtStart({
    managers: ['node2', 'node3', 'node5'],
    workers: ['node4'],
    drained: ['node3'],
  }),
  serviceAtStart(NUMBERS.api, { image: 'numbers-api:v5', replicas: NUMBERS.replicas, healthcheck: true }),
  serviceAtStart(NUMBERS.web, { image: 'numbers-web:v5', replicas: 'global' }),
];

export default start;
