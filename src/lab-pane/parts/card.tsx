import type { ComponentChildren } from 'preact';
import { problemText } from '../../api-client/lab-problem.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import type { StageCard } from '../stage-card.ts';
import { ProgressCard } from './progress-card.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { StartCard } from './start-card.tsx';
import { WaitingCard } from './waiting-card.tsx';
import { Why } from './why.tsx';

/** One message in the middle of the stage, with what can be done about it. */
export function Card({ card }: { card: StageCard }) {
  const { lab, deck, start, language, texts } = usePane();
  const words = texts.start;
  const problem = lab.problem.value;
  switch (card.kind) {
    case 'checking':
      return <p class="lp-card lp-quiet">{texts.status.checking}</p>;
    case 'sign-in':
      return <SignInCard />;
    case 'unavailable':
      return (
        <Message title={problem?.isRetryable ? words.unreachableTitle : words.noLessonTitle}>
          <p>{problem && <RichText text={problem.text(language)} />}</p>
          {problem?.isRetryable && <p>{words.retrying}</p>}
          <button type="button" class="lp-button lp-primary" onClick={() => void lab.load()}>
            {words.tryAgain}
          </button>
        </Message>
      );
    case 'start':
    case 'closed':
      return <StartCard isClosed={card.kind === 'closed'} why={card.kind === 'closed' ? card.why : null} />;
    case 'waiting':
      return <WaitingCard place={card.place} canLeave={card.canLeave} />;
    case 'progress':
      return <ProgressCard step={card.step} />;
    case 'paused':
      return (
        <Message title={card.isWaking ? texts.status.resuming : words.pausedTitle}>
          {card.why && <Why why={card.why} state="paused" />}
          <p>{words.pausedBody}</p>
          {!card.isWaking && (
            <button type="button" class="lp-button lp-primary" onClick={() => void lab.resume()}>
              {words.resume}
            </button>
          )}
        </Message>
      );
    case 'failed':
      return (
        <Message title={words.failedTitle}>
          <p role="alert">
            <RichText text={problemText(card.code, language, card.params)} />
          </p>
          {card.code === 'LAB_PREPARE_FAILED' && (
            <button
              type="button"
              class="lp-button lp-primary"
              onClick={() => {
                deck.focusNext();
                void start.prepare();
              }}
            >
              {texts.prepare.again}
            </button>
          )}
          <button
            type="button"
            class={`lp-button ${card.code === 'LAB_PREPARE_FAILED' ? '' : 'lp-primary'}`}
            onClick={() => {
              deck.focusNext();
              void lab.reset();
            }}
          >
            {texts.tools.reset}
          </button>
        </Message>
      );
  }
}

export function Message({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="lp-card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
