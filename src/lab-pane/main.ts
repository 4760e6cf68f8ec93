import { labPaneElement } from './lab-pane-element.tsx';

const RETRY_AFTER_MS = 400;

/** The lab's network comes up while this loads, and Chromium then drops requests under way: one more try. */
function loadTerminal() {
  const load = () => import('../terminal/terminal-session.ts');
  return load().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    return load();
  });
}

customElements.define(
  'lab-pane',
  labPaneElement(async () => {
    const { TerminalSession } = await loadTerminal();
    return (options) => new TerminalSession(options);
  }),
);
