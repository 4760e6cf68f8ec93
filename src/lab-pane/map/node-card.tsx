import { useLabView } from '../lab-view-parts.ts';
import { NodeSwitches } from '../parts/node-switches.tsx';
import { useMap } from './map-parts.ts';
import type { NodePlace } from './map-scene.ts';
import { nodeBadges } from './node-badges.ts';
import { TileList } from './tile-list.tsx';

/** A node as a place, with its tasks by service. */
export function NodeCard({ place }: { place: NodePlace }) {
  const { texts: words, isReadOnly } = useLabView();
  const { texts, ago } = useMap();
  const { member, hostname, labNode, condition } = place;
  const role = member === null ? null : member.leader ? 'leader' : member.role;
  const badges = nodeBadges(place, texts, ago);
  const isLost = member?.state === 'down' || member?.state === 'disconnected' || place.silentSinceMs !== null;
  return (
    <li
      class="lp-place"
      data-node={hostname}
      data-role={role ?? 'none'}
      data-state={member?.state ?? 'none'}
      data-rest={member?.availability ?? 'active'}
      data-lost={isLost || condition === 'off'}
    >
      <div class="lp-place-head">
        <h4>
          <RoleSign role={role} />
          <bdi>{hostname}</bdi>
        </h4>
        <span class="lp-place-role">
          {role !== null && words.nodes[role]}
          {role === null && place.swarmState === 'inactive' && words.nodes.none}
        </span>
        {labNode !== null && !isReadOnly && <NodeSwitches node={labNode} />}
      </div>
      {badges.length > 0 && (
        <p class="lp-badges">
          {badges.map(({ text, tone }) => (
            <span key={text} class="lp-badge" data-tone={tone}>
              {text}
            </span>
          ))}
        </p>
      )}
      {place.groups.map(({ key, name, tiles }) => (
        <div key={key} class="lp-group">
          <bdi class="lp-group-name" title={name}>
            {name}
          </bdi>
          <TileList label={texts.tasks(name)} tiles={tiles} />
        </div>
      ))}
      {member !== null && place.groups.length === 0 && <p class="lp-place-empty">{texts.node.empty}</p>}
    </li>
  );
}

const SIGNS = {
  leader: 'M6 1.2 7.4 4.4l3.4.3-2.6 2.2.8 3.4L6 8.5l-3 1.8.8-3.4L1.2 4.7l3.4-.3z',
  manager: 'M6 1.2 10.8 6 6 10.8 1.2 6z',
  worker: 'M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
} as const;

/** The role is written beside it. */
function RoleSign({ role }: { role: keyof typeof SIGNS | null }) {
  if (role === null) return null;
  return (
    <svg class="lp-role-sign" data-role={role} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={SIGNS[role]} />
    </svg>
  );
}
