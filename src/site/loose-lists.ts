import type { Plugin } from 'vite';

const FILE = /@astrojs\/starlight\/dist\/style\/markdown\.css$/;
/** Starlight's rule for lists whose items end in blocks; see its own comment above it. */
const RULE = /(\.sl-markdown-content\s+:is\(ol, ul\)):has\(> li > :not\([^{]*\{/;
const INLINE = 'a, strong, em, del, span, input, code, br, script, ol, ul, :where(.not-content *)';

/**
 * The same without `:has(… :not(…))`. With it, Chromium styles the whole page anew, some 2000 elements, whenever an
 * element is added anywhere in it: with each line of the terminal and each task on the map. What it asked for is told by
 * the item's own last child; only a list within a list keeps no distance below it.
 * @throws where the rule is not as it was: then see whether it is still needed
 */
export function withoutCostlyHas(css: string): string {
  if (!RULE.test(css))
    throw new Error('Starlight’s rule for loose lists has changed: see src/site/loose-lists.ts');
  return css.replace(RULE, `$1 > li > :last-child:not(${INLINE}) {`);
}

export function looseLists(): Plugin {
  return {
    name: 'loose-lists',
    enforce: 'pre',
    transform: (css, id) => (FILE.test(id.split('?', 1)[0] ?? '') ? withoutCostlyHas(css) : null),
  };
}
