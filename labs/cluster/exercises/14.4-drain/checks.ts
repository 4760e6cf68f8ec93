import type { ExerciseChecks } from '#contract/check.ts';
import { GLOBAL_MESSAGES, globalRunning, REPLICAS_MESSAGES, replicasRunning } from '#kit/capacity.ts';
import { quizCheck, stateCheck } from '#kit/define-check.ts';
import { withMainSwarm } from '#kit/main-swarm.ts';
import { NUMBERS, NUMBERS_MESSAGES, withNumbers } from '#kit/numbers-app.ts';
import { SWARM_MESSAGES } from '#kit/swarm.ts';
import {
  ACTIVE_MESSAGES,
  activeAndReady,
  DRAINED_MESSAGES,
  drained,
  MANAGERS_MESSAGES,
  managersAre,
} from '../../members.ts';

const checks: ExerciseChecks = [
  stateCheck('node5-drained', {
    messages: [...SWARM_MESSAGES, ...DRAINED_MESSAGES],
    evaluate: (context) => withMainSwarm(context, (swarm) => drained(swarm, 'node5')),
  }),
  stateCheck('node3-drained', {
    messages: [...SWARM_MESSAGES, ...DRAINED_MESSAGES],
    evaluate: (context) => withMainSwarm(context, (swarm) => drained(swarm, 'node3')),
  }),
  stateCheck('three-managers', {
    messages: [...SWARM_MESSAGES, ...MANAGERS_MESSAGES],
    evaluate: (context) => withMainSwarm(context, (swarm) => managersAre(swarm, ['node1', 'node2', 'node3'])),
  }),
  stateCheck('others-active', {
    messages: [...SWARM_MESSAGES, ...ACTIVE_MESSAGES],
    evaluate: (context) =>
      withMainSwarm(context, (swarm) =>
        activeAndReady(swarm, ['node1', 'node2', 'node4'], ['node3', 'node5']),
      ),
  }),
  stateCheck('api-replicas', {
    messages: [...NUMBERS_MESSAGES, ...REPLICAS_MESSAGES],
    needs: ['node5-drained', 'node3-drained'],
    evaluate: (context) =>
      withNumbers(context, ({ swarm, api }) => replicasRunning(swarm, api, NUMBERS.replicas)),
  }),
  stateCheck('web-on-others', {
    messages: [...NUMBERS_MESSAGES, ...GLOBAL_MESSAGES],
    needs: ['node5-drained', 'node3-drained', 'others-active'],
    evaluate: (context) => withNumbers(context, ({ swarm, web }) => globalRunning(swarm, web)),
  }),
  quizCheck('drained-manager', {
    needs: ['node3-drained'],
    reasons: {
      nothing: 'manager-still-there',
      votes: 'manager-votes',
      serves: 'manager-runs-no-tasks',
      'never-leads': 'manager-may-lead',
    },
    right: 'votes',
  }),
];

export default checks;
