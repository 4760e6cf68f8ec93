const STORAGE_KEY = 'rollout-lab.position';
const COOKIE_SECONDS = 365 * 24 * 60 * 60;

/** Nearest heading above the top edge, and how far the way to the next one has been read (0…1). */
interface Position {
  readonly path: string;
  readonly id: string;
  readonly progress: number;
}

/** A switch of language lands on the same heading, and on the same part of it. Ids are equal in all languages. */
export function keepReadingPosition(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-language]')) {
    link.addEventListener('click', () => leave(link));
  }
  restore();
}

function leave(link: HTMLAnchorElement): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it to choose the language of `/`.
  document.cookie = `lang=${link.dataset['language']};path=/;max-age=${COOKIE_SECONDS};samesite=lax`;
  // What a page shows may stand there: the class, for one.
  link.search = location.search;
  const place = measure();
  if (!place) return;
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ ...place, path: link.pathname } satisfies Position));
  } catch {
    // The other page then opens at its top.
  }
}

function headings(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main :is(h1, h2, h3, h4)[id]')];
}

function topLine(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
}

function measure(): { id: string; progress: number } | undefined {
  const all = headings();
  const line = topLine() + 1;
  const index = all.findLastIndex((heading) => heading.getBoundingClientRect().top <= line);
  const current = all[Math.max(index, 0)];
  if (!current || window.scrollY === 0) return undefined;
  const top = current.getBoundingClientRect().top;
  const length = bottomOf(all[index + 1]) - top;
  return { id: current.id, progress: length > 0 ? Math.min(1, Math.max(0, (line - top) / length)) : 0 };
}

function bottomOf(next: HTMLElement | undefined): number {
  return next?.getBoundingClientRect().top ?? document.documentElement.scrollHeight - window.scrollY;
}

function restore(): void {
  let stored: Position;
  try {
    stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null');
    sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    return;
  }
  if (stored?.path !== location.pathname) return;
  const apply = (): void => {
    const all = headings();
    const index = all.findIndex((heading) => heading.id === stored.id);
    const target = all[index];
    if (!target) return;
    const top = target.getBoundingClientRect().top;
    const offset = stored.progress * (bottomOf(all[index + 1]) - top);
    window.scrollTo({ top: window.scrollY + top + offset - topLine(), behavior: 'instant' });
  };
  apply();
  // Fonts change the height of the text above.
  const before = window.scrollY;
  void document.fonts.ready.then(() => {
    if (Math.abs(window.scrollY - before) < 2) apply();
  });
}
