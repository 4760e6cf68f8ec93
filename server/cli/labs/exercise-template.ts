/** The files of a new exercise, by name below its folder. Valid as they stand, so that an author starts from green. */
export function exerciseFiles(id: string): Record<string, string> {
  const lesson = id.slice(0, id.indexOf('-'));
  return {
    'exercise.yaml': definition(id, lesson),
    'ko.yaml': KOREAN,
    'en.yaml': ENGLISH,
    'checks.ts': CHECKS,
    'solution.sh': 'docker swarm init\n',
    'wrong/nothing-done.sh': 'docker info --format "{{.Swarm.LocalNodeState}}"\n',
  };
}

function definition(id: string, lesson: string): string {
  return `format: 1
id: ${id}
lesson: '${lesson}'
revision: 1
hints: 1
settleSeconds: 30

wrong:
  - { script: nothing-done, check: swarm-active, message: swarm-off }
`;
}

const KOREAN = `title: 새 실습
goal: 스웜 모드를 켜세요.

checks:
  swarm-active: 스웜 모드 켜기

messages: {}

hints:
  - '\`docker swarm init\` 명령을 실행하세요.'
`;

const ENGLISH = `title: New exercise
goal: Switch swarm mode on.

checks:
  swarm-active: Switch swarm mode on

messages: {}

hints:
  - 'Run \`docker swarm init\`.'
`;

const CHECKS = `import type { ExerciseChecks } from '#contract/check.ts';
import { stateCheck } from '#kit/define-check.ts';
import { PASSED } from '#kit/results.ts';
import { SWARM_MESSAGES, withSwarm } from '#kit/swarm.ts';

const checks: ExerciseChecks = [
  stateCheck('swarm-active', {
    messages: SWARM_MESSAGES,
    evaluate: (context) => withSwarm(context, () => PASSED),
  }),
];

export default checks;
`;
