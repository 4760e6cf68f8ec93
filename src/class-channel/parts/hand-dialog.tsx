import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { HAND_WORDS_MAX, type OwnHand } from '#contract/class-help.ts';
import type { Language } from '#contract/language.ts';
import { lowerHand, raiseHand } from '../../api-client/class-help-api.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { TextArea } from '../../forms/text-area.tsx';
import { useAction } from '../../forms/use-action.ts';
import { Dialog } from '../../lab-pane/parts/dialog.tsx';
import { exercisesOnPage } from '../exercises-on-page.ts';
import type { ChannelTexts } from '../texts.ts';
import { handWords } from './hand-button.tsx';

interface HandDialogProps {
  readonly hand: OwnHand | null;
  /** What it is about, where the page knows; else `''`. */
  readonly exercise: string;
  readonly language: Language;
  readonly texts: ChannelTexts;
  readonly onClose: () => void;
}

/** Calls for help with a line of what about; of a hand that is raised, how it stands, to be changed or lowered. */
export function HandDialog({ hand, exercise, language, texts, onClose }: HandDialogProps) {
  const words = texts.hand;
  const action = useAction();
  const exercises = useSignal(exercisesOnPage()).value;
  const atHand = exercise || exercises.find(({ isActive }) => isActive)?.id || '';
  const about = useSignal(hand === null ? atHand : (hand.exercise ?? ''));
  const text = useSignal(hand?.words ?? '');
  const id = useId();
  const finish = async (work: () => Promise<void>) => {
    if (await action.run(work)) onClose();
  };
  const known = exercises.some((one) => one.id === about.value);
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  return (
    <Dialog title={hand === null ? words.title : words.raised} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void finish(() => raiseHand({ exercise: about.value || null, words: text.value }));
        }}
      >
        {hand && (
          <p class={`fm-note ${hand.takenBy === null ? 'fm-waiting' : 'fm-passed'}`}>
            <strong>{handWords(hand, texts)}</strong> · {words.since(time.format(hand.sinceMs))}
          </p>
        )}
        {(exercises.length > 0 || about.value !== '') && (
          <div class="fm-field">
            <label for={id}>{words.about}</label>
            <select
              id={id}
              value={about.value}
              onChange={(event) => {
                about.value = event.currentTarget.value;
              }}
            >
              <option value="">{words.noExercise}</option>
              {!known && about.value !== '' && <option value={about.value}>{about.value}</option>}
              {exercises.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </select>
          </div>
        )}
        <TextArea
          label={words.words}
          hint={words.wordsHint}
          rows={2}
          maxLength={HAND_WORDS_MAX}
          autofocus
          value={text.value}
          onText={(typed) => {
            text.value = typed;
          }}
        />
        <ProblemNote problem={action.problem} language={language} />
        <div class="lp-dialog-buttons">
          {hand && (
            <button
              type="button"
              class="lp-button cc-lower"
              disabled={action.isBusy}
              onClick={() => void finish(lowerHand)}
            >
              {words.lower}
            </button>
          )}
          <button type="button" class="lp-button" onClick={onClose}>
            {hand === null ? words.cancel : words.close}
          </button>
          <button type="submit" class="lp-button lp-primary" disabled={action.isBusy}>
            {hand === null ? words.send : words.change}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
