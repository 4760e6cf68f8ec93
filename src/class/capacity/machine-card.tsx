import type { MachineReport } from '#contract/class-capacity.ts';
import { useClass } from '../class-context.ts';

const GIB = 1024 ** 3;
const COUNTS = ['running', 'paused', 'changing', 'waiting', 'warm'] as const;

export function MachineCard({ machine }: { machine: MachineReport | null }) {
  const { language, texts } = useClass();
  const words = texts.capacity.machine;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const gib = (bytes: number) => `${number.format(bytes / GIB)} GiB`;
  return (
    <section class="fm-card" aria-labelledby="cap-machine">
      <div class="cl-card-head">
        <h2 id="cap-machine">{words.title}</h2>
        <span class="fm-quiet">{words.hint}</span>
      </div>
      {machine === null ? (
        <p class="fm-note fm-failed">{words.unreachable}</p>
      ) : (
        <>
          <dl class="cap-numbers">
            {COUNTS.map((what) => (
              <div key={what} data-what={what}>
                <dt>{words[what]}</dt>
                <dd>{machine[what]}</dd>
              </div>
            ))}
          </dl>
          <dl class="cap-facts">
            <dt>{words.room}</dt>
            <dd class="cap-room">
              {machine.roomFor.map(({ nodes, labs }) => (
                <span key={nodes} data-none={labs === 0 ? '' : undefined}>
                  {words.nodes(nodes)} <strong>{words.more(labs)}</strong>
                </span>
              ))}
            </dd>
            <dt>{words.limit}</dt>
            <dd>{machine.maxLabs ?? words.noLimit}</dd>
            <dt>{words.memory}</dt>
            <dd>{words.of(gib(machine.memoryAvailableBytes), gib(machine.memoryTotalBytes))}</dd>
            <dt>{words.disk}</dt>
            <dd>{words.free(gib(machine.diskFreeBytes))}</dd>
          </dl>
        </>
      )}
    </section>
  );
}
