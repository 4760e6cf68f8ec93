import type { ILinkHandler, Terminal } from '@xterm/xterm';

export type ConfirmLink = (url: string) => boolean | Promise<boolean>;

/** Links open only after the learner has seen where they lead: what a program prints is not to be trusted. */
async function openLink(address: string, confirm: ConfirmLink): Promise<void> {
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return;
  if (await confirm(url.href)) window.open(url.href, '_blank', 'noopener,noreferrer');
}

/** For OSC 8 links, whose text may say something else than their address. */
export function hyperlinkHandler(confirm: ConfirmLink): ILinkHandler {
  return { activate: (_event, address) => void openLink(address, confirm) };
}

/** For addresses in plain text. */
export async function addWebLinks(terminal: Terminal, confirm: ConfirmLink): Promise<void> {
  const { WebLinksAddon } = await import('@xterm/addon-web-links');
  terminal.loadAddon(new WebLinksAddon((_event, address) => void openLink(address, confirm)));
}
