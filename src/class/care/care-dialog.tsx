import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import {
  type CareActionName,
  type CareCourse,
  type CareRequest,
  type CareTargets,
  REASON_MAX_CHARS,
} from '#contract/class-care.ts';
import { fetchCareCourse, newWorkId, startCare } from '../../api-client/care-api.ts';
import { type LabProblem, problemFrom } from '../../api-client/lab-problem.ts';
import { Confirm } from '../../forms/confirm.tsx';
import { Checkbox, Field } from '../../forms/field.tsx';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useClass } from '../class-context.ts';
import { fromLocalTime, localTime } from '../local-time.ts';
import { kindsOf, labsFor, targetsOf, withoutLab } from './care-plan.ts';
import type { CareBarProps } from './care-target.ts';
import { ExercisePicker } from './exercise-picker.tsx';

interface CareDialogProps extends CareBarProps {
  readonly action: CareActionName;
  readonly onClose: () => void;
}

const NAMES_SHOWN = 12;
const HALF_HOUR_MS = 30 * 60_000;
const EXTEND_BY_MS = 3 * 3_600_000;
const LOSES: readonly CareActionName[] = ['reset', 'prepare', 'close'];

/** Says what will happen to how many labs and what is lost, asks for the rest, and starts the round. */
export function CareDialog({ cohort, targets, isEverybody = false, action, onClose }: CareDialogProps) {
  const { language, texts } = useClass();
  const { dialog } = texts.care;
  // Made once: asking again after a failure starts no second round.
  const id = useMemo(newWorkId, []);
  const reason = useSignal('');
  const left = useSignal<ReadonlySet<string>>(new Set());
  const exercise = useSignal('');
  const startMissing = useSignal(true);
  const until = useSignal(localTime(Math.ceil((Date.now() + EXTEND_BY_MS) / HALF_HOUR_MS) * HALF_HOUR_MS));
  const course = useSignal<CareCourse | null>(null);
  const problem = useSignal<LabProblem | null>(null);
  useEffect(() => {
    if (action !== 'prepare') return;
    void fetchCareCourse(cohort)
      .then((answer) => {
        course.value = answer;
      })
      .catch((fault: unknown) => {
        problem.value = problemFrom(fault);
      });
  }, []);

  const possible = labsFor(action, targets);
  const kinds = kindsOf(possible);
  const labs = possible.filter(({ lab }) => !left.value.has(lab));
  const none = withoutLab(possible, targets);
  const untilMs = fromLocalTime(until.value);
  const count = action === 'prepare' ? targets.length : labs.length;
  const isReady =
    count > 0 && (action !== 'prepare' || exercise.value !== '') && (action !== 'extend' || untilMs !== null);

  const request = (): CareRequest => {
    if (action === 'prepare')
      return { type: action, exercise: exercise.value, startMissing: startMissing.value };
    return action === 'extend' ? { type: action, untilMs: untilMs ?? 0 } : { type: action };
  };
  const whom = (): CareTargets => {
    const isWhole = isEverybody && left.value.size === 0 && action !== 'pause' && action !== 'resume';
    if (isWhole) return 'all';
    if (action === 'prepare') return targetsOf([], targets);
    return targetsOf(labs, action === 'pause' || action === 'resume' ? [] : none);
  };
  const names = targets.map(({ name }) => name);
  return (
    <Confirm
      title={dialog.title[action](count, targets.length)}
      confirm={dialog.confirm[action](count)}
      cancel={texts.cancel}
      danger={LOSES.includes(action)}
      isReady={isReady}
      language={language}
      onConfirm={async () => {
        const text = reason.value.trim();
        await startCare(cohort, { id, action: request(), reason: text || null, targets: whom() });
      }}
      onClose={onClose}
    >
      <div class="care-dialog">
        <p>{dialog.body[action]}</p>
        {!isEverybody && (
          <p class="cl-names">
            <span class="lp-hidden">{dialog.whose}: </span>
            {names.slice(0, NAMES_SHOWN).join(', ')}
            {names.length > NAMES_SHOWN && ` ${dialog.more(names.length - NAMES_SHOWN)}`}
          </p>
        )}
        {action === 'prepare' ? (
          <>
            <ProblemNote problem={problem.value} language={language} />
            <ExercisePicker
              course={course.value}
              targets={targets}
              value={exercise.value}
              startMissing={startMissing.value}
              onExercise={(picked) => {
                exercise.value = picked;
              }}
              onStartMissing={(isWanted) => {
                startMissing.value = isWanted;
              }}
            />
          </>
        ) : (
          kinds.length > 1 && (
            <fieldset class="fm-choice">
              <legend>{dialog.labs}</legend>
              {kinds.map(({ lab, title, count: ofKind }) => (
                <Checkbox
                  key={lab}
                  label={`${title[language]} (${ofKind})`}
                  checked={!left.value.has(lab)}
                  onChange={(isMeant) => {
                    const others = [...left.value].filter((one) => one !== lab);
                    left.value = new Set(isMeant ? others : [...others, lab]);
                  }}
                />
              ))}
            </fieldset>
          )
        )}
        {action !== 'prepare' && action !== 'pause' && action !== 'resume' && none.length > 0 && (
          <p class="fm-hint">{dialog.withoutLab(none.length)}</p>
        )}
        {action === 'extend' && (
          <Field
            label={dialog.until}
            hint={dialog.untilHint(Intl.DateTimeFormat().resolvedOptions().timeZone)}
            type="datetime-local"
            required
            value={until.value}
            onText={(text) => {
              until.value = text;
            }}
          />
        )}
        <Field
          label={dialog.reason}
          hint={dialog.reasonHint}
          placeholder={dialog.reasonExample[action]}
          maxLength={REASON_MAX_CHARS}
          autocomplete="off"
          value={reason.value}
          onText={(text) => {
            reason.value = text;
          }}
        />
      </div>
    </Confirm>
  );
}
