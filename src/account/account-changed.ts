const ACCOUNT_EVENT = 'rollout-lab:account';

/** Somebody has come in or gone in this page: the header asks again who it is. */
export function tellAccountChanged(): void {
  window.dispatchEvent(new Event(ACCOUNT_EVENT));
}

export function onAccountChanged(listener: () => void): void {
  window.addEventListener(ACCOUNT_EVENT, listener);
}
