import { CheckId, LabNodeName } from '#contract/ids.ts';
import type { NodeCondition } from '#contract/node-condition.ts';

/** Same bound as `AnswerRequest`. */
const MAX_ANSWER_CHARS = 400;
const MAX_PAYLOAD_CHARS = 3000;

export interface TypedAnswer {
  readonly check: string;
  readonly value: string;
}

export interface NodeSwitch {
  readonly node: string;
  readonly to: NodeCondition;
}

/** By what the command is called with. */
const SWITCHES: Readonly<Record<string, NodeCondition>> = {
  on: 'on',
  off: 'off',
  freeze: 'frozen',
  unplug: 'unplugged',
};

/** What commands of the node tell the server beside what they print. */
export type LabSequence =
  | ({ readonly type: 'answer' } & TypedAnswer)
  | ({ readonly type: 'power' } & NodeSwitch);

/** Reads the payload of a command's sequence. `null` for anything but the known ones. */
export function parseLabSequence(payload: string): LabSequence | null {
  const answer = parseAnswer(payload);
  if (answer !== null) return { type: 'answer', ...answer };
  const power = parsePower(payload);
  return power === null ? null : { type: 'power', ...power };
}

/** Reads the payload of the node's `answer` command, `answer;<check>;<base64>`. `null` for anything else. */
export function parseAnswer(payload: string): TypedAnswer | null {
  if (payload.length > MAX_PAYLOAD_CHARS) return null;
  const [, check, encoded] = /^answer;([^;]+);([A-Za-z0-9+/]+={0,2})$/.exec(payload) ?? [];
  if (check === undefined || encoded === undefined || !CheckId.safeParse(check).success) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== encoded.replace(/=+$/, '')) return null;
  const value = bytes.toString('utf8');
  if (value.includes('\uFFFD') || value.length > MAX_ANSWER_CHARS) return null;
  return { check, value };
}

/** Reads the payload of the node's `power` command, `power;<on|off|freeze|unplug>;<node>`. `null` for anything else. */
function parsePower(payload: string): NodeSwitch | null {
  const [verb, action = '', node, ...more] = payload.length > MAX_PAYLOAD_CHARS ? [] : payload.split(';');
  const to = Object.hasOwn(SWITCHES, action) ? SWITCHES[action] : undefined;
  if (verb !== 'power' || to === undefined || more.length > 0) return null;
  const name = LabNodeName.safeParse(node);
  return name.success ? { node: name.data, to } : null;
}
