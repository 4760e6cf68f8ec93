import { z } from 'zod';
import { ErrorParams } from '#contract/api.ts';
import type { NodeUsage } from '#contract/class-live.ts';
import { ERROR_CODES, type ErrorCode } from '#contract/error-codes.ts';
import { LabId, LabNodeName, TerminalId } from '#contract/ids.ts';
import { NodeCondition } from '#contract/node-condition.ts';
import type { WallReport } from '#contract/wall.ts';
import type { HostCapacity, LabEnvironment } from '../ports.ts';

/**
 * All that the process facing the web can ask of the one that holds the engine's socket. Names only: what a name
 * stands for (definition, files, container) is looked up by the one that is asked.
 */

export const MAX_SCRIPT_BYTES = 64 * 1024;
const MAX_KEPT_OUTPUT_BYTES = 1024 * 1024;

const id = z.int().min(1);
const environment = z.string().regex(/^[a-z0-9]{10}$/);
const node = LabNodeName;
const except = z.array(node).max(9);
const terminal = TerminalId;
const cells = z.int().min(1).max(1000);

export const BrokerRequest = z.discriminatedUnion('verb', [
  z.strictObject({ id, verb: z.literal('create'), environment, lab: LabId }),
  z.strictObject({ id, verb: z.literal('list') }),
  z.strictObject({ id, verb: z.literal('restart'), environment, except }),
  z.strictObject({ id, verb: z.literal('switchNode'), environment, node, to: NodeCondition }),
  z.strictObject({ id, verb: z.literal('pause'), environment, except }),
  z.strictObject({ id, verb: z.literal('resume'), environment, except }),
  z.strictObject({ id, verb: z.literal('remove'), environment }),
  z.strictObject({ id, verb: z.literal('removeExpired') }),
  z.strictObject({ id, verb: z.literal('capacity') }),
  z.strictObject({ id, verb: z.literal('usage'), environment }),
  z.strictObject({ id, verb: z.literal('wall') }),
  z.strictObject({
    id,
    verb: z.literal('startTerminal'),
    environment,
    node,
    terminal,
    cols: cells,
    rows: cells,
  }),
  z.strictObject({ id, verb: z.literal('stopTerminal'), environment, node, terminal }),
  z.strictObject({ id, verb: z.literal('listTerminals'), environment, node }),
  z.strictObject({
    id,
    verb: z.literal('runScript'),
    environment,
    node,
    script: z.string().refine((text) => Buffer.byteLength(text) <= MAX_SCRIPT_BYTES, 'is too long'),
    maxOutputBytes: z.int().min(0).max(MAX_KEPT_OUTPUT_BYTES),
    /** Whether output is wanted while it comes. */
    streams: z.boolean(),
  }),
  /** Ends the call with this id, which is answered all the same. */
  z.strictObject({ id, verb: z.literal('cancel') }),
]);
export type BrokerRequest = z.infer<typeof BrokerRequest>;
export type Verb = Exclude<BrokerRequest['verb'], 'cancel'>;
export type Call<V extends Verb = Verb> = Extract<BrokerRequest, { verb: V }>;

/** What a call comes back with. */
export interface Results {
  readonly create: LabEnvironment;
  readonly list: LabEnvironment[];
  readonly restart: null;
  readonly switchNode: null;
  readonly pause: null;
  readonly resume: null;
  readonly remove: null;
  readonly removeExpired: number;
  readonly capacity: HostCapacity;
  readonly usage: NodeUsage[];
  readonly wall: WallReport;
  readonly startTerminal: null;
  readonly stopTerminal: null;
  readonly listTerminals: string[];
  readonly runScript: { readonly exitCode: number; readonly output: string };
}

/** A failure on its way: code and words, no stack. `code` is `null` for one that is no failure of operation. */
const Failure = z.object({
  code: z.nullable(z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]])),
  message: z.string(),
  params: ErrorParams,
});
export type Failure = z.infer<typeof Failure>;

const Step = z.enum(['creating', 'booting', 'swarm']);
export type Step = z.infer<typeof Step>;

export const BrokerReply = z.union([
  z.strictObject({ id, step: Step }),
  /** Base64. */
  z.strictObject({ id, output: z.string() }),
  z.strictObject({ id, failure: Failure }),
  z.strictObject({ id, result: z.unknown() }),
  /** The server is to end in order, as this signal asks. */
  z.strictObject({ stop: z.string() }),
]);
export type BrokerReply = z.infer<typeof BrokerReply>;
