import { classElement } from './class-element.tsx';

customElements.define('class-app', classElement());
