import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { LabError } from '../domain/lab-error.ts';
import type { LabDialer, LabNodeRef } from '../ports.ts';

/** Leads to real servers of the test, by node and port in the lab. */
export class FakeLabDialer implements LabDialer {
  /** Port of this machine by `node1:80`. */
  readonly ports = new Map<string, number>();
  readonly open = new Set<Duplex>();
  failNext: LabError | null = null;

  async dial({ name }: LabNodeRef, port: number, signal: AbortSignal): Promise<Duplex> {
    const failure = this.failNext;
    this.failNext = null;
    if (failure !== null) throw failure;
    const local = this.ports.get(`${name}:${port}`);
    if (local === undefined) throw new LabError('PORT_CLOSED', `nothing listens on ${name}:${port}`);
    const socket = connect(local, '127.0.0.1');
    await once(socket, 'connect', { signal });
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  }
}
