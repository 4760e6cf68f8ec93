import type { BrowserContext } from '@playwright/test';

/** What a browser complains about while pages of a context are open: errors, refused requests, policy violations. */
export class PageDiary {
  readonly complaints: string[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#add(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) =>
      this.#add(`exception: ${error.error().stack ?? error.error().message}`),
    );
    context.on('requestfailed', (request) =>
      this.#add(`request failed: ${request.method()} ${request.url()} ${request.failure()?.errorText}`),
    );
    context.on('response', (response) => {
      if (response.status() >= 400) this.#add(`answer ${response.status()}: ${response.url()}`);
    });
  }

  toString(): string {
    return this.complaints.join('\n');
  }

  #add(complaint: string): void {
    this.complaints.push(complaint);
  }
}
