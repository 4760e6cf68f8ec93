import { expectTwins } from '../../site/testing/expect-twins.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

expectTwins('the view of grades', { ko: KO, en: EN });
