import { defineConfig } from '@playwright/test';

const isCi = Boolean(process.env['CI']);

/** The product as a learner meets it: the real server, real labs, Chromium. `npm test -- e2e` runs it. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  projects: [
    { name: 'product', grepInvert: /@screens|@chapter/ },
    // The walk through all six sections takes its time: `npm test -- chapter`.
    { name: 'chapter', grep: /@chapter/ },
    // Pictures for README and review.
    { name: 'screens', grep: /@screens/, use: { actionTimeout: 60_000 } },
  ],
  workers: 2,
  forbidOnly: isCi,
  retries: isCi ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: { mode: 'on-first-retry', screenshots: false, sources: false, snapshots: true },
    launchOptions: {
      // Debian's package; nothing is downloaded.
      executablePath: process.env['ROLLOUT_LAB_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--no-first-run',
      ],
    },
  },
});
