export type SolutionBlock =
  | { readonly kind: 'comment'; readonly text: string }
  /** One command as a learner would type it; several lines only where the shell needs them together. */
  | { readonly kind: 'command'; readonly text: string };

/** Cuts a solution script into commands that can be copied and run one at a time. */
export function solutionBlocks(script: string): readonly SolutionBlock[] {
  const blocks: SolutionBlock[] = [];
  let command: string[] = [];
  let comment: string[] = [];
  const endComment = () => {
    if (comment.length > 0) blocks.push({ kind: 'comment', text: comment.join(' ') });
    comment = [];
  };
  for (const line of script.replace(/\r\n?/g, '\n').split('\n')) {
    if (command.length === 0) {
      if (line.startsWith('#!')) continue;
      const note = /^\s*#\s?(.*)$/.exec(line);
      if (note) comment.push(note[1] ?? '');
      if (note || line.trim() === '') {
        if (!note) endComment();
        continue;
      }
      endComment();
    }
    command.push(line);
    const text = command.join('\n');
    if (isComplete(text)) {
      blocks.push({ kind: 'command', text: text.trimEnd() });
      command = [];
    }
  }
  endComment();
  if (command.length > 0) blocks.push({ kind: 'command', text: command.join('\n').trimEnd() });
  return blocks;
}

/** Good enough for the scripts of this course: continuation, quotes, here-documents and compound commands. */
function isComplete(text: string): boolean {
  if (/\\$/.test(text)) return false;
  const hereDocument = /<<-?\s*(['"]?)(\w+)\1/.exec(text);
  if (hereDocument) {
    const body = text.split('\n').slice(1);
    return body.some((line) => line.trim() === hereDocument[2]);
  }
  const bare = text.replace(/\\./g, '').replace(/'[^']*'|"[^"]*"/g, '""');
  if (/['"]/.test(bare.replaceAll('""', ''))) return false;
  const words = bare.replace(/(^|\s)#.*$/gm, '').split(/[\s;&|()]+/);
  const count = (...names: string[]) => words.filter((word) => names.includes(word)).length;
  return count('do', 'then', 'case', '{') <= count('done', 'fi', 'esac', '}') && !opensLoop(words, count);
}

function opensLoop(words: readonly string[], count: (...names: string[]) => number): boolean {
  const first = words.find((word) => word !== '') ?? '';
  return ['for', 'while', 'until', 'if'].includes(first) && count('done', 'fi') === 0;
}
