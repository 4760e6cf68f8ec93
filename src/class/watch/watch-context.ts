import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { WatchController } from './watch-controller.ts';

export const WatchContext = createContext<WatchController | null>(null);

/** What an instructor watches. */
export function useWatch(): WatchController {
  const value = useContext(WatchContext);
  if (!value) throw new Error('a part of the watching page is used outside of it');
  return value;
}
