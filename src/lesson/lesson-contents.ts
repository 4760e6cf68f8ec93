/** The list of sections closes like a menu: after a choice, on Escape, and on a click elsewhere. */
export function lessonContents(): void {
  const details = document.querySelector<HTMLDetailsElement>('.lesson-bar details');
  if (!details) return;
  details.addEventListener('click', (event) => {
    if (event.target instanceof HTMLAnchorElement) details.open = false;
  });
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    details.open = false;
    details.querySelector('summary')?.focus();
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !details.contains(event.target)) details.open = false;
  });
}
