import { AFTER_ATTACKS } from './after/after-attacks.ts';
import type { Attack } from './attack.ts';
import { FACTS_ATTACKS } from './facts/facts-attacks.ts';
import { HOME_ATTACKS } from './home/home-attacks.ts';
import { HOST_ATTACKS } from './host/host-attacks.ts';
import { LIMITS_ATTACKS } from './limits/limits-attacks.ts';
import { NETWORK_ATTACKS } from './network/network-attacks.ts';
import { SWARM_ATTACKS } from './swarm/swarm-attacks.ts';
import { VERSIONS_ATTACKS } from './versions/versions-attacks.ts';
import { PREVIEW_ATTACKS } from './web/preview-attacks.ts';
import { WEB_ATTACKS } from './web/web-attacks.ts';

/** In the order in which they run: what leaves a lab in ruins comes late, what looks for remains last. */
export const ALL_ATTACKS: readonly Attack[] = [
  ...HOST_ATTACKS,
  ...FACTS_ATTACKS,
  ...VERSIONS_ATTACKS,
  ...SWARM_ATTACKS,
  ...NETWORK_ATTACKS,
  ...LIMITS_ATTACKS,
  ...HOME_ATTACKS,
  ...PREVIEW_ATTACKS,
  ...WEB_ATTACKS,
  ...AFTER_ATTACKS,
];
