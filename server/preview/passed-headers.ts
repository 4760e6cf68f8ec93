type Header = readonly [name: string, value: string];

/** Between two hops only, whoever sends them. */
const HOP_BY_HOP = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings'],
]);

/** Headers as they came, in their order and writing, without what was meant for us and what is `dropped`. */
export function passedHeaders(raw: readonly string[], dropped: ReadonlySet<string>): Header[] {
  const headers = pairs(raw);
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((option) => option.trim().toLowerCase()));
  const gone = new Set([...HOP_BY_HOP, ...named, ...dropped]);
  return headers.filter(([name]) => !gone.has(name.toLowerCase()));
}

function pairs(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}
