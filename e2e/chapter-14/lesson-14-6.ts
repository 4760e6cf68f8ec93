import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { LabPage } from '../page/lab-page.ts';
import { ROOT_DIR } from '../product/settings.ts';
import type { LessonPlan } from './lesson-plan.ts';
import type { LessonWalk } from './lesson-walk.ts';

const UPDATED_WITHIN_MS = 120_000;
const V1 = 'docker stack deploy -c image-gallery.yml -c prod.yml image-gallery';
const V2 = 'docker stack deploy -c image-gallery.yml -c prod.yml -c v2.yml image-gallery';

/** The project: settings of the learner's own, then the proof that an update cost no capacity. */
export const LESSON_14_6: LessonPlan = {
  lesson: '14.6',
  begins: { '14.6-gallery': writeSettings },
  ways: [
    {
      command: /^docker stack config/,
      exercise: '14.6-gallery',
      after: async (walk) => {
        await walk.type(V1);
        await walk.untilMet('v1-ready');
      },
    },
    {
      command: /^while sleep 1/,
      exercise: '14.6-gallery',
      run: watchTheUpdate,
    },
    {
      command: /UpdateStatus/,
      exercise: '14.6-gallery',
      before: (walk) => walk.untilMet('updated'),
    },
    // What a failed update would leave: this one does not fail.
    { command: /{{.Error}}|Health\.Log/, differs: true },
  ],
  answers: {
    'way-back': {
      read: (walk) =>
        walk.type(
          "docker service inspect -f '{{.PreviousSpec.TaskTemplate.ContainerSpec.Image}}' image-gallery_iotd",
        ),
    },
    'old-tasks': {
      read: (walk) =>
        walk.type('docker service ps -q --filter desired-state=shutdown image-gallery_iotd | wc -l'),
    },
  },
};

/** The file of the exercise's solution, typed line by line. */
async function writeSettings({ lab }: LessonWalk): Promise<void> {
  const folder = join(ROOT_DIR, 'labs/gallery/exercises/14.6-gallery');
  const solution = await readFile(join(folder, 'solution.sh'), 'utf8');
  const lines = /^cat > prod\.yml <<'EOF'\n(.*?)\nEOF$/ms.exec(solution)?.[1]?.split('\n') ?? [];
  await lab.terminal.run('docker swarm init');
  await lab.terminal.run('cd ~/ch14/lab');
  await lab.terminal.enter('cat > prod.yml');
  for (const line of lines) {
    await lab.terminal.type(line);
    await lab.terminal.press('Enter');
  }
  await lab.terminal.press('Control+d');
  await lab.terminal.expectPrompt();
}

/** In a second tab, as the lesson says, while v2 is deployed in the first. */
async function watchTheUpdate(walk: LessonWalk, command: string): Promise<string> {
  const { lab } = walk;
  const { terminal } = lab;
  await lab.button(lab.words.terminal.add('node1')).click();
  await inFront(lab, 1);
  await terminal.enter(command);
  await terminal.expectScreen(/4 gallery-iotd:v1/);
  await lab.tabs.first().click();
  await inFront(lab, 0);
  await walk.type(V2);
  await lab.tabs.nth(1).click();
  await terminal.expectScreen(/4 gallery-iotd:v2/, UPDATED_WITHIN_MS);
  const seen = await terminal.screen();
  // Where it interrupts a `docker` that ends in good order, the loop goes on: then it takes another one.
  await expect(async () => {
    await terminal.press('Control+c');
    await terminal.expectPrompt(3_000);
  }).toPass({ timeout: 30_000 });
  await lab.tabs.first().click();
  await inFront(lab, 0);
  return seen;
}

async function inFront(lab: LabPage, position: number): Promise<void> {
  await expect(lab.tabs.nth(position)).toHaveAttribute('aria-selected', 'true');
  await lab.terminal.expectPrompt();
}
