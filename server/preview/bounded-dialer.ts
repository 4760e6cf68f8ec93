import type { Duplex } from 'node:stream';
import { LabError } from '../domain/lab-error.ts';
import type { LabDialer, LabNodeRef } from '../ports.ts';

/** Of the 64 connections that a node lets in; the rest is for others who ask it something. */
const PER_NODE = 40;

/** Keeps previews from taking every way into a node. */
export class BoundedDialer implements LabDialer {
  readonly #dialer: LabDialer;
  readonly #open = new Map<string, number>();

  constructor(dialer: LabDialer) {
    this.#dialer = dialer;
  }

  /** @throws LabError TOO_MANY_REQUESTS, and what the dialer throws */
  async dial(node: LabNodeRef, port: number, signal: AbortSignal): Promise<Duplex> {
    const { containerId } = node;
    const open = this.#open.get(containerId) ?? 0;
    if (open >= PER_NODE)
      throw new LabError('TOO_MANY_REQUESTS', `${open} connections to ${node.name} are open`);
    this.#open.set(containerId, open + 1);
    const release = (): void => {
      const left = (this.#open.get(containerId) ?? 1) - 1;
      if (left > 0) this.#open.set(containerId, left);
      else this.#open.delete(containerId);
    };
    try {
      const connection = await this.#dialer.dial(node, port, signal);
      connection.once('close', release);
      return connection;
    } catch (failure) {
      release();
      throw failure;
    }
  }
}
