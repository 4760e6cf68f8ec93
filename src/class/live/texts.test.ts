import { expectTwins } from '../../site/testing/expect-twins.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

expectTwins('the class view', { ko: KO, en: EN });
