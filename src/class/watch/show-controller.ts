import { signal } from '@preact/signals';
import { type ClassShow, ShowEvent } from '#contract/class-watch.ts';
import type { LabProblem } from '../../api-client/lab-problem.ts';
import { LabSight } from './lab-sight.ts';

const PATH = '/api/me/class/show';

/** What an instructor shows to the class, for a learner of it. */
export class ShowController {
  readonly sight = new LabSight();
  readonly show = signal<ClassShow | null>(null);
  readonly isOver = signal(false);
  readonly problem = signal<LabProblem | null>(null);

  load(): void {
    this.sight.follow({
      path: `${PATH}/events`,
      onEvent: ({ name, data }) => {
        if (name !== 'showing') return false;
        this.show.value = ShowEvent.parse({ type: name, ...JSON.parse(data) }).show;
        this.isOver.value = this.show.value === null;
        if (this.isOver.value) this.sight.close();
        return true;
      },
      onRefused: (problem) => {
        this.show.value = null;
        if (problem.code === 'SHOW_OVER') this.isOver.value = true;
        else this.problem.value = problem;
      },
    });
  }

  /** Address where a ticket for this terminal is to be had. */
  ticketPath(terminal: string): string {
    return `${PATH}/terminals/${terminal}/ticket`;
  }

  dispose(): void {
    this.sight.close();
  }
}
