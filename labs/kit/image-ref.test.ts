import { expect, test } from 'vitest';
import { imageRef, sameImage } from './image-ref.ts';

test.each([
  ['numbers-api:v1', 'numbers-api:v1'],
  ['numbers-api', 'numbers-api:latest'],
  ['numbers-api:v1@sha256:0123', 'numbers-api:v1'],
  ['numbers-api@sha256:0123', 'numbers-api:latest'],
  ['registry:5000/numbers-api', 'registry:5000/numbers-api:latest'],
  ['registry:5000/numbers-api:v2', 'registry:5000/numbers-api:v2'],
])('%s is %s', (image, reference) => {
  expect(imageRef(image)).toBe(reference);
});

test('images with and without digest are the same', () => {
  expect(sameImage('numbers-api:v1@sha256:0123', 'numbers-api:v1')).toBe(true);
  expect(sameImage('numbers-api:v10', 'numbers-api:v1')).toBe(false);
});
