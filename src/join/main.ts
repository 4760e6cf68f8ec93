import { joinElement } from './join-element.tsx';

customElements.define('join-app', joinElement());
