import { knownCode, problemText } from './lab-problem.ts';

/** Says on a page without a lab pane why the launch link did not work. Styled by `.launch-notice` of the site. */
export function showLaunchNotice(code: string): void {
  const notice = document.createElement('p');
  notice.className = 'launch-notice';
  notice.setAttribute('role', 'alert');
  const language = document.documentElement.lang.startsWith('en') ? 'en' : 'ko';
  notice.textContent = problemText(knownCode(code), language).replaceAll('`', '');
  (document.querySelector('main') ?? document.body).prepend(notice);
}
