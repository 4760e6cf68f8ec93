import type { WebhookDelivery } from '#contract/class-webhook.ts';
import { useClass } from '../class-context.ts';
import { type GradesTexts, gradesTexts } from './texts.ts';

/** What was sent, or waits, newest first. */
export function WebhookDeliveries({ deliveries }: { deliveries: readonly WebhookDelivery[] }) {
  const { language } = useClass();
  const { webhook } = gradesTexts(language);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <>
      <h3 id="gr-deliveries">{webhook.last}</h3>
      {deliveries.length === 0 && <p class="fm-quiet">{webhook.none}</p>}
      <ul class="gr-deliveries" aria-labelledby="gr-deliveries">
        {deliveries.map((delivery) => (
          <li key={delivery.id}>
            <span>{webhook.events[delivery.type]}</span>
            <time class="fm-quiet" dateTime={new Date(delivery.atMs).toISOString()}>
              {time.format(delivery.atMs)}
            </time>
            <span>{outcomeOf(delivery, webhook, time)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function outcomeOf(
  { lastOutcome, lastStatus, nextTryAtMs }: WebhookDelivery,
  texts: GradesTexts['webhook'],
  time: Intl.DateTimeFormat,
): string {
  if (lastOutcome === null) return nextTryAtMs === null ? texts.givenUp : texts.waits;
  const status = lastStatus ?? 0;
  if (lastOutcome === 'answered' && status >= 200 && status < 300) return texts.delivered(status);
  const why = lastOutcome === 'answered' ? texts.notTaken(status) : texts.outcomes[lastOutcome];
  return `${why} · ${nextTryAtMs === null ? texts.givenUp : texts.nextTry(time.format(nextTryAtMs))}`;
}
