import type { PreviewView } from '../../contract/preview.ts';
import { type Attack, broken, type Outcome } from '../attack.ts';
import { HostileBrowser } from './browser.ts';
import type { AttackedSite } from './site.ts';
import { expectStatuses, onSite, statusOf, type Try } from './web-attacks.ts';

/** Nothing listens there: who gets as far as the application is told so with 502. */
const REACHED = 502;
const UNUSED_PORT = 9;

/** Host name of a preview of the attacked lab, as this login is given it. */
async function previewHost(browser: HostileBrowser, { session }: AttackedSite): Promise<string> {
  const body = { node: 'node1', port: UNUSED_PORT };
  const view = await browser.json<PreviewView>('POST', `/api/lab-sessions/${session.id}/previews`, body);
  return new URL(view.origin).host;
}

const open = (browser: HostileBrowser, host: string): Promise<number> =>
  statusOf(browser.ask('GET', '/', { isBare: true, headers: { host } }));

async function foreignLabels(site: AttackedSite): Promise<Outcome> {
  const { owner, server } = site;
  const host = await previewHost(owner, site);
  const label = host.split('.')[0] ?? '';
  const guess = `p-${'a'.repeat(26)}`;
  const outcome = await expectStatuses(
    [
      ['the right one', REACHED, open(owner, host)],
      ['guessed', 404, open(owner, host.replace(label, guess))],
      [
        'one letter off',
        404,
        open(owner, host.replace(label, `${label.slice(0, -1)}${label.endsWith('a') ? 'b' : 'a'}`)),
      ],
      ...[
        `${label}.evil.example:${owner.port}`,
        `${label}.localhost:1`,
        `x.${host}`,
        `${label}x.${host}`,
      ].map((name): Try => [name.replace(label, 'LABEL'), 421, open(owner, name)]),
    ],
    '404 for a label that was never given, 421 for every other host; the label is not in the log',
  );
  return server.log.includes(label) ? broken('the log has the label') : outcome;
}

async function labelsThatEnd(site: AttackedSite): Promise<Outcome> {
  const { owner, server } = site;
  const leaving = new HostileBrowser(owner.port);
  await leaving.signIn(await server.newLink());
  const host = await previewHost(leaving, site);
  const before = await open(owner, host);
  await leaving.ask('POST', '/api/logout');
  if (before !== REACHED) return broken(`even while its login lives it is answered ${before}`);
  return expectStatuses([['after signing out', 404, open(owner, host)]], '404 from the sign-out on');
}

async function siteFromPreview(site: AttackedSite): Promise<Outcome> {
  const { owner, session, terminal } = site;
  const host = await previewHost(owner, site);
  const origin = `http://${host}`;
  const lab = `/api/lab-sessions/${session.id}`;
  const from = { origin, 'sec-fetch-site': 'cross-site' };
  const page = await owner.ask('GET', '/ko/', { headers: { accept: 'text/html' } });
  const frames = /frame-src ([^;]*)/.exec(String(page.headers['content-security-policy']))?.[1];
  if (frames !== `http://*.localhost:${owner.port}`) return broken(`pages may show ${frames} in frames`);
  return expectStatuses(
    [
      ['GET with its Origin', 403, statusOf(owner.ask('GET', lab, { headers: from }))],
      ['POST with its Origin', 403, statusOf(owner.ask('POST', `${lab}/reset`, { headers: from }))],
      ['WebSocket with its Origin', 403, owner.upgrade(terminal.id, await site.ticket(), { origin })],
      [
        'the API under its host',
        REACHED,
        statusOf(owner.ask('GET', '/api/me', { headers: { host, origin } })),
      ],
      [
        'a terminal under its host',
        REACHED,
        owner.upgrade(terminal.id, await site.ticket(), { host, origin }),
      ],
    ],
    '403 with a preview’s Origin, cookie or not; under its host there is nothing of the site; pages frame previews only',
  );
}

export const PREVIEW_ATTACKS: readonly Attack[] = [
  {
    id: 'web/preview-label',
    from: 'network',
    tried: 'host names of previews: guessed, varied, read from the log',
    must: 'lead nowhere',
    run: onSite(foreignLabels),
  },
  {
    id: 'web/preview-end',
    from: 'network',
    tried: 'a preview’s host name after its login has signed out',
    must: '404',
    run: onSite(labelsThatEnd),
  },
  {
    id: 'web/preview-site',
    from: 'browser',
    tried: 'the site’s API, terminals and pages, from and under a preview’s host',
    must: 'out of reach',
    run: onSite(siteFromPreview),
  },
];
