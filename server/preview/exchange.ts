import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { callApp } from './app-call.ts';
import { type Framing, headersForBrowser } from './response-headers.ts';

/**
 * One request to the application and its answer, streamed both ways as fast as the slower side takes it.
 * @throws when the application could not be understood before it began to answer; a break later ends the response
 */
export function exchange(
  connection: Duplex,
  request: IncomingMessage,
  response: ServerResponse,
  framing: Framing,
): Promise<void> {
  const call = callApp(connection, request, framing, ['Connection', 'close']);
  // The browser went away, or the preview is over.
  response.once('close', () => {
    call.destroy();
    connection.destroy();
  });
  sendBody(request, call);
  return new Promise((resolve, reject) => {
    call.once('response', (answer) => {
      try {
        response.writeHead(answer.statusCode ?? 502, headersForBrowser(answer, framing));
      } catch (failure) {
        call.destroy();
        reject(failure);
        return;
      }
      pipeline(answer, response, () => {
        connection.destroy();
        // An application may answer before it has heard all; the rest is not to stand in the next request's way.
        request.unpipe(call);
        request.resume();
        resolve();
      });
    });
    call.on('error', reject);
    call.once('close', () => reject(new Error('the application hung up')));
  });
}

function sendBody(request: IncomingMessage, call: ClientRequest): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length === undefined && encoding === undefined) call.end();
  else request.pipe(call);
}
