import { limitMessages } from '../limit-news.ts';
import { usePane } from '../pane-parts.ts';
import { RichText } from '../rich-text.tsx';
import { ToolButton } from './tool-button.tsx';

/** Which limit which node is at, and what to do about it. */
export function LimitNotices() {
  const { lab, language, texts } = usePane();
  return limitMessages(lab.model.value.limits).map(({ limit, nodes, most }) => (
    <div key={limit} class="lp-banner" data-level="warning" data-limit={limit}>
      <p>
        <RichText
          text={texts.limits[limit](
            nodes.map((node) => `\`${node}\``).join(', '),
            most.toLocaleString(language),
          )}
        />
      </p>
      <ToolButton icon="close" label={texts.banner.dismiss} onClick={() => lab.dismissLimit(limit)} />
    </div>
  ));
}
