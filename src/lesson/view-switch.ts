import { EXERCISE_EVENT, RUN_EVENT } from './pane-events.ts';

const STORAGE_KEY = 'rollout-lab.page-view';
type View = 'text' | 'lab';

/** On narrow screens text and lab share one place. Hiding never unmounts: the terminal keeps running. */
export function viewSwitch(): void {
  const root = document.documentElement;
  const wide = matchMedia('(min-width: 72rem)');
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-view-button]')];
  const text = document.getElementById('lab-text');
  if (!text) return;

  function show(view: View): void {
    root.dataset['view'] = view;
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button.dataset['viewButton'] === view));
    }
    // Hidden text must not take the focus while the lab covers it.
    text?.toggleAttribute('inert', view === 'lab' && !wide.matches);
    try {
      sessionStorage.setItem(STORAGE_KEY, view);
    } catch {
      // The view then lasts as long as the page.
    }
  }

  for (const button of buttons) {
    button.addEventListener('click', () => show(button.dataset['viewButton'] === 'lab' ? 'lab' : 'text'));
  }
  wide.addEventListener('change', () => show(current()));
  // What the pane accepted is worth seeing: it has answered by the time the event comes up to here again.
  for (const name of [RUN_EVENT, EXERCISE_EVENT]) {
    window.addEventListener(name, (event) => {
      queueMicrotask(() => {
        if (event.defaultPrevented) show('lab');
      });
    });
  }
  // An on-screen keyboard shortens what is visible without changing the page's height.
  const viewport = window.visualViewport;
  viewport?.addEventListener('resize', () => {
    root.style.setProperty('--visible-height', `${viewport.height}px`);
  });
  show(current());

  function current(): View {
    return root.dataset['view'] === 'lab' ? 'lab' : 'text';
  }
}
