import { labPaneElement } from './lab-pane-element.tsx';
import { retryOnce } from './retry-once.ts';

customElements.define(
  'lab-pane',
  labPaneElement(async () => {
    const { TerminalSession } = await retryOnce(() => import('../terminal/terminal-session.ts'));
    return (options) => new TerminalSession(options);
  }),
);
