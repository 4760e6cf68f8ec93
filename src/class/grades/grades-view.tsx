import type { CohortView } from '#contract/class-api.ts';
import { gradesCsvPath, gradesJsonPath } from '../../api-client/grades-api.ts';
import { useClass } from '../class-context.ts';
import { KeysCard } from './keys-card.tsx';
import { gradesTexts } from './texts.ts';
import { WebhookCard } from './webhook-card.tsx';

/** What the class has achieved, to take away, and the keys by which programs do the same. */
export function GradesView({ cohort }: { cohort: CohortView }) {
  return (
    <>
      <ExportsCard cohort={cohort.id} />
      <KeysCard cohort={cohort.id} />
      <WebhookCard cohort={cohort.id} />
    </>
  );
}

function ExportsCard({ cohort }: { cohort: string }) {
  const { language } = useClass();
  const { exports } = gradesTexts(language);
  const files = [
    [exports.progress, exports.progressHint, gradesCsvPath(cohort, 'progress', language), undefined],
    [exports.attempts, exports.attemptsHint, gradesCsvPath(cohort, 'attempts', language), undefined],
    [exports.json, exports.jsonHint, gradesJsonPath(cohort), 'grades.json'],
  ] as const;
  return (
    <section class="fm-card" aria-labelledby="gr-exports">
      <h2 id="gr-exports">{exports.title}</h2>
      <p class="fm-quiet">{exports.hint}</p>
      <ul class="gr-files">
        {files.map(([label, hint, path, name]) => (
          <li key={path}>
            <a class="lp-button" href={path} download={name ?? true}>
              {label}
            </a>
            <span class="fm-quiet">{hint}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
