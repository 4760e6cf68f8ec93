import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LabError } from '../domain/lab-error.ts';
import type { PreviewFault } from './preview-page.ts';
import { type Destination, headersForApp } from './request-headers.ts';

/** Of an answer. An application that sets more cookies than this is broken. */
const HEAD_LIMIT_BYTES = 64 * 1024;
/** From the request's begin to the answer's. */
const ANSWER_DEADLINE_MS = 60_000;
const MAX_INFORMATIONS = 10;

/** The application did not begin to answer in time. */
class LateAnswer extends Error {}

/** Begins a request to the application over this connection, which serves for nothing else. */
export function callApp(
  connection: Duplex,
  request: IncomingMessage,
  destination: Destination,
  further: readonly string[],
): ClientRequest {
  const call = httpRequest({
    // A connection of node's own making is a Socket by its type only; streaming is all that is asked of it.
    createConnection: () => connection as Socket,
    method: request.method,
    path: request.url,
    headers: [...headersForApp(request, destination), ...further],
    setHost: false,
    maxHeaderSize: HEAD_LIMIT_BYTES,
  });
  const patience = setTimeout(() => call.destroy(new LateAnswer('no answer')), ANSWER_DEADLINE_MS);
  for (const begun of ['response', 'upgrade', 'close']) call.once(begun, () => clearTimeout(patience));
  let informations = 0;
  call.on('information', () => {
    informations += 1;
    if (informations > MAX_INFORMATIONS) call.destroy(new Error('the application only clears its throat'));
  });
  return call;
}

export function faultOf(failure: unknown): PreviewFault {
  if (failure instanceof LateAnswer) return 'late';
  if (!(failure instanceof LabError)) return 'broken';
  if (failure.code === 'PORT_CLOSED') return 'closed';
  return failure.code === 'TOO_MANY_REQUESTS' ? 'crowded' : 'silent';
}
