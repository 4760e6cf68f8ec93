import http from 'node:http';
import path from 'node:path';

const REQUEST_DEADLINE_MS = 5000;
const BODY_MAX_BYTES = 16 * 2 ** 20;

/**
 * One request to a Docker engine.
 * @param {string} engineUrl unix:///path or tcp://host:port
 * @param {string} apiPath such as "/info"
 * @param {{ method?: string, deadlineMs?: number }} [options]
 * @returns {Promise<{ status: number, body: any }>} body is undefined when it is no JSON
 */
export function requestEngine(engineUrl, apiPath, { method = 'GET', deadlineMs = REQUEST_DEADLINE_MS } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { ...connectionTo(engineUrl), path: apiPath, method, agent: false, timeout: deadlineMs },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        let bytes = 0;
        response.on('data', (chunk) => {
          bytes += chunk.length;
          if (bytes > BODY_MAX_BYTES) response.destroy(new Error('the answer is too long'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(timer);
          resolve({
            status: response.statusCode ?? 0,
            body: parseJson(Buffer.concat(chunks).toString('utf8')),
          });
        });
      },
    );
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer in ${deadlineMs / 1000} s`)),
      deadlineMs,
    );
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
}

/**
 * @param {string} engineUrl
 * @returns {string | undefined} the socket's path, when it is a unix socket
 */
function socketPathOf(engineUrl) {
  return engineUrl.startsWith('unix://') ? path.normalize(engineUrl.slice('unix://'.length)) : undefined;
}

/**
 * @param {string} engineUrl
 * @returns {{ socketPath: string } | { host: string, port: number }}
 */
function connectionTo(engineUrl) {
  const socketPath = socketPathOf(engineUrl);
  if (socketPath) return { socketPath };
  const { protocol, hostname, port } = new URL(engineUrl);
  if (protocol !== 'tcp:' && protocol !== 'http:') throw new Error(`${protocol}// engines can't be used`);
  return { host: hostname, port: Number(port) || 2375 };
}

/** @param {string} text */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
