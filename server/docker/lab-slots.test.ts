import { expect, test } from 'vitest';
import { SLOT_COUNT, subnetOf, UIDS_PER_LAB, uidBaseOf } from './lab-slots.ts';

test('slots give subnets and uid ranges that never touch', () => {
  expect(subnetOf(0)).toMatchObject({ cidr: '10.213.0.0/28', gateway: '10.213.0.1' });
  expect(subnetOf(0).nodeAddress(0)).toBe('10.213.0.2');
  expect(subnetOf(17)).toMatchObject({ cidr: '10.213.1.16/28', gateway: '10.213.1.17' });
  expect(subnetOf(SLOT_COUNT - 1).nodeAddress(4)).toBe('10.213.255.246');
  expect(uidBaseOf(1) - uidBaseOf(0)).toBe(UIDS_PER_LAB);
  expect(uidBaseOf(SLOT_COUNT - 1) + UIDS_PER_LAB).toBeLessThan(2 ** 32);
});

test.each([-1, SLOT_COUNT, 1.5])('slot %s does not exist', (slot) => {
  expect(() => subnetOf(slot)).toThrow(RangeError);
});
