import type { Waiter } from '#contract/class-capacity.ts';
import { useClass } from '../class-context.ts';

interface QueueCardProps {
  readonly queue: readonly Waiter[];
  /** Of all classes. */
  readonly waiting: number;
}

export function QueueCard({ queue, waiting }: QueueCardProps) {
  const { language, texts } = useClass();
  const words = texts.capacity.queue;
  const { columns } = words;
  const others = Math.max(0, waiting - queue.length);
  return (
    <section class="fm-card" aria-labelledby="cap-queue">
      <h2 id="cap-queue">{words.title}</h2>
      {queue.length === 0 ? (
        <p class="fm-quiet">{words.none}</p>
      ) : (
        <div class="cl-table-box">
          <table class="cap-queue">
            <thead>
              <tr>
                <th scope="col">{columns.position}</th>
                <th scope="col">{columns.name}</th>
                <th scope="col">{columns.lab}</th>
                <th scope="col">{columns.lacks}</th>
                <th scope="col">{columns.wait}</th>
              </tr>
            </thead>
            <tbody>
              {queue.map(({ name, title, place }, at) => (
                <tr key={at}>
                  <td>{place === null ? '–' : words.position(place.position)}</td>
                  <th scope="row">{name}</th>
                  <td>{title[language]}</td>
                  <td>{place === null ? '–' : words.lacks[place.lacks]}</td>
                  <td>
                    {place === null || place.expectedWaitMs === null
                      ? words.unknown
                      : words.about(texts.care.span(place.expectedWaitMs))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {others > 0 && <p class="fm-quiet">{words.others(others)}</p>}
    </section>
  );
}
