import { askPane, RUN_EVENT } from './pane-events.ts';

const FEEDBACK_MS = 1800;

/** Copy and run buttons of the lesson's commands. */
export function commandBlocks(): void {
  for (const block of document.querySelectorAll<HTMLElement>('.run[data-command]')) {
    const text = block.dataset['command'] ?? '';
    const copy = block.querySelector<HTMLButtonElement>('[data-copy]');
    copy?.addEventListener('click', () => void copyText(copy, text));
    block.querySelector('[data-run]')?.addEventListener('click', () => run(block, text));
  }
}

async function copyText(button: HTMLButtonElement, text: string): Promise<void> {
  const label = button.querySelector('span');
  if (!label || button.dataset['busy'] !== undefined) return;
  const before = label.textContent;
  button.dataset['busy'] = '';
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = button.dataset['done'] ?? '';
  } catch {
    // Plain HTTP from another machine has no clipboard: the learner can still select the text.
    label.textContent = button.dataset['failed'] ?? '';
  }
  setTimeout(() => {
    label.textContent = before;
    delete button.dataset['busy'];
  }, FEEDBACK_MS);
}

function run(block: HTMLElement, text: string): void {
  const note = block.querySelector<HTMLElement>('.run-note');
  if (!note) return;
  note.textContent = askPane(RUN_EVENT, { text }) ? '' : (note.dataset['noTerminal'] ?? '');
}
