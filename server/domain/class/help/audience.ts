/** What makes the event of each type for somebody, as it is now. */
export type Parts<Somebody, Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: (somebody: Somebody) => Extract<Event, { readonly type: Type }>;
};

interface Listener<Somebody, Event> {
  readonly who: Somebody;
  readonly send: (event: Event) => void;
  /** By type, as it was sent last: what has not changed is not sent again. */
  readonly last: Map<string, string>;
}

/** Everybody who is connected, and what they were told. */
export class Audience<Somebody, Event extends { readonly type: string }> {
  readonly #parts: Parts<Somebody, Event>;
  readonly #listeners = new Set<Listener<Somebody, Event>>();

  constructor(parts: Parts<Somebody, Event>) {
    this.#parts = parts;
  }

  /** @returns ends it; `send` is called at once with every part */
  join(who: Somebody, send: (event: Event) => void): () => void {
    const listener = { who, send, last: new Map<string, string>() };
    for (const type of Object.keys(this.#parts)) this.#send(listener, type as Event['type']);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(isMeant: (who: Somebody) => boolean, type: Event['type']): void {
    for (const listener of this.#listeners) if (isMeant(listener.who)) this.#send(listener, type);
  }

  #send({ who, send, last }: Listener<Somebody, Event>, type: Event['type']): void {
    const event: Event = this.#parts[type](who);
    const told = JSON.stringify(event);
    if (last.get(type) === told) return;
    last.set(type, told);
    send(event);
  }
}
