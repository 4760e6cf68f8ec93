import type { Language } from '#contract/language.ts';
import { showHref } from '../../class/watch/watch-href.ts';
import { classState } from '../class-channel.ts';
import type { ChannelTexts } from '../texts.ts';

/** An instructor shows a lab: the way there, as long as it goes on. It opens beside the page, where the own lab is. */
export function ShowCard({ language, texts }: { language: Language; texts: ChannelTexts }) {
  const show = classState.value?.show?.show ?? null;
  if (show === null || location.pathname === showHref(language)) return null;
  return (
    <div class="cc-card cc-show">
      <p>{texts.show.title(show.by)}</p>
      <a class="lp-button" href={showHref(language)} target="_blank" rel="noopener">
        {texts.show.watch}
      </a>
    </div>
  );
}
