import type { ExerciseStartChecks } from '#contract/check.ts';
import { stateCheck } from '#kit/define-check.ts';
import { mainSwarm } from '#kit/main-swarm.ts';
import { NUMBERS } from '#kit/numbers-app.ts';
import { errored, failed, PASSED } from '#kit/results.ts';
import { serviceAtStart } from '#kit/start.ts';

const start: ExerciseStartChecks = [
  stateCheck('members', {
    messages: ['no-leader', 'start-node-silent', 'start-node-elsewhere'],
    evaluate: ({ snapshot }) => {
      const silent = snapshot.labNodes.find((node) => !node.answers);
      if (silent !== undefined) return failed('start-node-silent', { node: silent.name });
      const swarm = mainSwarm(snapshot);
      if (swarm === null) return errored('no-leader');
      const odd = snapshot.labNodes.find((node) => {
        const member = swarm.nodes.find((candidate) => candidate.id === node.swarmNodeId);
        return member?.role !== 'manager' || member.availability !== 'active' || member.state !== 'ready';
      });
      return odd === undefined ? PASSED : failed('start-node-elsewhere', { node: odd.name });
    },
  }),
  serviceAtStart(NUMBERS.api, { image: 'numbers-api:v5', replicas: NUMBERS.replicas, healthcheck: true }),
  serviceAtStart(NUMBERS.web, { image: 'numbers-web:v5', replicas: 'global' }),
];

export default start;
