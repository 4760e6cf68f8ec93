import { useClass } from '../class-context.ts';
import type { CareTarget } from './care-target.ts';

/** The open labs of a learner, each with its state. */
export function OpenLabs({ labs }: { labs: CareTarget['labSessions'] }) {
  const { language, texts } = useClass();
  const words = texts.care.labs;
  if (labs.length === 0) return <span class="fm-quiet">{words.none}</span>;
  return (
    <span class="care-labs">
      {labs.map(({ id, title, state }) => (
        <span key={id} class="care-lab" data-state={state}>
          {title[language]} <span>{words.state[state]}</span>
        </span>
      ))}
    </span>
  );
}
