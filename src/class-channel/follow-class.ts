import { h, render } from 'preact';
import { Me } from '#contract/api.ts';
import { LANGUAGES } from '#contract/language.ts';
import { tellAccountChanged } from '../account/account-changed.ts';
import { ChannelLink } from './channel-link.ts';
import { channelTexts } from './class-channel.ts';
import { HandButton } from './parts/hand-button.tsx';
import { MessageCards } from './parts/message-cards.tsx';
import { loadTexts } from './texts.ts';

let followed: { readonly learner: string; readonly stop: () => void } | null = null;

/**
 * Follows the class of whoever is signed in: the hand in the header, messages over the page, and what the lab pane reads
 * of it. Ends when it is nobody's or an instructor's browser.
 *
 * @param host `<class-channel data-lang>` in the header
 * @param answer of `/api/me`, as it came
 */
export async function followClass(host: HTMLElement, answer: unknown): Promise<void> {
  const { learner, cohort } = Me.parse(answer);
  const id = cohort === null ? null : (learner?.id ?? null);
  if (followed?.learner === id) return;
  followed?.stop();
  followed = null;
  if (id === null) return;
  const cards = document.createElement('div');
  const link = new ChannelLink(() => {
    followed?.stop();
    followed = null;
    tellAccountChanged();
  });
  followed = {
    learner: id,
    stop: () => {
      link.close();
      render(null, host);
      render(null, cards);
      cards.remove();
    },
  };
  const language = LANGUAGES.find((known) => known === host.dataset['lang']) ?? 'ko';
  const texts = await loadTexts(language);
  if (followed?.learner !== id) return;
  channelTexts.value = texts;
  document.body.append(cards);
  render(h(HandButton, { language, texts }), host);
  render(h(MessageCards, { language, texts }), cards);
}
