import type { Language } from '#contract/language.ts';
import { showHref } from '../../class/watch/watch-href.ts';
import { classState } from '../class-channel.ts';
import type { ChannelTexts } from '../texts.ts';

/** An instructor shows a lab: the way there, as long as it goes on. */
export function ShowCard({ language, texts }: { language: Language; texts: ChannelTexts }) {
  const show = classState.value?.show?.show ?? null;
  const isHere = location.pathname === showHref(language);
  return (
    <div class="cc-show" role="status">
      {show !== null && !isHere && (
        <p>
          <span>{texts.show.title(show.by)}</span>
          <a class="lp-button" href={showHref(language)} target="_blank" rel="noopener">
            {texts.show.watch}
          </a>
        </p>
      )}
    </div>
  );
}
