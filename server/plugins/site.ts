import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '#contract/language.ts';
import { nothingHere } from './errors.ts';

export interface SiteOptions {
  /** Folder of the built site. */
  readonly folder: string;
}

const LANGUAGE_COOKIE = 'lang';
/** Pages whose address is read out or printed. What stands behind `#` comes along: browsers keep it. */
const WITHOUT_LANGUAGE = ['', 'class', 'join', 'privacy'];

/** Serves the built pages and sends `/` and the like to the reader's language. */
export async function addSite(app: FastifyInstance, options: SiteOptions): Promise<void> {
  for (const name of WITHOUT_LANGUAGE) {
    const page = name === '' ? '' : `${name}/`;
    for (const path of new Set([`/${name}`, `/${page}`]))
      app.get(path, async (request, reply) => reply.redirect(`/${languageOf(request)}/${page}`));
  }
  await app.register(staticFiles, {
    root: options.folder,
    redirect: true,
    // The build has made them (src/site/compressed-files.ts).
    preCompressed: true,
    setHeaders: (response, path) => {
      // Names below _astro carry a hash of the content: they never change.
      const immutable = path.includes('/_astro/');
      response.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) => {
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    if (!wantsPage || request.url.startsWith('/api/')) nothingHere();
    const page = [`${languageOf(request)}/404.html`, '404.html'].find((name) =>
      existsSync(join(options.folder, name)),
    );
    return page === undefined ? nothingHere() : reply.status(404).sendFile(page);
  });
}

/** The language in the address, else the reader's last choice, else what the browser asks for, else Korean. */
function languageOf(request: FastifyRequest): Language {
  const wanted = [
    request.url.split('/')[1] ?? '',
    request.cookies[LANGUAGE_COOKIE] ?? '',
    ...(request.headers['accept-language'] ?? '')
      .split(',')
      .map((entry) => entry.trim().slice(0, 2).toLowerCase()),
  ];
  return (
    wanted
      .map((name) => LANGUAGES.find((language) => language === name))
      .find((found) => found !== undefined) ?? 'ko'
  );
}
