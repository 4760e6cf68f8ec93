import { useRef } from 'preact/hooks';
import appStyles from '../app/app.css?url';
import mapStyles from '../map/map.css?url';
import { usePane } from '../pane-parts.ts';
import { SIDE_VIEWS, type SideView } from '../side-views.ts';
import timelineStyles from '../timeline/timeline.css?url';
import { withStyles } from '../with-styles.ts';
import { ExercisePanel } from './exercise-panel.tsx';
import { Icon } from './icon.tsx';
import { later } from './later.tsx';
import { ToolButton } from './tool-button.tsx';

const PARTS = {
  exercise: ExercisePanel,
  map: later(async () => (await withStyles(mapStyles, () => import('../map/map-view.tsx'))).MapView),
  timeline: later(
    async () => (await withStyles(timelineStyles, () => import('../timeline/own-timeline.tsx'))).OwnTimeline,
  ),
  app: later(async () => (await withStyles(appStyles, () => import('../app/app-view.tsx'))).AppView),
} as const;

/** The lower part of the pane: the exercise, or a look at the learner's swarm from another side. */
export function SidePanel() {
  const { settings, texts } = usePane();
  const list = useRef<HTMLDivElement>(null);
  const open = settings.exerciseOpen.value;
  const view = settings.sideView.value;
  const words = texts.views;

  const turnTo = (next: SideView): void => {
    settings.sideView.value = next;
    settings.exerciseOpen.value = true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = keyTarget(event.key, view);
    if (next === null) return;
    event.preventDefault();
    turnTo(next);
    list.current?.querySelector<HTMLElement>(`#lp-view-tab-${next}`)?.focus();
  };
  const Part = PARTS[view];
  return (
    <div class="lp-side-panel">
      <div class="lp-views">
        <div class="lp-view-list" role="tablist" aria-label={words.list} ref={list} onKeyDown={onKeyDown}>
          {SIDE_VIEWS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`lp-view-tab-${name}`}
              class="lp-view-tab"
              aria-selected={name === view}
              aria-controls="lp-view-panel"
              tabIndex={name === view ? 0 : -1}
              onClick={() => turnTo(name)}
            >
              <Icon name={ICONS[name]} />
              <span>{words[name]}</span>
            </button>
          ))}
        </div>
        <ToolButton
          icon={open ? 'down' : 'up'}
          class="lp-collapse"
          label={open ? words.collapse : words.expand}
          expanded={open}
          onClick={() => {
            settings.exerciseOpen.value = !open;
          }}
        />
      </div>
      <div class="lp-view" role="tabpanel" id="lp-view-panel" aria-labelledby={`lp-view-tab-${view}`}>
        <Part />
      </div>
    </div>
  );
}

const ICONS = { exercise: 'passed', map: 'map', timeline: 'timeline', app: 'app' } as const;

function keyTarget(key: string, view: SideView): SideView | null {
  const position = SIDE_VIEWS.indexOf(view);
  const target = {
    ArrowRight: (position + 1) % SIDE_VIEWS.length,
    ArrowLeft: (position - 1 + SIDE_VIEWS.length) % SIDE_VIEWS.length,
    Home: 0,
    End: SIDE_VIEWS.length - 1,
  }[key];
  return target === undefined ? null : (SIDE_VIEWS[target] ?? null);
}
