import { afterEach, expect, test, vi } from 'vitest';
import { EXERCISE_PERCENT, FONT_SIZE_PX, readTaste, readView, writeTaste, writeView } from './view-memory.ts';

function memoryStorage(content: Record<string, string> = {}) {
  const entries = new Map(Object.entries(content));
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('what is written is read back', () => {
  vi.stubGlobal('localStorage', memoryStorage());
  vi.stubGlobal('sessionStorage', memoryStorage());
  const taste = { fontSizePx: 18, screenReader: true, exercisePercent: 30, exerciseOpen: false };
  writeTaste(taste);
  expect(readTaste()).toEqual(taste);
  const view = { tab: 't00000000000', exercise: '14.1-health', wide: true };
  writeView('single-node', view);
  expect(readView('single-node')).toEqual(view);
  expect(readView('three-nodes').exercise).toBeNull();
});

test.each(['not json', 'null', '[]', '{"fontSizePx":"big","exercisePercent":null}'])(
  'nonsense %j counts as nothing',
  (content) => {
    vi.stubGlobal('localStorage', memoryStorage({ 'rollout-lab.pane': content }));
    expect(readTaste()).toEqual({
      fontSizePx: FONT_SIZE_PX.normal,
      screenReader: false,
      exercisePercent: EXERCISE_PERCENT.normal,
      exerciseOpen: true,
    });
  },
);

test('numbers out of range are brought back into it', () => {
  vi.stubGlobal(
    'localStorage',
    memoryStorage({ 'rollout-lab.pane': '{"fontSizePx":900,"exercisePercent":-4}' }),
  );
  expect(readTaste()).toMatchObject({ fontSizePx: FONT_SIZE_PX.max, exercisePercent: EXERCISE_PERCENT.min });
});

test('forbidden storage is no error', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('SecurityError');
    },
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  vi.stubGlobal('localStorage', forbidden);
  vi.stubGlobal('sessionStorage', forbidden);
  expect(readTaste().exerciseOpen).toBe(true);
  expect(() => writeView('single-node', { tab: null, exercise: null, wide: false })).not.toThrow();
});
