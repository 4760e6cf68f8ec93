import type { Config } from './config.ts';
import type { WebAddress } from './web-address.ts';

/** Under which host names previews of applications live, apart from the site's. */
export interface PreviewAddress {
  /** `null` for a host that is no preview's. */
  readonly labelOf: (host: string | undefined) => string | null;
  /** `null` where there are no previews. */
  readonly originOf: (label: string) => string | null;
  /** Whether a browser that has come to a page by this host finds previews, too. */
  readonly isReachedFrom: (pageHost: string) => boolean;
  /** For the site's policy: what its pages may show in a frame. `null`: nothing. */
  readonly frameSource: () => string | null;
  /** For a preview's policy: which pages may show it. */
  readonly frameAncestors: () => string;
}

const PREVIEW_LABEL = /^p-[a-z0-9]{26}$/;
/** Browsers look for `*.localhost` on their own machine, without asking anybody. */
const LOOPBACK_PAGES = ['127.0.0.1', 'localhost'];

/** @param port the one that was really taken */
export function previewAddress(
  { publicUrl, previewUrl }: Pick<Config, 'publicUrl' | 'previewUrl'>,
  address: Pick<WebAddress, 'origins'>,
  port: () => number,
): PreviewAddress {
  const wildcard = (): string | null =>
    previewUrl ?? (publicUrl === null ? `http://*.localhost:${port()}` : null);
  return {
    labelOf(host) {
      const pattern = wildcard();
      if (pattern === null || host === undefined) return null;
      const [label = '', ...rest] = host.toLowerCase().split('.');
      return PREVIEW_LABEL.test(label) && rest.join('.') === hostOf(pattern) ? label : null;
    },
    originOf: (label) => wildcard()?.replace('*', label) ?? null,
    isReachedFrom: (pageHost) =>
      previewUrl !== null || (publicUrl === null && LOOPBACK_PAGES.includes(pageHost.replace(/:\d+$/, ''))),
    frameSource: wildcard,
    // A policy can't name an IPv6 address.
    frameAncestors: () => [...address.origins()].filter((origin) => !origin.includes('[')).join(' '),
  };
}

/** As a browser sends it: without the port that goes without saying. */
function hostOf(pattern: string): string {
  return new URL(pattern.replace('*.', '')).host;
}
