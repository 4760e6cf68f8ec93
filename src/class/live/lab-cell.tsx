import type { LiveLab, LiveNode } from '#contract/class-live.ts';
import { problemText } from '../../api-client/lab-problem.ts';
import { useLive } from './live-context.ts';
import type { LiveTexts } from './texts.ts';

/** A learner's open labs: each in a word, and its nodes as signs. */
export function LabCell({ labs }: { labs: readonly LiveLab[] }) {
  const { texts } = useLive();
  return (
    <td class="lv-lab">
      {labs.length === 0 && <span class="lv-quiet">{texts.labs.none}</span>}
      {labs.map((lab) => (
        <LabWords key={lab.id} lab={lab} />
      ))}
    </td>
  );
}

export function LabWords({ lab: { lab, status, nodes } }: { lab: LiveLab }) {
  const { language, texts, labTitles } = useLive();
  const why = status.state === 'failed' ? problemText(status.code, language, status.params) : null;
  const title = [labTitles.get(lab)?.[language] ?? lab, why].filter(Boolean).join(' · ');
  return (
    <p class="lv-lab-line" title={title}>
      <span class="lv-state" data-state={stateLook(status)}>
        {labWords(status, texts)}
      </span>
      {nodes.length > 0 && <Nodes nodes={nodes} />}
    </p>
  );
}

function stateLook(status: LiveLab['status']): string {
  return 'queue' in status && status.queue ? 'waiting' : status.state;
}

function labWords(status: LiveLab['status'], { labs }: Pick<LiveTexts, 'labs'>): string {
  if ('queue' in status && status.queue) return labs.queued(status.queue.position, status.queue.waiting);
  if (status.state === 'paused' && status.why?.cause === 'idle') return labs.pausedIdle;
  if (status.state === 'paused' && status.why?.cause === 'instructor') return labs.pausedBy(status.why.name);
  return labs[status.state];
}

/** A square is a manager, a circle a worker, a star in it the leader; crossed out is who is not there. */
function Nodes({ nodes }: { nodes: readonly LiveNode[] }) {
  const { texts } = useLive();
  const words = nodes.map(({ name, role, trouble }) =>
    [name, texts.node.roles[role], trouble && texts.node.troubles[trouble]].filter(Boolean).join(' '),
  );
  return (
    <span
      class="lv-nodes"
      role="img"
      aria-label={`${texts.node.list}: ${words.join(', ')}`}
      title={words.join('\n')}
    >
      {nodes.map(({ name, role, trouble }) => (
        <span key={name} class="lv-node" data-role={role} data-trouble={trouble ?? undefined} />
      ))}
    </span>
  );
}
