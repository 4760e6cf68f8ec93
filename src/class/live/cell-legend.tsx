import { useLive } from './live-context.ts';

const STATES = ['passed', 'trying', 'stuck', 'tried', 'none'] as const;

export function CellLegend() {
  const { texts } = useLive();
  return (
    <ul class="lv-legend" aria-label={texts.legend.label}>
      {STATES.map((state) => (
        <li key={state}>
          <span class="lv-mark" data-state={state} /> {texts.legend[state]}
        </li>
      ))}
      <li>
        <span class="lv-mark" data-state="passed" data-help="" /> {texts.legend.help}
      </li>
    </ul>
  );
}
