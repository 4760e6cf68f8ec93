import { useLabView } from '../lab-view-parts.ts';
import { useTicks } from '../use-ticks.ts';
import { secondsLeft, waitLine } from '../wait-line.ts';
import { useMap } from './map-parts.ts';
import type { ServiceRow } from './map-scene.ts';
import { TileGlyph } from './tile-glyph.tsx';
import { versionLook } from './version-look.ts';

const TONES = {
  updating: 'motion',
  paused: 'trouble',
  completed: 'done',
  rollback_started: 'motion',
  rollback_paused: 'trouble',
  rollback_completed: 'back',
} as const;

/** A service in one line: what runs of which version, against what is wanted, and what its update is at. */
export function ServiceLine({ row }: { row: ServiceRow }) {
  const { texts } = useMap();
  const { service, shortName, parts } = row;
  const { update, running, desired } = service;
  const present = parts
    .filter(({ phase }) => phase !== 'stopping')
    .reduce((sum, { count }) => sum + count, 0);
  const missing = Math.max(desired - present, 0);
  return (
    <li class="lp-service" data-service={service.name} data-update={update?.state ?? 'none'}>
      <bdi class="lp-service-name" title={service.name}>
        {shortName}
      </bdi>
      <span class="lp-parts">
        {parts.map(({ version, phase, count }) => (
          <span
            key={`${version.tag} ${version.hue} ${phase}`}
            class="lp-part"
            data-phase={phase}
            {...versionLook(version)}
            style={{ '--hue': version.hue, '--count': count }}
          >
            <TileGlyph phase={phase} />
            <bdi class="lp-tile-tag">{version.tag}</bdi>
            <span class="lp-part-count">{count}</span>
            <span class="lp-hidden">{texts.phases[phase]}</span>
          </span>
        ))}
        {missing > 0 && (
          <span class="lp-part" data-phase="missing" style={{ '--count': missing }}>
            {texts.missing(missing)}
          </span>
        )}
      </span>
      <span class="lp-service-count" data-whole={running >= desired} title={texts.running(running, desired)}>
        <span aria-hidden="true">
          {running}/{desired}
        </span>
        <span class="lp-hidden">{texts.running(running, desired)}</span>
      </span>
      {update && (
        <span class="lp-update" data-tone={TONES[update.state]}>
          {texts.updates[update.state]}
        </span>
      )}
      <ServiceNews row={row} />
    </li>
  );
}

/** What an update waits for; of one that did not go through, Docker's own words. */
function ServiceNews({ row: { service } }: { row: ServiceRow }) {
  const { lab, texts: words } = useLabView();
  const { list, heardAtMs } = lab.model.value.waits;
  const waiting = list.find((candidate) => candidate.service === service.name);
  const nowMs = useTicks(waiting !== undefined);
  if (waiting !== undefined)
    return (
      <span class="lp-service-news">{waitLine(waiting, secondsLeft(waiting, heardAtMs, nowMs), words)}</span>
    );
  const { update } = service;
  const isStuck = update !== null && /paused|rollback/.test(update.state) && update.message !== '';
  return isStuck ? <code class="lp-service-news">{update.message}</code> : null;
}
