/** The part of a KeyboardEvent that matters here. */
export interface Key {
  readonly type: string;
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export interface KeyState {
  readonly hasSelection: boolean;
  /** Tab leaves the terminal. */
  readonly tabMovesFocus: boolean;
  /** Ctrl+C copies a selection and Ctrl+V pastes, as everywhere else in the browser. */
  readonly browserClipboardKeys: boolean;
}

/** `terminal`: the shell gets it. `browser`: the browser does what it does elsewhere. */
export type KeyAction = 'terminal' | 'browser' | 'copy' | 'toggle-tab';

/**
 * Who handles a key. By `code`, so that it works with the Korean layout on; never while a syllable is composed,
 * where keys are the input method's (keyCode 229).
 */
export function keyAction(key: Key, state: KeyState): KeyAction {
  if (key.isComposing || key.keyCode === 229) return 'terminal';
  if (key.key === 'Tab' && !hasModifier(key)) return state.tabMovesFocus ? 'browser' : 'terminal';
  if (!key.ctrlKey || key.altKey || key.metaKey) return 'terminal';
  if (key.code === 'KeyM' && !key.shiftKey) return 'toggle-tab';
  if (key.code === 'KeyC' && key.shiftKey) return 'copy';
  if (key.code === 'KeyV' && (key.shiftKey || state.browserClipboardKeys)) return 'browser';
  if (key.code === 'KeyC' && state.browserClipboardKeys && state.hasSelection) return 'copy';
  return 'terminal';
}

/** Shift+Tab leaves backwards. */
function hasModifier(key: Key): boolean {
  return key.ctrlKey || key.altKey || key.metaKey;
}
