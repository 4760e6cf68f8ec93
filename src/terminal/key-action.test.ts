import { expect, test } from 'vitest';
import { type Key, type KeyState, keyAction } from './key-action.ts';

const plain: Key = {
  type: 'keydown',
  key: '',
  code: '',
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
};
const state: KeyState = { hasSelection: false, tabMovesFocus: false, browserClipboardKeys: true };
const ctrl = (code: string, more: Partial<Key> = {}): Key => ({ ...plain, code, ctrlKey: true, ...more });

test('keys of a syllable being composed are never touched', () => {
  const composing = ctrl('KeyC', { isComposing: true });
  expect(keyAction(composing, { ...state, hasSelection: true })).toBe('terminal');
  expect(keyAction({ ...plain, key: 'Tab', keyCode: 229 }, { ...state, tabMovesFocus: true })).toBe(
    'terminal',
  );
});

test('Ctrl+M makes Tab and Shift+Tab leave the terminal', () => {
  expect(keyAction(ctrl('KeyM'), state)).toBe('toggle-tab');
  expect(keyAction(ctrl('KeyM', { key: 'ㅡ' }), state)).toBe('toggle-tab');
  for (const shiftKey of [false, true]) {
    const tab = { ...plain, key: 'Tab', shiftKey };
    expect(keyAction(tab, state)).toBe('terminal');
    expect(keyAction(tab, { ...state, tabMovesFocus: true })).toBe('browser');
  }
});

test('Ctrl+C copies a selection, else it interrupts', () => {
  expect(keyAction(ctrl('KeyC'), state)).toBe('terminal');
  expect(keyAction(ctrl('KeyC', { key: 'ㅊ' }), { ...state, hasSelection: true })).toBe('copy');
  expect(keyAction(ctrl('KeyC'), { ...state, hasSelection: true, browserClipboardKeys: false })).toBe(
    'terminal',
  );
  expect(keyAction(ctrl('KeyC', { shiftKey: true }), state)).toBe('copy');
});

test('Ctrl+Shift+V always pastes, Ctrl+V on request', () => {
  expect(keyAction(ctrl('KeyV', { shiftKey: true }), { ...state, browserClipboardKeys: false })).toBe(
    'browser',
  );
  expect(keyAction(ctrl('KeyV'), state)).toBe('browser');
  expect(keyAction(ctrl('KeyV'), { ...state, browserClipboardKeys: false })).toBe('terminal');
});

test('everything else is the shell’s', () => {
  for (const code of ['KeyA', 'KeyP', 'KeyR', 'KeyZ']) expect(keyAction(ctrl(code), state)).toBe('terminal');
  expect(keyAction(ctrl('KeyC', { altKey: true }), { ...state, hasSelection: true })).toBe('terminal');
});
