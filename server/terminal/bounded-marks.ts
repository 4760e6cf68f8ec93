import unicode11Addon from '@xterm/addon-unicode11';
import type { ITerminalAddon, IUnicodeVersionProvider, Terminal } from '@xterm/headless';

const VERSION = '11-bounded';
/** Marks that may share one cell: family emoji and Vietnamese need fewer. */
const MAX_MARKS_PER_CELL = 16;
/** xterm's value for "as wide as one cell, and not part of the one before". */
const CELL_OF_ITS_OWN = 1 << 1;

/**
 * The same widths as in the page (Unicode 11). Accents without end would all go into one cell, which is a string that
 * grows until the memory is full: from the seventeenth on each gets a cell of its own.
 */
export function useBoundedMarks(terminal: Terminal): void {
  const { unicode } = terminal;
  const register = (provider: IUnicodeVersionProvider): void => unicode.register(bounded(provider));
  const addon = new unicode11Addon.Unicode11Addon() as unknown as ITerminalAddon;
  addon.activate({ unicode: { register } } as unknown as Terminal);
  unicode.activeVersion = VERSION;
}

function bounded(provider: IUnicodeVersionProvider): IUnicodeVersionProvider {
  let marks = 0;
  return {
    version: VERSION,
    wcwidth: (codepoint) => provider.wcwidth(codepoint),
    charProperties(codepoint, preceding) {
      const properties = provider.charProperties(codepoint, preceding);
      const isMark = (properties & 1) === 1;
      marks = isMark ? marks + 1 : 0;
      return marks > MAX_MARKS_PER_CELL ? CELL_OF_ITS_OWN : properties;
    },
  };
}
