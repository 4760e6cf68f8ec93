import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The time, told twice a second while somebody looks at it. */
export function useTicks(isOn: boolean): number {
  const nowMs = useSignal(Date.now());
  useEffect(() => {
    if (!isOn) return;
    nowMs.value = Date.now();
    const timer = setInterval(() => {
      nowMs.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [isOn, nowMs]);
  return nowMs.value;
}
