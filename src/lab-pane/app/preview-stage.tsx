import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { usePane } from '../pane-parts.ts';
import { Icon } from '../parts/icon.tsx';
import { ToolButton } from '../parts/tool-button.tsx';
import { RichText } from '../rich-text.tsx';
import type { PreviewController, PreviewPhase, PreviewTarget } from './preview-controller.ts';
import type { AppTexts } from './texts.ts';
import { useFocusKept } from './use-focus-kept.ts';

interface PreviewStageProps {
  readonly preview: PreviewController;
  readonly target: PreviewTarget;
  readonly texts: AppTexts;
}

/**
 * What an application may do in the tab: everything on its own origin, and nothing to the page around it. Windows
 * that it opens are as free as one that the learner opens.
 */
const SANDBOX =
  'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

/** The chosen port: its address with what can be done, and its page or why there is none. */
export function PreviewStage(props: PreviewStageProps) {
  const { preview, target, texts } = props;
  const bar = useRef<HTMLDivElement>(null);
  useFocusKept(bar);
  const origin = preview.origin.value;
  const address = `${target.node}:${target.port}`;
  return (
    <>
      <p class="lp-hidden" aria-live="polite">
        {saidOf(preview.phase.value, address, texts)}
      </p>
      <div class="lp-app-bar" ref={bar}>
        <ToolButton icon="back" label={texts.back} word={texts.back} onClick={() => preview.choose()} />
        <span class="lp-app-address">{address}</span>
        <ToolButton
          icon="reset"
          label={texts.reload}
          onClick={() => void preview.reload()}
          disabled={preview.phase.value.kind !== 'shown'}
        />
        {origin && (
          <a
            class="lp-tool"
            href={`${origin}/`}
            target="_blank"
            rel="noopener noreferrer"
            title={texts.ownWindowHint}
            aria-label={texts.ownWindowHint}
          >
            <Icon name="outside" />
            <span class="lp-tool-label">{texts.ownWindow}</span>
          </a>
        )}
      </div>
      <Body {...props} address={address} origin={origin} />
    </>
  );
}

interface BodyProps extends PreviewStageProps {
  readonly address: string;
  readonly origin: string | null;
}

function Body({ preview, target, texts, address, origin }: BodyProps) {
  const { language } = usePane();
  const phase = preview.phase.value;
  const said = saidOf(phase, address, texts);
  switch (phase.kind) {
    case 'choosing':
    case 'asking':
      return <Said title={said} />;
    case 'waiting':
      return (
        <Said title={said}>
          <p>
            <RichText
              text={
                phase.listens === 'no'
                  ? texts.closedBody(target.node, target.port)
                  : texts.silentBody(target.node)
              }
            />
          </p>
          <p class="lp-quiet">{texts.probing}</p>
        </Said>
      );
    case 'ready':
      return (
        <Said title={said}>
          <p>{texts.readyBody}</p>
          <button type="button" class="lp-button lp-primary" onClick={() => void preview.reload()}>
            {texts.show}
          </button>
        </Said>
      );
    case 'problem':
      return (
        <Said title={said}>
          <p>
            <RichText text={phase.problem.text(language)} />
          </p>
          {phase.problem.isRetryable && (
            <button type="button" class="lp-button" onClick={() => void preview.reload()}>
              {texts.tryAgain}
            </button>
          )}
        </Said>
      );
    case 'shown':
      return (
        <iframe
          key={preview.visit.value}
          class="lp-app-frame"
          title={said}
          src={`${origin}/`}
          sandbox={SANDBOX}
          allow=""
          referrerpolicy="no-referrer"
        />
      );
  }
}

function Said({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="lp-app-said">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function saidOf(phase: PreviewPhase, address: string, texts: AppTexts): string {
  switch (phase.kind) {
    case 'choosing':
    case 'asking':
      return texts.asking(address);
    case 'waiting':
      return phase.listens === 'no' ? texts.closed(address) : texts.silent(address);
    case 'ready':
      return texts.ready(address);
    case 'problem':
      return texts.problem(address);
    case 'shown':
      return texts.shown(address);
  }
}
