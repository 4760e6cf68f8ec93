import { expectTwins } from '../../site/testing/expect-twins.ts';
import { CAPACITY_EN } from './texts-en.ts';
import { CAPACITY_KO } from './texts-ko.ts';

expectTwins('the view of the machine', { ko: CAPACITY_KO, en: CAPACITY_EN });
