import { expect, test } from 'vitest';
import { inlineScriptSources } from './inline-script-hashes.ts';

test('hashes inline scripts and modules, byte by byte', () => {
  // The value that browsers report for this body.
  expect(inlineScriptSources('<script>alert(1)</script>')).toEqual([
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
  ]);
  expect(inlineScriptSources('<script type="module">alert(1)</script>')).toHaveLength(1);
});

test('leaves out external scripts and data blocks', () => {
  expect(
    inlineScriptSources('<script src="/a.js"></script><script type="application/ld+json">{}</script>'),
  ).toEqual([]);
});
