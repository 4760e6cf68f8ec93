import { withoutEndings } from './korean-endings.ts';
import { excerptParts } from './search-excerpt.ts';

interface Hit {
  readonly url: string;
  readonly meta: { readonly title?: string };
  readonly excerpt: string;
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}
interface Pagefind {
  search(query: string): Promise<{ results: { data(): Promise<Hit> }[] }>;
}

const DEBOUNCE_MS = 150;
const MAX_PAGES = 12;
const MAX_SECTIONS = 4;
const INDEX_PATH = '/pagefind/pagefind.js';

/** The search dialog. The index is fetched when the dialog first opens, never before. */
export function siteSearch(root: HTMLElement): void {
  const dialog = root.querySelector('dialog');
  const input = root.querySelector('input');
  const list = root.querySelector('ol');
  const status = root.querySelector<HTMLElement>('[role="status"]');
  const opener = root.querySelector<HTMLButtonElement>('[data-open]');
  if (!dialog || !input || !list || !status || !opener) return;

  let index: Promise<Pagefind> | undefined;
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = (): void => {
    dialog.showModal();
    input.select();
    index ??= import(/* @vite-ignore */ INDEX_PATH) as Promise<Pagefind>;
    index.catch(() => {
      index = undefined;
      status.textContent = status.dataset['failed'] ?? '';
    });
  };
  opener.disabled = false;
  opener.addEventListener('click', open);
  root.querySelector('[data-close]')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    // A click on the backdrop arrives at the dialog itself, a click on a link closes after a jump on the same page.
    if (event.target === dialog || (event.target instanceof Element && event.target.closest('a')))
      dialog.close();
  });
  dialog.addEventListener('keydown', (event) => moveFocus(event, input, list));
  window.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key !== 'k') return;
    // Inside the terminal Ctrl+K belongs to the shell.
    if (event.target instanceof Element && event.target.closest('lab-pane')) return;
    event.preventDefault();
    if (!dialog.open) open();
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), DEBOUNCE_MS);
  });

  async function update(): Promise<void> {
    const turn = ++newest;
    const query = input?.value.trim() ?? '';
    if (query === '' || !index) {
      list?.replaceChildren();
      if (status) status.textContent = '';
      return;
    }
    const hits = await find(await index, query).catch(() => undefined);
    if (turn !== newest || !list || !status) return;
    list.replaceChildren(...(hits ?? []).map(hitItem));
    status.textContent = hits === undefined ? (status.dataset['failed'] ?? '') : message(hits.length, query);
  }

  function message(count: number, query: string): string {
    const template = count === 0 ? status?.dataset['none'] : status?.dataset['results'];
    return (template ?? '').replace('{query}', query).replace('{count}', String(count));
  }
}

/** Searches as typed; only when that finds nothing, without Korean endings, at most two deep. */
async function find(pagefind: Pagefind, query: string): Promise<Hit[]> {
  for (let next: string | undefined = query, depth = 0; next !== undefined && depth < 3; depth++) {
    const { results } = await pagefind.search(next);
    if (results.length > 0) return Promise.all(results.slice(0, MAX_PAGES).map((result) => result.data()));
    next = withoutEndings(next);
  }
  return [];
}

function hitItem(hit: Hit): HTMLLIElement {
  const item = document.createElement('li');
  item.append(link(hit.url, hit.meta.title ?? hit.url, hit.excerpt));
  const sections = hit.sub_results.filter(({ url }) => url !== hit.url).slice(0, MAX_SECTIONS);
  if (sections.length > 0) {
    const inner = document.createElement('ul');
    for (const section of sections) {
      const row = document.createElement('li');
      row.append(link(section.url, section.title, section.excerpt));
      inner.append(row);
    }
    item.append(inner);
  }
  return item;
}

function link(url: string, title: string, excerpt: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = url;
  const heading = document.createElement('strong');
  heading.textContent = title;
  const text = document.createElement('span');
  for (const part of excerptParts(excerpt)) {
    const piece = document.createElement(part.isHit ? 'mark' : 'span');
    piece.textContent = part.text;
    text.append(piece);
  }
  anchor.append(heading, text);
  return anchor;
}

function moveFocus(event: KeyboardEvent, input: HTMLElement, list: HTMLElement): void {
  if (event.isComposing || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const stops = [input, ...list.querySelectorAll('a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
