import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
const HAS_SOURCE = /\ssrc\s*=/i;
const DATA_BLOCK = /\stype\s*=\s*["']?(?!module|text\/javascript|importmap|speculationrules)[^"'\s>]+/i;
const EVENT_HANDLER = /<[a-z][^>]*\son[a-z]+\s*=/i;

/** `'sha256-…'` for every inline script of a page that a browser would run. */
export function inlineScriptSources(html: string): string[] {
  return [...html.matchAll(SCRIPT)].flatMap(([, attributes = '', body = '']) => {
    if (HAS_SOURCE.test(attributes) || DATA_BLOCK.test(attributes) || body.trim() === '') return [];
    return [`'sha256-${createHash('sha256').update(body).digest('base64')}'`];
  });
}

/**
 * Writes `csp.json` beside the pages: the hashes that the server's Content-Security-Policy needs so that the few
 * scripts that must run before the first paint work without `'unsafe-inline'`. Astro's own `security.csp` leaves
 * out `is:inline` scripts (withastro/astro#16664), which is what Starlight's are.
 */
export function inlineScriptHashes(): AstroIntegration {
  return {
    name: 'inline-script-hashes',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const sources = new Set<string>();
        for await (const file of glob('**/*.html', { cwd: root })) {
          const html = await readFile(`${root}/${file}`, 'utf8');
          const markup = html.replace(SCRIPT, '');
          if (EVENT_HANDLER.test(markup))
            throw new Error(`${file} has an inline event handler: no hash can allow it.`);
          for (const source of inlineScriptSources(html)) sources.add(source);
        }
        await writeFile(
          `${root}/csp.json`,
          `${JSON.stringify({ scriptSrc: [...sources].sort() }, null, 2)}\n`,
        );
        logger.info(`${sources.size} inline scripts hashed into csp.json`);
      },
    },
  };
}
