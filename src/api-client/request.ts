import { config } from 'zod/v4/core';
import { CSRF_HEADER, Problem } from '#contract/api.ts';
import { knownCode, LabProblem, type ProblemCode } from './lab-problem.ts';

// Compiled parsers need `eval`, which the page's content security policy forbids and reports.
config({ jitless: true });

const TIMEOUT_MS = 15_000;

/** What a schema must offer here; keeps this file free of one flavour of the schema library. */
export interface AnswerSchema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown };
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** @throws {LabProblem} for every failure, the caller's own abort excepted. */
export async function request<T>(schema: AnswerSchema<T>, options: ApiRequest): Promise<T> {
  const response = await send(options);
  const parsed = schema.safeParse(await readJson(response));
  if (!parsed.success) throw new LabProblem('ANSWER_UNREADABLE', {}, parsed.error);
  return parsed.data;
}

/** For requests whose answer carries nothing that the page needs. */
export async function requestNothing(options: ApiRequest): Promise<void> {
  const response = await send(options);
  await response.body?.cancel();
}

async function send(options: ApiRequest): Promise<Response> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  let response: Response;
  try {
    response = await fetch(options.path, { ...requestInit(options), signal });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new LabProblem(deadline.aborted ? 'ANSWER_TOO_LATE' : 'SERVER_UNREACHABLE', {}, cause);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

function requestInit({ method = 'GET', body }: ApiRequest): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers[CSRF_HEADER] = '1';
  if (body === undefined) return { method, headers };
  headers['content-type'] = 'application/json';
  return { method, headers, body: JSON.stringify(body) };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new LabProblem('ANSWER_UNREADABLE', {}, cause);
  }
}

/** An answer that is no problem document comes from something between us and the server. */
export async function problemOf(response: Response): Promise<LabProblem> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return new LabProblem(codeWithoutDocument(response.status));
  const { code, params, requestId } = parsed.data;
  return new LabProblem(knownCode(code), { ...params, requestId });
}

function codeWithoutDocument(status: number): ProblemCode {
  if (status === 429) return 'TOO_MANY_REQUESTS';
  return status >= 500 ? 'SERVER_UNREACHABLE' : 'ANSWER_UNREADABLE';
}
