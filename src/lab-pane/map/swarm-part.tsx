import { useMap } from './map-parts.ts';
import type { SwarmScene } from './map-scene.ts';
import { NodeCard } from './node-card.tsx';
import { ServiceLine } from './service-line.tsx';
import { TileList } from './tile-list.tsx';
import { troubleText } from './trouble-text.ts';

/** One cluster: what it is asked to run, and where that runs. */
export function SwarmPart({ swarm, isOnly }: { readonly swarm: SwarmScene; readonly isOnly: boolean }) {
  const { texts, ago } = useMap();
  const { services, places, unplaced, unlisted, staleSinceMs } = swarm;
  const name = texts.swarmOf(swarm.members.join(', '));
  return (
    <section class="lp-swarm" data-stale={staleSinceMs !== null} aria-label={isOnly ? undefined : name}>
      {!isOnly && <h3>{name}</h3>}
      {staleSinceMs !== null && (
        <div class="lp-stale">
          <p>{texts.stale(ago(staleSinceMs))}</p>
          {swarm.staleReason && (
            <p class="lp-stale-reason">
              {texts.staleReason}: <code>{swarm.staleReason}</code>
            </p>
          )}
        </div>
      )}
      {services.length === 0 ? (
        <p class="lp-quiet">{texts.noServices}</p>
      ) : (
        <ul class="lp-services" aria-label={texts.services}>
          {services.map((row) => (
            <ServiceLine key={row.service.id} row={row} />
          ))}
        </ul>
      )}
      {unlisted.services > 0 && <p class="lp-quiet">{texts.more(unlisted.services)}</p>}
      {unplaced.length > 0 && (
        <div class="lp-unplaced">
          <h4>{texts.unplaced}</h4>
          <TileList label={texts.unplaced} tiles={unplaced} />
          {reasonsOf(unplaced.map(({ task }) => task.error)).map((error) => (
            <p key={error}>
              {troubleText(error, texts)} <code>{error}</code>
            </p>
          ))}
        </div>
      )}
      <ul class="lp-places" aria-label={texts.nodes} data-places={places.length}>
        {places.map((place) => (
          <NodeCard key={place.key} place={place} />
        ))}
      </ul>
      {unlisted.tasks > 0 && <p class="lp-quiet">{texts.unlisted(unlisted.tasks)}</p>}
    </section>
  );
}

const REASONS_SHOWN = 3;

function reasonsOf(errors: readonly (string | null)[]): string[] {
  return [...new Set(errors.filter((error) => error !== null))].slice(0, REASONS_SHOWN);
}
