import { expectTwins } from '../../site/testing/expect-twins.ts';
import { CARE_EN } from './texts-en.ts';
import { CARE_KO } from './texts-ko.ts';

expectTwins('the care for labs', { ko: CARE_KO, en: CARE_EN });
