import { launchResult } from '../api-client/launch-link.ts';
import { onAccountChanged } from './account-changed.ts';

/**
 * `<account-menu data-lang>` in the header: who is signed in, in a class. Alone there is nothing to show, so what draws
 * it is loaded only when there is.
 */
customElements.define(
  'account-menu',
  class AccountMenu extends HTMLElement {
    connectedCallback(): void {
      const show = () =>
        void this.#show().catch(() => {
          // A page without a server behind it is still a page to read.
        });
      show();
      onAccountChanged(show);
    }

    async #show(): Promise<void> {
      await launchResult;
      const response = await fetch('/api/me');
      if (!response.ok) return;
      const me = (await response.json()) as { mode?: unknown };
      if (me.mode !== 'class') return;
      const { showAccount } = await import('./show-account.tsx');
      await showAccount(this, me);
    }
  },
);
