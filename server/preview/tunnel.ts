import type { IncomingMessage } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { callApp } from './app-call.ts';
import { passedHeaders } from './passed-headers.ts';
import { type Framing, headersForBrowser } from './response-headers.ts';

/**
 * A WebSocket's handshake with the application, then bytes both ways until either side ends.
 * @throws when the application could not be understood before it began to answer
 */
export function tunnel(
  connection: Duplex,
  request: IncomingMessage,
  client: Duplex,
  clientHead: Buffer,
  framing: Framing,
): Promise<void> {
  const call = callApp(connection, request, framing, ['Connection', 'Upgrade', 'Upgrade', 'websocket']);
  client.once('close', () => {
    call.destroy();
    connection.destroy();
  });
  call.end();
  return new Promise((resolve, reject) => {
    call.once('upgrade', (answer, app, appHead) => {
      client.write(head(answer, ['Connection', 'Upgrade', 'Upgrade', 'websocket']));
      client.write(appHead);
      app.write(clientHead);
      pipeline(client, app, () => app.destroy());
      pipeline(app, client, () => client.destroy());
      resolve();
    });
    call.once('response', (answer) => {
      client.write(head(answer, ['Connection', 'close'], framing));
      pipeline(answer, client, () => client.destroy());
      resolve();
    });
    call.on('error', reject);
    call.once('close', () => reject(new Error('the application hung up')));
  });
}

function head(answer: IncomingMessage, further: readonly string[], framing?: Framing): string {
  const passed =
    framing === undefined
      ? passedHeaders(answer.rawHeaders, new Set()).flat()
      : headersForBrowser(answer, framing);
  const lines = [...passed, ...further].flatMap((name, at, all) =>
    at % 2 === 0 ? [`${name}: ${all[at + 1]}\r\n`] : [],
  );
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join('')}\r\n`;
}
