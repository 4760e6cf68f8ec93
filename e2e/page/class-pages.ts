import { expect, type Page } from '@playwright/test';
import { WallPart } from '../../contract/wall.ts';
import type { ServerSettings } from '../product/product-server.ts';

/** A server in class mode without labs kept warm, on whatever machine the tests run. */
export function startClass(): ServerSettings {
  return {
    env: {
      ROLLOUT_LAB_MODE: 'class',
      ROLLOUT_LAB_WARM: '0',
      ROLLOUT_LAB_ACCEPT_RISK: WallPart.shape.part.options.join(','),
    },
  };
}

/** As the operator's link is used: name and passphrase, and the list of classes shows. */
export async function instructorSetUp(
  page: Page,
  link: string,
  account: { readonly name: string; readonly passphrase: string },
): Promise<void> {
  await page.goto(link);
  await page.getByLabel('이름', { exact: true }).fill(account.name);
  await page.getByLabel('암호 문구', { exact: true }).fill(account.passphrase);
  await page.getByLabel('암호 문구 한 번 더').fill(account.passphrase);
  expect(new URL(page.url()).hash).toBe('');
  await page.getByRole('button', { name: '등록하기' }).click();
  await expect(page.getByRole('heading', { name: '내 반' })).toBeVisible();
}

/** From the form for the name on. @returns the return code that showed */
export async function joinClass(page: Page, name: string): Promise<string> {
  await page.getByLabel('내 이름').fill(name);
  await page.getByRole('button', { name: '참가하기' }).click();
  await expect(page.getByRole('heading', { name: `${name} 님, 반가워요` })).toBeFocused();
  return (await page.locator('.fm-secret').textContent())?.trim() ?? '';
}
