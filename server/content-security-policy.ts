import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const BuiltHashes = z.object({ scriptSrc: z.array(z.string().regex(/^'sha256-[A-Za-z0-9+/=]+'$/)) });

/** The site has not been built. */
export class SiteMissingError extends Error {}

/**
 * The policy for every page: only our own scripts, and of inline ones those that the build has hashed.
 * Inline styles stay allowed: the terminal's renderer writes them, and code frames carry colours in attributes.
 * @throws {SiteMissingError}
 */
export async function contentSecurityPolicy(siteFolder: string): Promise<string> {
  const file = join(siteFolder, 'csp.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SiteMissingError(
      `The site is not built (${file} is missing). Run npm start, or npx astro build.`,
      { cause },
    );
  });
  const { scriptSrc } = BuiltHashes.parse(JSON.parse(text));
  return [
    "default-src 'self'",
    // The search index is WebAssembly.
    `script-src 'self' 'wasm-unsafe-eval' ${scriptSrc.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // Text never becomes markup or script by assignment, also in a library.
    "require-trusted-types-for 'script'",
  ].join('; ');
}
