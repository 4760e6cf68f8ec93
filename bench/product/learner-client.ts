import { z } from 'zod';
import { CSRF_HEADER, LabSessionView, Problem, TerminalView, TicketResponse } from '#contract/api.ts';
import type { LabSessionId } from '#contract/ids.ts';
import { readyFromEvents, type StepSeen } from './ready-from-events.ts';

const REQUEST_DEADLINE_MS = 30_000;

/** A signed-in learner's browser without the page: the same requests, cookie, origin and header. */
export class LearnerClient {
  readonly origin: string;
  readonly cookie: string;
  readonly #signal: AbortSignal;

  private constructor(origin: string, cookie: string, signal: AbortSignal) {
    this.origin = origin;
    this.cookie = cookie;
    this.#signal = signal;
  }

  static async signIn(origin: string, launchToken: string, signal: AbortSignal): Promise<LearnerClient> {
    const anonymous = new LearnerClient(origin, '', signal);
    const response = await anonymous.#request('POST', '/api/login', { launchToken });
    const cookie = response.headers
      .getSetCookie()
      .map((header) => header.split(';', 1)[0])
      .join('; ');
    if (cookie === '') throw new Error('signing in gave no cookie');
    return new LearnerClient(origin, cookie, signal);
  }

  async labs(): Promise<LabSessionView[]> {
    return z.array(LabSessionView).parse(await this.#json('GET', '/api/lab-sessions'));
  }

  async startLab(lab: string): Promise<LabSessionView> {
    return LabSessionView.parse(await this.#json('POST', '/api/lab-sessions', { lab }));
  }

  async resetLab(id: LabSessionId): Promise<LabSessionView> {
    return LabSessionView.parse(await this.#json('POST', `/api/lab-sessions/${id}/reset`));
  }

  /** A fresh lab that is where an exercise begins; `whenReady` tells when. */
  async prepareLab(id: LabSessionId, exercise: string): Promise<void> {
    await this.#request('POST', `/api/lab-sessions/${id}/prepare`, { exercise });
  }

  async closeLab(id: LabSessionId): Promise<void> {
    await this.#request('DELETE', `/api/lab-sessions/${id}`);
  }

  /** Somebody who has signed in already, in another process. */
  static withCookie(origin: string, cookie: string, signal: AbortSignal): LearnerClient {
    return new LearnerClient(origin, cookie, signal);
  }

  /** @returns milliseconds until the last byte of a page or an answer was there */
  async answerMs(path: string): Promise<number> {
    const askedAtMs = performance.now();
    await (await this.#request('GET', path)).arrayBuffer();
    return performance.now() - askedAtMs;
  }

  async activate(id: LabSessionId, exercise: string): Promise<void> {
    await this.#request('POST', `/api/lab-sessions/${id}/exercise`, { exercise });
  }

  /** Resolves with its steps when the server announces the lab as ready. @throws when the lab failed, or at the deadline */
  async whenReady(id: LabSessionId, atLeastGeneration: number): Promise<readonly StepSeen[]> {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(REQUEST_DEADLINE_MS * 3)]);
    try {
      return await readyFromEvents(await this.events(id, signal), atLeastGeneration);
    } finally {
      stop.abort();
    }
  }

  async events(id: LabSessionId, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const response = await fetch(`${this.origin}/api/lab-sessions/${id}/events`, {
      headers: this.#headers(),
      signal: AbortSignal.any([signal, this.#signal]),
    });
    if (!response.ok || response.body === null) throw new Error(`events of the lab: HTTP ${response.status}`);
    return response.body;
  }

  async openTerminal(id: LabSessionId, size: { cols: number; rows: number }): Promise<TerminalView> {
    const body = { node: 'node1', ...size };
    return TerminalView.parse(await this.#json('POST', `/api/lab-sessions/${id}/terminals`, body));
  }

  async closeTerminal(id: LabSessionId, terminalId: string): Promise<void> {
    await this.#request('DELETE', `/api/lab-sessions/${id}/terminals/${terminalId}`);
  }

  async ticket(id: LabSessionId, terminalId: string): Promise<string> {
    const path = `/api/lab-sessions/${id}/terminals/${terminalId}/ticket`;
    return TicketResponse.parse(await this.#json('POST', path)).ticket;
  }

  #headers(): Record<string, string> {
    return { origin: this.origin, cookie: this.cookie, [CSRF_HEADER]: '1' };
  }

  async #json(method: string, path: string, body?: unknown): Promise<unknown> {
    return (await this.#request(method, path, body)).json();
  }

  async #request(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: { ...this.#headers(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(REQUEST_DEADLINE_MS)]),
    });
    if (response.ok) return response;
    const problem = Problem.safeParse(await response.json().catch(() => null));
    const reason = problem.success ? `${problem.data.code} (${problem.data.title})` : 'no problem document';
    throw new Error(
      `${method} ${path.replace(/\/[a-z0-9]{12,}/g, '/…')}: HTTP ${response.status}: ${reason}`,
    );
  }
}
