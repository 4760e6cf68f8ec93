import { requestEngine } from '../engine/api.mjs';

/** A set-up of another checkout may just have built it and not started a lab yet. */
const KEPT_AT_LEAST_MS = 2 * 3600 * 1000;

const OWN_TAG = /^rollout-lab\/(node|node-bare|base):[0-9a-f]{12}$/;

/**
 * @param {{ RepoTags?: string[] | null, Created: number }[]} images as the engine lists them
 * @param {{ wanted: string[], nowMs: number }} options
 * @returns {string[]} own tags that nothing here needs any more
 */
export function outdatedTags(images, { wanted, nowMs }) {
  return images
    .filter(({ Created }) => nowMs - Created * 1000 > KEPT_AT_LEAST_MS)
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .filter((tag) => OWN_TAG.test(tag) && !wanted.includes(tag));
}

/**
 * Removes own images of earlier versions; the engine itself refuses where a container still uses one.
 * @param {string} engineUrl
 * @param {string[]} wanted
 */
export async function removeOldImages(engineUrl, wanted) {
  const { status, body } = await requestEngine(engineUrl, '/images/json', { deadlineMs: 20_000 });
  if (status !== 200) return;
  for (const tag of outdatedTags(body, { wanted, nowMs: Date.now() })) {
    await requestEngine(engineUrl, `/images/${tag}`, { method: 'DELETE', deadlineMs: 60_000 });
  }
}
