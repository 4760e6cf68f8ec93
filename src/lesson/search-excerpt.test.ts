import { expect, test } from 'vitest';
import { excerptParts } from './search-excerpt.ts';

test('hits are told from the text around them', () => {
  expect(excerptParts('한 번의 <mark>롤백</mark>으로 <mark>돌아가요</mark>')).toEqual([
    { text: '한 번의 ', isHit: false },
    { text: '롤백', isHit: true },
    { text: '으로 ', isHit: false },
    { text: '돌아가요', isHit: true },
  ]);
});

test('what a page has escaped reads as it does on the page', () => {
  expect(
    excerptParts('docker service ps &lt;service&gt; &amp;&amp; echo &quot;ok&quot; &#39;a&#x27; &eacute;'),
  ).toEqual([{ text: `docker service ps <service> && echo "ok" 'a' &eacute;`, isHit: false }]);
});

test('markup stays text', () => {
  expect(excerptParts('<img src=x onerror=alert(1)> <mark>a</mark>')).toEqual([
    { text: '<img src=x onerror=alert(1)> ', isHit: false },
    { text: 'a', isHit: true },
  ]);
  expect(excerptParts('&#1114112; &#xffffff;')).toEqual([{ text: '&#1114112; &#xffffff;', isHit: false }]);
});
