import terminalStyles from '@xterm/xterm/css/xterm.css?url';
import { labPaneElement } from './lab-pane-element.tsx';
import { retryOnce } from './retry-once.ts';
import { withStyles } from './with-styles.ts';

customElements.define(
  'lab-pane',
  labPaneElement(async () => {
    const { TerminalSession } = await retryOnce(() =>
      withStyles(terminalStyles, () => import('../terminal/terminal-session.ts')),
    );
    return (options) => new TerminalSession(options);
  }),
);
