import { useEffect } from 'preact/hooks';
import type { LabController } from '../lab-controller.ts';
import { usePane } from '../pane-parts.ts';
import { useViewTexts } from '../view-texts.ts';
import { PortList } from './port-list.tsx';
import { PreviewController } from './preview-controller.ts';
import { PreviewStage } from './preview-stage.tsx';
import { APP_TEXTS, type AppTexts } from './texts.ts';

/** The choice outlives the view, which goes when another one is looked at. */
const previews = new WeakMap<LabController, PreviewController>();

function previewOf(lab: LabController): PreviewController {
  const known = previews.get(lab) ?? new PreviewController(lab);
  previews.set(lab, known);
  return known;
}

/** The learner's application, as a browser sees it. */
export function AppView() {
  const { lab } = usePane();
  const texts = useViewTexts(APP_TEXTS);
  const preview = previewOf(lab);
  useEffect(() => {
    preview.enter();
    return () => preview.leave();
  }, [preview]);
  return (
    <section class="lp-app" aria-label={texts?.region}>
      {texts && <Content preview={preview} texts={texts} />}
    </section>
  );
}

function Content({ preview, texts }: { readonly preview: PreviewController; readonly texts: AppTexts }) {
  const { lab } = usePane();
  const state = lab.state.value;
  const target = preview.target.value;
  if (state === null || state === 'closed') return <p class="lp-app-said lp-quiet">{texts.noLab}</p>;
  if (target === null && state !== 'ready') return <p class="lp-app-said lp-quiet">{texts.notReady}</p>;
  return (
    <>
      {preview.isUpdating.value && <p class="lp-app-updating">{texts.updating}</p>}
      {target === null ? (
        <PortList preview={preview} texts={texts} />
      ) : (
        <PreviewStage preview={preview} target={target} texts={texts} />
      )}
    </>
  );
}
