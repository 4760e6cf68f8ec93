import { problemText } from '../../api-client/lab-problem.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { Message } from './card.tsx';

/** For whoever has no lab: how to get one. Alone that is a link that no page can give. */
export function SignInCard() {
  const { lab, language, texts } = usePane();
  const words = texts.start;
  const wayIn = lab.wayIn.value;
  const text = lab.problem.value?.text(language) ?? problemText(wayIn, language);
  return (
    <Message title={wayIn === 'NOT_SIGNED_IN' ? words.signInTitle : words.joinTitle}>
      <p>
        <RichText text={text} />
      </p>
      {wayIn === 'NOT_JOINED' && (
        <a class="lp-button lp-primary" href={`/${language}/join/`}>
          {words.join}
        </a>
      )}
    </Message>
  );
}
