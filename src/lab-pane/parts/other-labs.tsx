import type { LabSessionView } from '#contract/api.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';

/** Where there is no room for this lab: the learner's other ones, to be closed from here. */
export function OtherLabs() {
  const { lab, language, texts } = usePane();
  if (lab.otherLabs.value.length === 0) return null;
  const titleOf = (id: string) => lab.lesson.value?.labs.find((own) => own.id === id)?.title[language] ?? id;
  const wordsFor = ({ status, lab: id }: LabSessionView): string =>
    ('queue' in status && status.queue ? texts.queue.leaveOther : texts.start.closeOther)(titleOf(id));
  return (
    <>
      <h3>{texts.start.otherLabs}</h3>
      {lab.otherLabs.value.map((other) => (
        <button
          key={other.id}
          type="button"
          class="lp-button"
          disabled={lab.work.value !== null}
          onClick={() => void lab.closeOther(other)}
        >
          <RichText text={wordsFor(other)} />
        </button>
      ))}
    </>
  );
}
