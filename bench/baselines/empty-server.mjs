// Floor for the server's memory: what Node takes for an HTTP server that does nothing. Prints `listening`.
import { createServer } from 'node:http';

createServer((_request, response) => response.end('ok\n')).listen(0, '127.0.0.1', () => {
  process.stdout.write('listening\n');
});
process.on('SIGTERM', () => process.exit(0));
