/**
 * The address that the server prints carries a one-time token in its fragment: `#t=…`. It is taken out of the
 * address bar and the history before anything else runs, then exchanged for a login cookie. Loaded by every page,
 * so it stays free of schemas and texts.
 */
export type LaunchResult =
  /** The address carried no token. */
  | { readonly state: 'none' }
  | { readonly state: 'signed-in' }
  | { readonly state: 'refused'; readonly code: string };

const TIMEOUT_MS = 15_000;

export const launchResult: Promise<LaunchResult> = useLaunchToken();

async function useLaunchToken(): Promise<LaunchResult> {
  const launchToken = takeToken();
  if (launchToken === null) return { state: 'none' };
  const result = await login(launchToken);
  if (result.state === 'refused' && !document.querySelector('lab-pane')) {
    const { showLaunchNotice } = await import('./launch-notice.ts');
    showLaunchNotice(result.code);
  }
  return result;
}

function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('t');
  if (token === null) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

async function login(launchToken: string): Promise<LaunchResult> {
  try {
    const response = await fetch('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-rollout-lab': '1' },
      body: JSON.stringify({ launchToken }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok || (await isSignedIn())) return { state: 'signed-in' };
    const problem = (await response.json()) as { code?: unknown };
    // A mangled token is no different from an expired one to whoever pasted it.
    const code = problem.code === 'REQUEST_INVALID' ? 'LAUNCH_LINK_INVALID' : problem.code;
    return { state: 'refused', code: typeof code === 'string' ? code : 'INTERNAL' };
  } catch {
    return { state: 'refused', code: 'SERVER_UNREACHABLE' };
  }
}

/** Somebody who opens a used link again in the same browser needs no new one. */
async function isSignedIn(): Promise<boolean> {
  const response = await fetch('/api/me', { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) return false;
  const me = (await response.json()) as { signedIn?: unknown };
  return me.signedIn === true;
}
