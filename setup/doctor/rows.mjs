/**
 * @typedef {'pass' | 'warn' | 'fail'} Level
 * @typedef {{ id: string, title: string, level: Level, found: string, todo?: string }} Row
 */

/**
 * @param {string} id stable, for scripts
 * @param {string} title
 */
export function rowMaker(id, title) {
  return {
    /** @param {string} found @returns {Row} */
    pass: (found) => ({ id, title, level: 'pass', found }),
    /** @param {string} found @param {string} todo @returns {Row} */
    warn: (found, todo) => ({ id, title, level: 'warn', found, todo }),
    /** @param {string} found @param {string} todo @returns {Row} */
    fail: (found, todo) => ({ id, title, level: 'fail', found, todo }),
  };
}

const MARKS = { pass: '✓ pass', warn: '! warn', fail: '✗ FAIL' };

/**
 * @param {Row[]} rows
 * @returns {string}
 */
export function formatRows(rows) {
  const width = Math.max(...rows.map(({ title }) => title.length));
  return rows
    .flatMap(({ title, level, found, todo }) => [
      `${MARKS[level]}  ${title.padEnd(width)}  ${found}`,
      ...(todo ? [`${' '.repeat(width + 10)}→ ${todo}`] : []),
    ])
    .join('\n');
}
