import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodePageFrame,
  decodeServerFrame,
  encodePageFrame,
  encodeServerFrame,
  type PageFrame,
} from '#contract/terminal-codec.ts';
import { OPCODE, TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { FUZZ_SEED, fuzz, json, text } from '../testing/fuzz.ts';
import { BoundedSequences, MAX_STRING_BYTES } from './bounded-sequences.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import { ReplayRing } from './replay-ring.ts';
import { SharedFrame } from './shared-frame.ts';
import { FakeSocket } from './testing/fake-socket.ts';

console.info(`fuzz seed ${FUZZ_SEED}`);

const opcodes = fc.constantFrom(...Object.values(OPCODE), 0, 0xff);
/** Bytes of any kind, mostly with an opcode in front and sometimes with JSON behind. */
const frameBytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.tuple(opcodes, fc.uint8Array({ maxLength: 40 })).map(([opcode, rest]) => Uint8Array.of(opcode, ...rest)),
  fc
    .tuple(opcodes, json)
    .map(([opcode, value]) => Uint8Array.of(opcode, ...Buffer.from(JSON.stringify(value) ?? ''))),
);

test('any bytes are a frame or null, and a frame is within its limits', () => {
  fc.assert(
    fc.property(frameBytes, (bytes) => {
      const frame = decodePageFrame(bytes);
      decodeServerFrame(bytes);
      if (frame?.type === 'input')
        expect(frame.bytes.length).toBeLessThanOrEqual(TERMINAL_LIMITS.inputChunkBytes);
      if (frame?.type === 'resize') expect(frame.cols * frame.rows).toBeLessThanOrEqual(150_000);
      if (frame !== null) expect(decodePageFrame(encodePageFrame(frame))).toEqual(frame);
    }),
    fuzz(2000),
  );
});

const pageFrame: fc.Arbitrary<PageFrame> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => ({ type: 'input', bytes }) as const),
  fc.record({
    type: fc.constant('resize' as const),
    cols: fc.integer({ min: 2, max: 500 }),
    rows: fc.integer({ min: 1, max: 300 }),
  }),
  fc.record({ type: fc.constant('ack' as const), offset: fc.integer({ min: 0, max: 2 ** 48 - 1 }) }),
  fc.record({
    type: fc.constant('command' as const),
    command: fc.oneof(
      fc.record({ type: fc.constant('run' as const), text, interrupt: fc.boolean() }),
      fc.record({ type: fc.constant('hidden' as const), hidden: fc.boolean() }),
    ),
  }),
);

test('what is written is read back', () => {
  fc.assert(
    fc.property(pageFrame, (frame) => {
      expect(decodePageFrame(encodePageFrame(frame))).toEqual(frame);
    }),
    fuzz(1000),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 48 - 1 }),
      fc.uint8Array({ maxLength: 100 }),
      (offset, bytes) => {
        const frame = { type: 'snapshot', offset, bytes } as const;
        expect(decodeServerFrame(encodeServerFrame(frame))).toEqual(frame);
      },
    ),
    fuzz(500),
  );
});

function fakeHost(ring: ReplayRing): ConnectionHost {
  return {
    epoch: 'e',
    ring,
    outputFrom: (offset) => new SharedFrame(ring).from(offset),
    hello: () => ({ epoch: 'e', cols: 80, rows: 24, shell: 'prompt', exitCode: null, startedBlank: false }),
    snapshot: async () => ({ cols: 80, rows: 24, offset: ring.endOffset, bytes: new Uint8Array() }),
    input: (_connection, bytes, onTaken) => onTaken(bytes.length),
    use: () => {},
    run: async () => 'sent',
    holdChanged: () => {},
    left: () => {},
  };
}

test('whatever a page sends, its connection goes on or is closed by a code of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(frameBytes, pageFrame, fc.constant(null)), { maxLength: 60 }),
      async (frames) => {
        const socket = new FakeSocket({ acknowledges: false });
        const ring = new ReplayRing(4096);
        const connection = new Connection(fakeHost(ring), {
          socket,
          watcher: null,
          resume: null,
          nowMs: () => performance.now(),
        });
        for (const frame of frames) {
          ring.append(Buffer.from('output'));
          connection.notify();
          if (frame === null || frame instanceof Uint8Array) socket.receiveRaw(frame);
          else socket.receive(frame);
        }
        await Promise.resolve();
        if (socket.closed !== null) expect(socket.closed).toMatchObject({ code: expect.any(Number) });
        connection.close(1000, 'test over');
      },
    ),
    fuzz(300),
  );
});

const output = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '\x1b',
          '\x1b]',
          '\x1bP',
          '\x1b[',
          '\x07',
          '\x1b\\',
          '\x18',
          '\u009c',
          '\u009d',
          ';',
          '?',
          'L',
          '한',
        ),
        fc.integer({ min: 0 }).map(String),
        fc.constant('y'.repeat(MAX_STRING_BYTES)),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.from(parts.join(''))),
);

test('output is bounded the same however it is cut, and never grows', () => {
  fc.assert(
    fc.property(output, fc.integer({ min: 1, max: 50 }), (bytes, size) => {
      const whole = new BoundedSequences().pass(bytes);
      const limits = new BoundedSequences();
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(limits.pass(bytes.subarray(at, at + size)));
      expect(Buffer.compare(Buffer.concat(pieces), Buffer.from(whole))).toBe(0);
      expect(whole.length).toBeLessThanOrEqual(bytes.length);
    }),
    fuzz(500),
  );
});
