import { afterEach, expect, test, vi } from 'vitest';
import {
  EXERCISE_PERCENT,
  FONT_SIZE_PX,
  readBegun,
  readTab,
  readTaste,
  readView,
  writeBegun,
  writeTab,
  writeTaste,
  writeView,
} from './view-memory.ts';

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
  const view = { exercise: '14.1-health', sideView: 'map', wide: true } as const;
  writeView('14.1', view);
  expect(readView('14.1')).toEqual(view);
  expect(readView('14.2').exercise).toBeNull();
  writeTab('numbers', 't00000000000');
  expect(readTab('numbers')).toBe('t00000000000');
  expect(readTab('quorum')).toBeNull();
});

test('of the exercises that were begun the latest are remembered, each once', () => {
  vi.stubGlobal('localStorage', memoryStorage());
  for (let i = 0; i < 60; i++) writeBegun(`lab ${i}`);
  writeBegun('lab 30');
  expect(readBegun()).toHaveLength(40);
  expect(readBegun().at(-1)).toBe('lab 30');
  expect(readBegun()).not.toContain('lab 0');
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
  expect(() => writeView('14.1', { exercise: null, sideView: 'exercise', wide: false })).not.toThrow();
});
