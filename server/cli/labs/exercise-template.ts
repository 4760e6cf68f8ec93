/** The files of a new exercise, by name below its folder. Valid as they stand, so that an author starts from green. */
export function exerciseFiles(id: string): Record<string, string> {
  const lesson = id.slice(0, id.indexOf('-'));
  return {
    'exercise.yaml': definition(id, lesson),
    'ko.yaml': KOREAN,
    'en.yaml': ENGLISH,
    'checks.ts': CHECKS,
    'start.ts': START,
    'solution.sh': `${SWARM_ON}docker node update --label-add touched=yes node1\n`,
    'wrong/only-looked.sh': `${SWARM_ON}docker node ls\n`,
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
  - { script: only-looked, check: node-touched, message: node-untouched }
`;
}

/** Some exercises start with swarm mode on; saying it again does no harm. */
const SWARM_ON = 'docker swarm init 2> /dev/null\n';

const KOREAN = `title: 새 실습
goal: '\`node1\` 노드에 \`touched=yes\` 레이블을 붙이세요.'

checks:
  node-touched: '\`node1\` 노드에 레이블 붙이기'

messages:
  node-untouched: '\`node1\` 노드의 \`touched\` 레이블이 아직 달라요(지금 \`{seen}\`). \`docker node update --label-add touched=yes node1\` 명령을 실행하세요.'

hints:
  - '노드의 레이블은 \`docker node update\` 명령으로 바꿔요.'
`;

const ENGLISH = `title: New exercise
goal: 'Give the node \`node1\` the label \`touched=yes\`.'

checks:
  node-touched: Label the node \`node1\`

messages:
  node-untouched: 'The label \`touched\` of \`node1\` is \`{seen}\`. Run \`docker node update --label-add touched=yes node1\`.'

hints:
  - 'Labels of a node are changed with \`docker node update\`.'
`;

const START = `import type { ExerciseStartChecks } from '#contract/check.ts';
import { stateCheck } from '#kit/define-check.ts';
import { failed, PASSED } from '#kit/results.ts';

const start: ExerciseStartChecks = [
  stateCheck('node1-answers', {
    messages: ['start-node-silent'],
    evaluate: ({ snapshot }) =>
      snapshot.labNodes.some((node) => node.name === 'node1' && node.answers)
        ? PASSED
        : failed('start-node-silent', { node: 'node1' }),
  }),
];

export default start;
`;

const CHECKS = `import type { ExerciseChecks } from '#contract/check.ts';
import { stateCheck } from '#kit/define-check.ts';
import { failed, passed } from '#kit/results.ts';
import { SWARM_MESSAGES, withSwarm } from '#kit/swarm.ts';

const checks: ExerciseChecks = [
  stateCheck('node-touched', {
    messages: [...SWARM_MESSAGES, 'node-untouched'],
    evaluate: (context) =>
      withSwarm(context, (swarm) => {
        const label = swarm.nodes.find((node) => node.hostname === 'node1')?.labels.touched ?? '-';
        return label === 'yes' ? passed({ label }) : failed('node-untouched', { seen: label }, { label });
      }),
  }),
];

export default checks;
`;
