export type ShellTokenKind = 'program' | 'flag' | 'operator' | 'string' | 'comment' | 'text';
export interface ShellToken {
  readonly kind: ShellTokenKind;
  readonly text: string;
}

const WORD = /(#[^\n]*|"[^"]*"|'[^']*'|\s+|&&|\|\||[|;<>&]+|[^\s|;<>&"']+)/g;
const STARTS_COMMAND = new Set(['|', '||', '&&', ';', 'do', 'then', '$(']);

/** Enough colour for the course's one-line commands; not a shell parser. */
export function shellTokens(command: string): ShellToken[] {
  let isProgramNext = true;
  return [...command.matchAll(WORD)].map(([text]) => {
    const kind = classify(text, isProgramNext);
    if (text.trim() !== '') isProgramNext = STARTS_COMMAND.has(text);
    return { kind, text };
  });
}

function classify(text: string, isProgramNext: boolean): ShellTokenKind {
  if (text.startsWith('#')) return 'comment';
  if (/^["']/.test(text)) return 'string';
  if (/^[|;<>&]+$/.test(text)) return 'operator';
  if (/^-{1,2}[a-zA-Z]/.test(text)) return 'flag';
  if (isProgramNext && text.trim() !== '') return 'program';
  return 'text';
}
