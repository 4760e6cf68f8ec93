import { expect, test } from 'vitest';
import { printableTitle } from './printable-title.ts';

test('control characters and marks that reorder text are taken out', () => {
  expect(printableTitle('learner@node1:\x1b ~/실습\u202egpj.exe')).toBe('learner@node1: ~/실습gpj.exe');
  expect(printableTitle('x'.repeat(500)).length).toBe(100);
});
