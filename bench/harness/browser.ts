import { type Browser, chromium } from '@playwright/test';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['ROLLOUT_LAB_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
