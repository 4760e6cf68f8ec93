/** Looks at what comes behind an element, of every element: each one that comes or goes has all of them styled anew. */
const COSTLY = ':has(~';

/**
 * Takes the rules out of the page that make each change of a large table dear, for as long as the page lives. They space
 * the paragraphs of lessons (Starlight's `markdown.css`), which this page has none of. Measured with 200 learners: two
 * thirds of all the work of the page.
 */
export function dropCostlyRules(): void {
  for (const sheet of document.styleSheets) dropFrom(sheet);
}

function dropFrom(rules: CSSStyleSheet | CSSGroupingRule): void {
  for (let index = rules.cssRules.length - 1; index >= 0; index--) {
    const rule = rules.cssRules[index];
    if (rule instanceof CSSStyleRule && rule.selectorText.includes(COSTLY)) rules.deleteRule(index);
    else if (rule instanceof CSSGroupingRule) dropFrom(rule);
  }
}
