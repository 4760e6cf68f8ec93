import Docker from 'dockerode';
import { LabError } from '../domain/lab-error.ts';

/** A client of the outer engine, from a URL such as `unix:///var/run/docker.sock` or `tcp://host:2375`. */
export function connectEngine(engineUrl: string): Docker {
  const url = new URL(engineUrl);
  if (url.protocol === 'unix:') return new Docker({ socketPath: url.pathname });
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  return new Docker({ host: url.hostname, port: Number(url.port || 2375), protocol });
}

interface DockerFailure extends Error {
  readonly statusCode?: number;
  readonly code?: string;
  readonly json?: { readonly message?: string };
}

const CONNECTION_FAILURES = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EACCES',
  'ENOTFOUND',
]);

export function statusOf(failure: unknown): number | undefined {
  return (failure as DockerFailure).statusCode;
}

/** The engine's own words for a failure, one line. */
export function reasonOf(failure: unknown): string {
  const docker = failure as DockerFailure;
  return (docker.json?.message ?? docker.message ?? String(failure)).replace(/\s+/g, ' ').slice(0, 500);
}

/** Turns a failed engine call into an error that says whether the engine or the request was at fault. */
export function engineFailure(what: string, failure: unknown): LabError {
  if (failure instanceof LabError) return failure;
  const code = (failure as DockerFailure).code;
  if (code !== undefined && CONNECTION_FAILURES.has(code)) {
    return new LabError('ENGINE_UNREACHABLE', `${what}: the Docker engine does not answer (${code})`, {
      cause: failure,
    });
  }
  return new LabError('LAB_START_FAILED', `${what}: ${reasonOf(failure)}`, { cause: failure });
}
