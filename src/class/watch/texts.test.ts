import { expectTwins } from '../../site/testing/expect-twins.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

expectTwins('the watching page', { ko: KO, en: EN });
