import type { NodeUsage } from '#contract/class-live.ts';
import { useLive } from '../live-context.ts';
import type { LearnerLab } from './learner-lab.ts';

const MIB = 1024 ** 2;

/** What each node uses of what it may, and which limit it is at. */
export function UsageTable({ lab }: { lab: LearnerLab }) {
  const { language, texts } = useLive();
  const words = texts.learner.usage;
  const usage = lab.usage.value;
  if (usage === null) return <p class="fm-quiet">{lab.isReady.value ? words.asking : words.none}</p>;
  const full = lab.model.value.limits.shown.filter(({ limit }) => limit === 'disk');
  const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const mib = (bytes: number): string => tenths.format(Math.round(bytes / MIB));
  return (
    <div class="cl-table-box">
      <table class="lv-usage">
        <caption class="lp-hidden">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.node}</th>
            <th scope="col">{words.memory}</th>
            <th scope="col">{words.cpus}</th>
            <th scope="col">{words.pids}</th>
          </tr>
        </thead>
        <tbody>
          {usage.nodes.map((node) => (
            <tr key={node.name}>
              <th scope="row">{node.name}</th>
              <td>
                <Bar share={node.memoryBytes / node.memoryLimitBytes}>
                  {words.ofMiB(mib(node.memoryBytes), mib(node.memoryLimitBytes))}
                </Bar>
              </td>
              <td>
                <Bar share={(node.cpus ?? 0) / usage.cpuLimit}>
                  {node.cpus === null
                    ? '–'
                    : words.ofCpus(tenths.format(node.cpus), tenths.format(usage.cpuLimit))}
                </Bar>
              </td>
              <td>{pidsWords(node)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {full.map(({ node }) => (
        <p key={node} class="fm-note fm-failed">
          {words.diskFull(node)}
        </p>
      ))}
    </div>
  );
}

function pidsWords({ pids, pidsLimit }: NodeUsage): string {
  return pidsLimit === null ? String(pids) : `${pids} / ${pidsLimit}`;
}

const NEARLY_ALL = 0.9;

function Bar({ share, children }: { share: number; children: string }) {
  return (
    <span class="lv-bar-cell" data-full={share >= NEARLY_ALL ? '' : undefined}>
      <span class="lv-usage-bar" aria-hidden="true" style={{ '--share': Math.min(share, 1) }} />
      {children}
    </span>
  );
}
