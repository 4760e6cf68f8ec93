import { labPaneElement } from './lab-pane-element.tsx';

customElements.define(
  'lab-pane',
  labPaneElement(async () => {
    const { TerminalSession } = await import('../terminal/terminal-session.ts');
    return (options) => new TerminalSession(options);
  }),
);
