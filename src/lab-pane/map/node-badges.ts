import type { NodePlace } from './map-scene.ts';
import type { MapTexts } from './texts.ts';

export interface NodeBadge {
  readonly text: string;
  readonly tone: 'trouble' | 'resting' | 'quiet';
}

/** What is to be said of a node beyond its name and role; the learner's own hand comes first. */
export function nodeBadges(place: NodePlace, texts: MapTexts, ago: (atMs: number) => string): NodeBadge[] {
  const words = texts.node;
  const { member, condition, silentSinceMs, swarmState } = place;
  const badges: (NodeBadge | null)[] = [
    condition === 'on' ? null : { text: words.conditions[condition], tone: 'trouble' },
    silentSinceMs !== null && condition !== 'off'
      ? { text: words.silent(ago(silentSinceMs)), tone: 'trouble' }
      : null,
    swarmState === 'locked' ? { text: words.locked, tone: 'trouble' } : null,
    swarmState === 'pending' ? { text: words.pending, tone: 'quiet' } : null,
  ];
  if (member !== null) {
    if (member.state !== 'ready') badges.push({ text: words[member.state], tone: 'trouble' });
    if (member.reachability === 'unreachable' && member.state === 'ready')
      badges.push({ text: words.unreachable, tone: 'trouble' });
    if (member.availability !== 'active') badges.push({ text: words[member.availability], tone: 'resting' });
    if (place.labNode === null) badges.push({ text: words.notOurs, tone: 'quiet' });
    if (place.isDouble) badges.push({ text: words.double(member.id.slice(0, 6)), tone: 'quiet' });
  }
  return badges.filter((badge) => badge !== null);
}
