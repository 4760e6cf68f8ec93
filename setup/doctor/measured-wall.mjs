const ASK_MS = 3_000;

/**
 * The wall around labs as a running server has measured it; `undefined` where none answers. Names and shapes are those
 * of `contract/wall.ts`; in class mode a server tells states and no details.
 * @typedef {{ part: string, state: 'holds' | 'missing' | 'unknown', detail?: string }} WallPart
 * @typedef {{ mode: string, parts: WallPart[], routesVirtualIps?: boolean }} MeasuredWall
 */

/**
 * @param {{ host: string, port: number }} settings
 * @returns {Promise<MeasuredWall | undefined>}
 */
export async function readMeasuredWall({ host, port }) {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const answer = await fetch(`http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`, {
      signal: AbortSignal.timeout(ASK_MS),
    });
    const { mode, wall } = /** @type {any} */ (await answer.json());
    return Array.isArray(wall?.parts) ? { ...wall, mode: String(mode) } : undefined;
  } catch {
    return undefined;
  }
}
