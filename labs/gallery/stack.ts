import type { CheckContext, CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { failed } from '#kit/results.ts';
import { serviceByName } from '#kit/services.ts';
import { STACK_MESSAGES, type StackMessage, stackServices } from '#kit/stack.ts';
import { SWARM_MESSAGES, type SwarmMessage, withSwarm } from '#kit/swarm.ts';

export const STACK = 'image-gallery';
export const IOTD_REPLICAS = 4;
export const V1_IMAGE = 'gallery-iotd:v1';
export const V2_IMAGE = 'gallery-iotd:v2';

/** Names as in the Compose file. */
const SERVICES = ['iotd', 'accesslog', 'image-gallery'];

export const GALLERY_MESSAGES = [...SWARM_MESSAGES, ...STACK_MESSAGES] as const;
export type GalleryMessage = SwarmMessage | StackMessage;

export interface Gallery {
  readonly swarm: SwarmView;
  readonly iotd: SwarmService;
  readonly accesslog: SwarmService;
  readonly web: SwarmService;
}

/** The stack is deployed under its name, all three services by `docker stack deploy`. */
export function stackDeployed(context: CheckContext): CheckResult<GalleryMessage> {
  return withSwarm(context, (swarm) => stackServices(swarm, STACK, SERVICES));
}

/** Judges the three services; says what is missing where one of them is not there. */
export function withGallery<M extends string>(
  context: CheckContext,
  judge: (gallery: Gallery) => CheckResult<M>,
): CheckResult<M | GalleryMessage> {
  return withSwarm<M | GalleryMessage>(context, (swarm) => {
    const deployed = stackServices(swarm, STACK, SERVICES);
    if (deployed.verdict !== 'passed') return deployed;
    const [iotd, accesslog, web] = SERVICES.map((name) => serviceByName(swarm, `${STACK}_${name}`));
    if (!iotd || !accesslog || !web) return failed('stack-missing', { stack: STACK });
    return judge({ swarm, iotd, accesslog, web });
  });
}
