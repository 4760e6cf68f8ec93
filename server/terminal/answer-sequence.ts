import { CheckId } from '#contract/ids.ts';

/** Same bound as `AnswerRequest`. */
const MAX_ANSWER_CHARS = 400;
const MAX_PAYLOAD_CHARS = 3000;

/** Reads the payload of the node's `answer` command, `answer;<check>;<base64>`. `null` for anything else. */
export function parseAnswer(payload: string): { check: string; value: string } | null {
  if (payload.length > MAX_PAYLOAD_CHARS) return null;
  const [, check, encoded] = /^answer;([^;]+);([A-Za-z0-9+/]+={0,2})$/.exec(payload) ?? [];
  if (check === undefined || encoded === undefined || !CheckId.safeParse(check).success) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== encoded.replace(/=+$/, '')) return null;
  const value = bytes.toString('utf8');
  if (value.includes('\uFFFD') || value.length > MAX_ANSWER_CHARS) return null;
  return { check, value };
}
