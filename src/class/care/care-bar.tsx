import { useSignal } from '@preact/signals';
import type { CareActionName } from '#contract/class-care.ts';
import { useClass } from '../class-context.ts';
import { CareDialog } from './care-dialog.tsx';
import { labsFor } from './care-plan.ts';
import type { CareBarProps } from './care-target.ts';

const ACTIONS: readonly CareActionName[] = ['reset', 'prepare', 'pause', 'resume', 'close', 'extend'];

/** What can be done with the labs of these learners, with how many of them. How it goes shows in `CarePanel`. */
export function CareBar({ cohort, targets, isEverybody = false }: CareBarProps) {
  const { texts } = useClass();
  const { bar } = texts.care;
  const asked = useSignal<CareActionName | null>(null);
  if (targets.length === 0) return null;
  const open = targets.reduce((sum, { labSessions }) => sum + labSessions.length, 0);
  const summary = (isEverybody ? bar.everybody : bar.chosen)(targets.length, open);
  const countFor = (action: CareActionName): number =>
    action === 'prepare' ? targets.length : labsFor(action, targets).length;
  return (
    <fieldset class="care-bar" aria-label={bar.label}>
      <p class="care-summary">{summary}</p>
      <div class="care-actions">
        {ACTIONS.map((action) => {
          const count = countFor(action);
          return (
            <button
              key={action}
              type="button"
              class={`lp-button ${action === 'close' ? 'lp-danger' : ''}`}
              disabled={count === 0}
              title={count === 0 ? bar.nothing[action] : undefined}
              onClick={() => {
                asked.value = action;
              }}
            >
              {bar.action[action]} <span class="care-count">{count}</span>
            </button>
          );
        })}
      </div>
      {asked.value !== null && (
        <CareDialog
          cohort={cohort}
          targets={targets}
          isEverybody={isEverybody}
          action={asked.value}
          onClose={() => {
            asked.value = null;
          }}
        />
      )}
    </fieldset>
  );
}
