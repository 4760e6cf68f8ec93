import { launchResult } from '../api-client/launch-link.ts';
import { onAccountChanged } from './account-changed.ts';

/**
 * `<account-menu data-lang>` in the header: who is signed in, in a class. Alone there is nothing to show, so what draws
 * it is loaded only when there is.
 */
customElements.define(
  'account-menu',
  class AccountMenu extends HTMLElement {
    #isFollowing = false;

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
      const me = (await response.json()) as { mode?: unknown; learner?: unknown };
      if (me.mode !== 'class') return;
      void this.#follow(me);
      const { showAccount } = await import('./show-account.tsx');
      await showAccount(this, me);
    }

    /** In a class, whoever learns hears of it on every page. */
    async #follow(me: { learner?: unknown }): Promise<void> {
      const host = document.querySelector<HTMLElement>('class-channel');
      if (host === null || (!me.learner && !this.#isFollowing)) return;
      this.#isFollowing = true;
      const { followClass } = await import('../class-channel/follow-class.ts');
      await followClass(host, me);
    }
  },
);
