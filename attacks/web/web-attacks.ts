import { connect } from 'node:net';
import { linkForSecondLearner } from '../../e2e/product/second-learner.ts';
import { type Attack, broken, held, nothingFound, type Outcome } from '../attack.ts';
import type { Ground } from '../ground/ground.ts';
import type { Answer } from './browser.ts';
import type { AttackedSite } from './site.ts';
import { webProcessComplaints } from './web-process.ts';

/** Node looks at its connections every 30 s, and a request has 30 s. */
const SLOW_REQUEST_ENDS_WITHIN_MS = 75_000;
const CSRF = { 'x-rollout-lab': '1' };

export type Try = readonly [what: string, expected: number | readonly number[], answer: Promise<number>];

export async function expectStatuses(tries: readonly Try[], observed: string): Promise<Outcome> {
  const wrong: string[] = [];
  for (const [what, expected, answer] of tries) {
    const status = await answer;
    if (![expected].flat().includes(status)) wrong.push(`${what}: ${status}`);
  }
  return nothingFound(wrong, observed);
}

export const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;

export const onSite =
  (attack: (site: AttackedSite) => Promise<Outcome>) =>
  async (ground: Ground): Promise<Outcome> =>
    attack(await ground.site());

async function foreignHost({ owner, terminal }: AttackedSite): Promise<Outcome> {
  const names = [
    'evil.example',
    `evil.example:${owner.port}`,
    '127.0.0.1:1',
    `127.0.0.1.evil.example:${owner.port}`,
  ];
  const ask = (host: string) => statusOf(owner.ask('GET', '/api/me', { headers: { host } }));
  return expectStatuses(
    [
      ...names.map((host): Try => [`Host ${host}`, [421, 400], ask(host)]),
      ['WebSocket', 421, owner.upgrade(terminal.id, null, { host: 'evil.example' })],
    ],
    '421 before any route, also for WebSockets',
  );
}

async function foreignOrigin({ owner }: AttackedSite): Promise<Outcome> {
  const origins = [
    'http://evil.example',
    'null',
    `http://127.0.0.1:${owner.port}.evil.example`,
    `http://evil.example:${owner.port}`,
    'file://',
  ];
  return expectStatuses(
    origins.flatMap((origin): Try[] => [
      [`GET from ${origin}`, 403, statusOf(owner.ask('GET', '/api/lab-sessions', { headers: { origin } }))],
      [
        `POST from ${origin}`,
        403,
        statusOf(owner.ask('POST', '/api/lab-sessions', { headers: { origin }, body: { lab: 'numbers' } })),
      ],
    ]),
    '403',
  );
}

async function csrf({ owner, session }: AttackedSite): Promise<Outcome> {
  const { cookie, origin } = owner;
  const bare = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<number> =>
    statusOf(owner.ask(method, path, { isBare: true, headers: { cookie, ...headers }, body }));
  const lab = `/api/lab-sessions/${session.id}`;
  return expectStatuses(
    [
      ['form without the header', 403, bare('POST', `${lab}/reset`, { origin })],
      [
        'form of a foreign site',
        403,
        bare('POST', `${lab}/reset`, { origin: 'http://evil.example', 'content-type': 'text/plain' }, 'x=1'),
      ],
      [
        'cross-site with the header',
        403,
        bare('POST', `${lab}/reset`, { ...CSRF, 'sec-fetch-site': 'cross-site' }),
      ],
      ['delete without the header', 403, bare('DELETE', lab, { origin })],
      [
        'method override',
        [403, 404],
        bare('POST', `${lab}?_method=DELETE`, { origin, 'x-http-method-override': 'DELETE' }),
      ],
      [
        'preflight',
        [403, 404],
        bare('OPTIONS', `${lab}/reset`, {
          origin: 'http://evil.example',
          'access-control-request-method': 'POST',
        }),
      ],
    ],
    '403; no preflight is granted',
  );
}

async function socketOrigin(site: AttackedSite): Promise<Outcome> {
  const { owner, terminal } = site;
  const ticket = await site.ticket();
  return expectStatuses(
    [
      ['no Origin', 403, owner.upgrade(terminal.id, ticket, { origin: '' })],
      ['foreign Origin', 403, owner.upgrade(terminal.id, ticket, { origin: 'http://evil.example' })],
      ['Origin null', 403, owner.upgrade(terminal.id, ticket, { origin: 'null' })],
    ],
    '403, with a good ticket in hand',
  );
}

async function replayedTicket(site: AttackedSite): Promise<Outcome> {
  const { owner, terminal } = site;
  const ticket = await site.ticket();
  const first = await owner.upgrade(terminal.id, ticket);
  if (first !== 101) return broken(`even the first use is answered ${first}`);
  return expectStatuses(
    [
      ['second use', 401, owner.upgrade(terminal.id, ticket)],
      ['none', 401, owner.upgrade(terminal.id, null)],
      ['made up', 401, owner.upgrade(terminal.id, 'A'.repeat(43))],
    ],
    '401 from the second use on',
  );
}

async function foreignTicket(site: AttackedSite): Promise<Outcome> {
  const { owner, stranger, session, terminal } = site;
  const path = `/api/lab-sessions/${session.id}/terminals/${terminal.id}/ticket`;
  const ticket = await site.ticket();
  const stolen = await site.ticket();
  return expectStatuses(
    [
      ['of another terminal', [401, 404], owner.upgrade('taaaaaaaaaaa', ticket)],
      ['asked for by a stranger', 404, statusOf(stranger.ask('POST', path))],
      ['asked for without signing in', 401, statusOf(owner.ask('POST', path, { headers: { cookie: '' } }))],
      ['stolen, used in the stranger’s browser', 401, stranger.upgrade(terminal.id, stolen)],
    ],
    'refused',
  );
}

async function foreignIds(site: AttackedSite): Promise<Outcome> {
  const { owner, stranger, session, terminal } = site;
  const lab = `/api/lab-sessions/${session.id}`;
  const routes: readonly (readonly [string, string, unknown?])[] = [
    ['GET', lab],
    ['GET', `${lab}/events`],
    ['GET', `${lab}/history`],
    ['POST', `${lab}/reset`],
    ['POST', `${lab}/resume`],
    ['POST', `${lab}/prepare`, { exercise: '14.1-deploy' }],
    ['GET', `${lab}/exercises/14.1-deploy/start`],
    ['POST', `${lab}/nodes/node1/power`, { to: 'off' }],
    ['POST', `${lab}/exercise`, { exercise: '14.1-deploy' }],
    ['POST', `${lab}/answers`, { check: 'a-check', answer: '1' }],
    ['POST', `${lab}/terminals`, { node: 'node1', cols: 80, rows: 24 }],
    ['POST', `${lab}/previews`, { node: 'node1', port: 80 }],
    ['POST', `${lab}/terminals/${terminal.id}/ticket`],
    ['DELETE', `${lab}/terminals/${terminal.id}`],
    ['DELETE', lab],
  ];
  const before = await owner.json<unknown>('GET', lab);
  const tries = await expectStatuses(
    routes.flatMap(([method, path, body]): Try[] => [
      [
        `${method} ${path.replace(session.id, 'ID')} by a stranger`,
        404,
        statusOf(stranger.ask(method, path, { body })),
      ],
      [
        `${method} ${path.replace(session.id, 'ID')} signed out`,
        401,
        statusOf(owner.ask(method, path, { body, headers: { cookie: '' } })),
      ],
    ]),
    `404 on all ${routes.length} routes, 401 when signed out, and nothing has changed`,
  );
  const after = await owner.json<unknown>('GET', lab);
  return JSON.stringify(before) === JSON.stringify(after) ? tries : broken('the owner’s session has changed');
}

async function badFrames(site: AttackedSite): Promise<Outcome> {
  const { owner, terminal } = site;
  const close = async (frame: Buffer | string): Promise<number> =>
    owner.closeCodeAfter(terminal.id, await site.ticket(), [frame]);
  const outcome = await expectStatuses(
    [
      ['100 KiB', 1009, close(Buffer.alloc(100 * 1024, 0x11))],
      ['unknown opcode', 4401, close(Buffer.from([0x99, 1, 2]))],
      ['text', 4401, close('text')],
      ['nothing', 4401, close(Buffer.alloc(0))],
      ['input beyond its piece', 4401, close(Buffer.alloc(20 * 1024, 0x11))],
      ['half a resize', 4401, close(Buffer.from([0x12, 0]))],
    ],
    'each ends its own connection; the terminal goes on',
  );
  const stillThere = await owner.upgrade(terminal.id, await site.ticket());
  return stillThere === 101 ? outcome : broken(`the terminal is gone: ${stillThere}`);
}

async function traversal({ owner }: AttackedSite): Promise<Outcome> {
  const up = ['..', '%2e%2e', '..%2f..', '..%5c..', '%252e%252e', '....//', '..;'];
  const roots = ['/', '/ko/', '/_astro/', '/api/catalog/lessons/', '/ws/terminals/'];
  const files = ['etc/passwd', 'package.json', '.data/rollout-lab.db'];
  const wrong: string[] = [];
  for (const root of roots) {
    for (const step of up) {
      for (const file of files) {
        const path = `${root}${`${step}/`.repeat(4)}${file}`;
        const { status, text } = await owner.ask('GET', path);
        if (status < 400 || /root:x:|"rollout-lab"|SQLite format/.test(text))
          wrong.push(`${path}: ${status}`);
      }
    }
  }
  return nothingFound(wrong, `refused, all ${roots.length * up.length * files.length}`);
}

async function largeBodies({ owner }: AttackedSite): Promise<Outcome> {
  const post = (body: unknown, headers: Record<string, string> = {}): Promise<number> =>
    statusOf(owner.ask('POST', '/api/lab-sessions', { body, headers }));
  return expectStatuses(
    [
      ['a body of 100 KiB', 413, post({ lab: 'x'.repeat(100_000) })],
      ['nested 30 000 deep', [400, 413], post('['.repeat(30_000) + ']'.repeat(30_000))],
      ['prototype', 400, post('{"lab":"numbers","__proto__":{"x":1}}')],
      ['no JSON', 400, post('{"lab":')],
      [
        'another type',
        [400, 415],
        post('lab=numbers', { 'content-type': 'application/x-www-form-urlencoded' }),
      ],
      [
        'a header of 64 KiB',
        431,
        statusOf(owner.ask('GET', '/api/me', { headers: { 'x-long': 'x'.repeat(65_536) } })),
      ],
    ],
    '400, 413, 415 or 431',
  );
}

/** Two requests in one, told apart differently by front and back: answered as one bad request. */
async function smuggling({ owner }: AttackedSite): Promise<Outcome> {
  const host = `127.0.0.1:${owner.port}`;
  const bad = [
    `POST /api/login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/me HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`,
    `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    `GET http://evil.example/api/me HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
  ];
  const first = (text: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = connect(owner.port, '127.0.0.1', () => socket.write(text));
      socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
      socket.once('data', (bytes) => {
        resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString())?.[1]));
        socket.destroy();
      });
      socket.once('error', reject);
    });
  return expectStatuses(
    bad.map((text, index): Try => [`request ${index + 1}`, [400, 421], first(text)]),
    '400 or 421',
  );
}

async function slowRequests({ slowRequests: slow, owner }: AttackedSite): Promise<Outcome> {
  const { status } = await owner.ask('GET', '/api/me');
  const ends = await slow;
  const inTime = ends.filter((afterMs) => afterMs !== null && afterMs <= SLOW_REQUEST_ENDS_WITHIN_MS);
  if (status !== 200) return broken(`others are answered ${status}`);
  return inTime.length === ends.length
    ? held(
        `hung up on within ${SLOW_REQUEST_ENDS_WITHIN_MS / 1000} s: slow header, slow body, silence; others are served`,
      )
    : broken(
        `after ${ends.map((afterMs) => (afterMs === null ? 'never' : `${Math.round(afterMs / 1000)} s`)).join(', ')}`,
      );
}

async function cookieFlags({ owner, server }: AttackedSite): Promise<Outcome> {
  const line = owner.cookieLine;
  const missing = ['HttpOnly', 'SameSite=Strict', 'Path=/'].filter((flag) => !line.includes(flag));
  const value = owner.cookie.split('=')[1] ?? '';
  if (value.length < 22) missing.push('128 bit of chance');
  if (/Domain=/i.test(line)) missing.push('no domain');
  if (server.log.includes(value)) missing.push('silence in the log');
  return nothingFound(missing, 'HttpOnly, SameSite=Strict, Path=/, no domain, opaque, never in the log');
}

async function headers({ owner }: AttackedSite): Promise<Outcome> {
  const answers = await Promise.all(
    ['/ko/', '/api/me', '/api/nothing', '/en/chapter-14/nothing/'].map((path) =>
      owner.ask('GET', path, { headers: { accept: 'text/html' } }),
    ),
  );
  const wrong = answers.flatMap(({ headers: all, status }) => {
    const csp = all['content-security-policy'] ?? '';
    const scripts = /script-src ([^;]*)/.exec(String(csp))?.[1] ?? '';
    return [
      ...["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", 'base-uri']
        .filter((part) => !csp.includes(part))
        .map((part) => `${status}: CSP without ${part}`),
      ...(/'unsafe-(inline|eval)'|\*|data:/.test(scripts) ? [`${status}: script-src ${scripts}`] : []),
      ...(all['x-content-type-options'] === 'nosniff' ? [] : [`${status}: nosniff`]),
      ...(all['cross-origin-opener-policy'] === 'same-origin' ? [] : [`${status}: COOP`]),
      ...(all['cross-origin-resource-policy'] === 'same-origin' ? [] : [`${status}: CORP`]),
      ...(all['referrer-policy'] === 'no-referrer' ? [] : [`${status}: Referrer-Policy`]),
      ...(all['access-control-allow-origin'] === undefined ? [] : [`${status}: CORS`]),
      ...((all['server'] ?? all['x-powered-by']) ? [`${status}: names its program`] : []),
    ];
  });
  return nothingFound(
    [...new Set(wrong)],
    'strict CSP, nosniff, COOP, CORP, no referrer, no CORS on pages, API and errors',
  );
}

async function launchLink({ owner, server }: AttackedSite): Promise<Outcome> {
  const token = /#t=(\S+)/.exec(server.launchLink)?.[1] ?? '';
  const login = (launchToken: string): Promise<number> =>
    statusOf(owner.ask('POST', '/api/login', { body: { launchToken }, headers: { cookie: '' } }));
  const logged = server.log.split('\n').filter((line) => line.startsWith('{') && line.includes(token));
  if (logged.length > 0) return broken('the log has it');
  return expectStatuses(
    [
      ['used again', [401, 403, 410], login(token)],
      ['made up', [401, 403, 410], login('A'.repeat(43))],
    ],
    'refused; not in the log',
  );
}

async function loginRate({ stranger, server }: AttackedSite): Promise<Outcome> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 15; attempt++) {
    const body = { launchToken: `${String(attempt).padStart(2, '0')}${'B'.repeat(41)}` };
    statuses.push((await stranger.ask('POST', '/api/login', { body, headers: { cookie: '' } })).status);
  }
  const isLimited = statuses.at(-1) === 429;
  const forwarded = await stranger.ask('POST', '/api/login', {
    body: { launchToken: /#t=(\S+)/.exec(linkForSecondLearner(server))?.[1] },
    headers: { cookie: '', 'x-forwarded-for': '203.0.113.9' },
  });
  if (!isLimited) return broken(`the fifteenth attempt is answered ${statuses.at(-1)}`);
  return forwarded.status === 429
    ? held('429; a made-up X-Forwarded-For changes nothing')
    : broken(`X-Forwarded-For gets round it: ${forwarded.status}`);
}

export const WEB_ATTACKS: readonly Attack[] = [
  {
    id: 'web/foreign-host',
    from: 'browser',
    tried: 'requests under another Host, as after DNS rebinding',
    must: '421',
    run: onSite(foreignHost),
  },
  {
    id: 'web/foreign-origin',
    from: 'browser',
    tried: 'requests of a signed-in browser from a foreign page',
    must: '403',
    run: onSite(foreignOrigin),
  },
  {
    id: 'web/csrf',
    from: 'browser',
    tried: 'reset and delete by a form, a foreign form, an override, a preflight',
    must: '403',
    run: onSite(csrf),
  },
  {
    id: 'web/socket-origin',
    from: 'browser',
    tried: 'a terminal’s WebSocket without Origin and with a foreign one',
    must: '403',
    run: onSite(socketOrigin),
  },
  {
    id: 'web/ticket-replay',
    from: 'network',
    tried: 'a terminal’s ticket used twice, left out, made up',
    must: '401',
    run: onSite(replayedTicket),
  },
  {
    id: 'web/ticket-foreign',
    from: 'browser',
    tried: 'a ticket of another terminal, by a stranger, signed out, stolen',
    must: 'refused',
    run: onSite(foreignTicket),
  },
  {
    id: 'web/foreign-ids',
    from: 'browser',
    tried: 'every route with the ids of somebody else’s lab and terminal',
    must: '404, nothing changes',
    run: onSite(foreignIds),
  },
  {
    id: 'web/frames',
    from: 'browser',
    tried: 'oversized and malformed frames',
    must: 'the connection ends, the terminal goes on',
    run: onSite(badFrames),
  },
  {
    id: 'web/traversal',
    from: 'network',
    tried: 'paths that lead out of the site, encoded in seven ways',
    must: 'refused',
    run: onSite(traversal),
  },
  {
    id: 'web/bodies',
    from: 'browser',
    tried: 'large, deep and malformed bodies, long headers',
    must: 'refused with a status of their own',
    run: onSite(largeBodies),
  },
  {
    id: 'web/smuggling',
    from: 'network',
    tried: 'two lengths, two hosts, a foreign absolute address',
    must: 'refused',
    run: onSite(smuggling),
  },
  {
    id: 'web/cookie',
    from: 'browser',
    tried: 'read or send the login cookie from elsewhere',
    must: 'HttpOnly, SameSite=Strict, opaque',
    run: onSite(cookieFlags),
  },
  {
    id: 'web/headers',
    from: 'browser',
    tried: 'run foreign script, frame the page, sniff types',
    must: 'the headers forbid it on every kind of answer',
    run: onSite(headers),
  },
  {
    id: 'web/launch-link',
    from: 'network',
    tried: 'a launch link used twice, made up, read from the log',
    must: 'refused',
    run: onSite(launchLink),
  },
  {
    id: 'web/process',
    from: 'outside, looking in',
    tried: 'find root or the engine’s socket in the process that faces the web',
    must: 'neither',
    run: onSite(webProcessComplaints),
  },
  {
    id: 'web/slow-requests',
    from: 'network',
    tried: 'requests that never end, byte by byte',
    must: 'hung up on, others are served',
    run: onSite(slowRequests),
  },
  {
    id: 'web/login-rate',
    from: 'network',
    tried: 'guess launch links, with a made-up X-Forwarded-For',
    must: '429',
    run: onSite(loginRate),
  },
];
