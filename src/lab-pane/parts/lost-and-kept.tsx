import { usePane } from '../pane-parts.ts';

/** What a fresh lab takes away, and what it leaves. */
export function LostAndKept({ lost, kept }: { lost: readonly string[]; kept: readonly string[] }) {
  const { lostTitle, keptTitle } = usePane().texts.reset;
  return (
    <div class="lp-lost-kept">
      <Items title={lostTitle} items={lost} />
      <Items title={keptTitle} items={kept} />
    </div>
  );
}

function Items({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
