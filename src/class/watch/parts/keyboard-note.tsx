import { useSight } from '../sight-context.ts';
import { useWatch } from '../watch-context.ts';

/** Who has the keyboard, where that is not the usual. */
export function KeyboardNote() {
  const watch = useWatch();
  const { texts } = useSight();
  const status = watch.watching.value?.status;
  if (status?.state !== 'on') return null;
  const { keyboard } = status;
  const learner = watch.choice.value?.learner.name ?? '';
  const words = texts.keyboard;
  if (keyboard.state === 'has') return <p class="fm-note wt-keyboard">{words.has}</p>;
  if (keyboard.state === 'asked') return <p class="fm-note fm-waiting">{words.asking}</p>;
  return keyboard.why === null ? null : <p class="fm-note">{words.ends[keyboard.why](learner)}</p>;
}
