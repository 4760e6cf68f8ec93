const STORAGE_KEY = 'rollout-lab.pane-share';
const MIN_SHARE = 0.3;
const MAX_SHARE = 0.7;
const DEFAULT_SHARE = 0.5;
const KEY_STEP = 0.02;

/** The divider between text and lab: drag it, or focus it and use the arrow keys, Home, End and Enter. */
export function splitPane(): void {
  const split = document.querySelector<HTMLElement>('.lab-split');
  const divider = split?.querySelector<HTMLElement>('.lab-divider');
  if (!split || !divider) return;
  const root = document.documentElement;
  let share = clamp(Number.parseFloat(root.style.getPropertyValue('--pane-share')) || DEFAULT_SHARE);
  announce();

  function announce(): void {
    // The separator's value is the place of the text, the part before it.
    divider?.setAttribute('aria-valuenow', String(Math.round((1 - share) * 100)));
  }

  function set(next: number): void {
    share = clamp(next);
    root.style.setProperty('--pane-share', share.toFixed(4));
    announce();
  }

  function remember(): void {
    try {
      localStorage.setItem(STORAGE_KEY, share.toFixed(4));
    } catch {
      // Without storage the width lasts as long as the page.
    }
  }

  divider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    divider.setPointerCapture(event.pointerId);
    divider.dataset['dragging'] = '';
    root.dataset['draggingDivider'] = '';
    event.preventDefault();
    divider.focus();
  });
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const box = split.getBoundingClientRect();
    set((box.right - event.clientX) / box.width);
  });
  divider.addEventListener('lostpointercapture', () => {
    delete divider.dataset['dragging'];
    delete root.dataset['draggingDivider'];
    remember();
  });
  divider.addEventListener('dblclick', () => {
    set(DEFAULT_SHARE);
    remember();
  });
  divider.addEventListener('keydown', (event) => {
    const next = nextShare(event.key, share);
    if (next === undefined) return;
    event.preventDefault();
    set(next);
    remember();
  });
}

/** Where a key moves the divider. Left makes the text narrower, so the pane's share grows. */
export function nextShare(key: string, share: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return share + KEY_STEP;
    case 'ArrowRight':
      return share - KEY_STEP;
    case 'Home':
      return MAX_SHARE;
    case 'End':
      return MIN_SHARE;
    case 'Enter':
      return DEFAULT_SHARE;
    default:
      return undefined;
  }
}

function clamp(share: number): number {
  return Math.min(MAX_SHARE, Math.max(MIN_SHARE, share));
}
