/** Code that is wider than its place must be reachable to be scrolled by keyboard; all other code must not. */
export function focusableWhenScrollable(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) mark(target, target.scrollWidth > target.clientWidth);
  });
  for (const code of document.querySelectorAll('pre[data-scroll-label]')) observer.observe(code);
}

function mark(code: Element, isScrollable: boolean): void {
  if (!isScrollable) {
    for (const name of ['tabindex', 'role', 'aria-label']) code.removeAttribute(name);
    return;
  }
  code.setAttribute('tabindex', '0');
  code.setAttribute('role', 'region');
  code.setAttribute('aria-label', code.getAttribute('data-scroll-label') ?? '');
}
