import { useSignal } from '@preact/signals';
import type { CohortAudit, CohortView } from '#contract/class-api.ts';
import { fetchAudit } from '../../api-client/class-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useAction } from '../../forms/use-action.ts';
import { useClass } from '../class-context.ts';

/** What each instructor did in this class. Read when it is opened. */
export function AuditCard({ cohort }: { cohort: CohortView }) {
  const { language, texts } = useClass();
  const events = useSignal<CohortAudit['events'] | null>(null);
  const action = useAction();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  const sentence = ({ event, outcome, actor, target, times }: CohortAudit['events'][number]) => {
    const say = texts.audit.events[event] ?? (() => event);
    const whom = event.startsWith('care-') ? texts.audit.several : texts.audit.somebody;
    const what = say(actor ?? texts.audit.somebody, target ?? whom);
    const notes = [
      ...(outcome === 'done' ? [] : [texts.audit[outcome]]),
      ...(times > 1 ? [texts.audit.times(times)] : []),
    ];
    return notes.length > 0 ? `${what} (${notes.join(', ')})` : what;
  };
  return (
    <details
      class="fm-card cl-audit"
      onToggle={(event) => {
        if (!event.currentTarget.open) return;
        void action.run(async () => {
          events.value = (await fetchAudit(cohort.id)).events;
        });
      }}
    >
      <summary>
        <h2>{texts.audit.title}</h2>
      </summary>
      <ProblemNote problem={action.problem} language={language} />
      {events.value?.length === 0 && <p class="fm-quiet">{texts.audit.none}</p>}
      <ol>
        {events.value?.map((event, index) => (
          <li key={index}>
            <time class="fm-quiet" dateTime={new Date(event.atMs).toISOString()}>
              {time.format(event.atMs)}
            </time>
            <span>{sentence(event)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
