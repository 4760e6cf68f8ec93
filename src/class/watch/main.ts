import { watchElement } from './watch-element.tsx';

customElements.define('watch-app', watchElement());
