import { expectTwins } from '../../site/testing/expect-twins.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

expectTwins('help for instructors', { ko: KO, en: EN });
