import { spawnSync } from 'node:child_process';
import { canInstallPackages, installHint, installPackages } from '../apt.mjs';
import { findProgram, isProgram } from '../programs.mjs';
import { SetupError } from '../setup-error.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC_BROWSERS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string | undefined} absolute path of a Chromium that is installed */
export function findBrowser() {
  const named = process.env.ROLLOUT_LAB_CHROMIUM;
  if (named) return isProgram(named) ? named : undefined;
  return NAMES.map(findProgram).find(Boolean) ?? MAC_BROWSERS.find(isProgram);
}

/**
 * Chromium for the browser tests, and a font with Korean in it, so that pictures of pages show letters.
 * @param {import('./dependencies.mjs').StepContext} context
 * @returns {Promise<string>} path of the browser
 */
export async function provideBrowser({ progress, signal }) {
  const packages = [
    ...(findBrowser() ? [] : ['chromium']),
    ...(hasKoreanFont() ? [] : ['fonts-nanum', 'fontconfig']),
  ];
  if (packages.length > 0 && canInstallPackages()) {
    await progress.run(`Installing ${packages.join(', ')} for the browser tests`, (step) =>
      installPackages(packages, { what: packages.join(', '), signal, onLine: step.detail }),
    );
  }
  const browser = findBrowser();
  if (!browser) {
    throw new SetupError('No Chromium is installed; the browser tests need one.', {
      todo: `Install: ${installHint(['chromium'])}. ROLLOUT_LAB_CHROMIUM names one at another place.`,
    });
  }
  return browser;
}

function hasKoreanFont() {
  if (process.platform !== 'linux') return true;
  const list = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' });
  return list.status === 0 && list.stdout.trim() !== '';
}
