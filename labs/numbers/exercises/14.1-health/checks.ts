import type { CheckContext, CheckResult, ExerciseChecks } from '#contract/check.ts';
import type { SwarmService } from '#contract/swarm-snapshot.ts';
import { stateCheck } from '#kit/define-check.ts';
import { HEALTHCHECK_MESSAGES, HEALTHY_MESSAGES, healthcheckInSpec, replicasHealthy } from '#kit/health.ts';
import { imageSeen } from '#kit/history.ts';
import { imageRef, sameImage } from '#kit/image-ref.ts';
import { failed, firstProblem, passed } from '#kit/results.ts';
import { IMAGE_MESSAGES, type ImageMessage, imageByStack } from '#kit/stack.ts';
import { API_HEALTHCHECK, productionShape, SHAPE_MESSAGES } from '../../production-shape.ts';
import {
  API_REPLICAS,
  NUMBERS_STACK_MESSAGES,
  type NumbersStack,
  STACK,
  stackDeployed,
  withStack,
} from '../../stack.ts';
import { UPDATED_MESSAGES, updatesSettled } from '../../version.ts';

/** What the stack's network is called where `prod.yml` gives it no name. */
const UNNAMED_NETWORK = `${STACK}_app-net`;

const V1 = { api: 'numbers-api:v1', web: 'numbers-web:v1' };

const checks: ExerciseChecks = [
  stateCheck('stack-deployed', { messages: NUMBERS_STACK_MESSAGES, evaluate: stackDeployed }),
  stateCheck('images-v2', {
    messages: [...NUMBERS_STACK_MESSAGES, ...IMAGE_MESSAGES, 'deployed-without-prod'],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, imagesV2),
  }),
  stateCheck('healthcheck-in-spec', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHCHECK_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, ({ api }) => healthcheckInSpec(api, API_HEALTHCHECK)),
  }),
  stateCheck('production-shape', {
    messages: [...NUMBERS_STACK_MESSAGES, ...SHAPE_MESSAGES],
    needs: ['stack-deployed'],
    evaluate: (context) => withStack(context, productionShape),
  }),
  stateCheck('updated-in-place', {
    messages: [...NUMBERS_STACK_MESSAGES, 'recreated'],
    needs: ['images-v2'],
    evaluate: (context) =>
      withStack(context, ({ api, web }) =>
        firstProblem(
          () => updatedFrom(context, api, V1.api),
          () => updatedFrom(context, web, V1.web),
        ),
      ),
  }),
  stateCheck('update-completed', {
    messages: [...NUMBERS_STACK_MESSAGES, ...UPDATED_MESSAGES],
    needs: ['images-v2'],
    evaluate: (context) => withStack(context, updatesSettled),
  }),
  stateCheck('replicas-healthy', {
    messages: [...NUMBERS_STACK_MESSAGES, ...HEALTHY_MESSAGES],
    needs: ['images-v2', 'healthcheck-in-spec'],
    evaluate: (context) =>
      withStack(context, ({ swarm, api }) => replicasHealthy(context.snapshot, swarm, api, API_REPLICAS)),
  }),
];

export default checks;

function imagesV2({ swarm, api, web }: NumbersStack): CheckResult<ImageMessage | 'deployed-without-prod'> {
  const images = firstProblem(
    () => imageByStack(api, 'numbers-api:v2'),
    () => imageByStack(web, 'numbers-web:v2'),
  );
  if (images.verdict === 'passed' || images.message !== 'image-wrong') return images;
  // Without prod.yml the web service would change its mode, which the engine refuses; the other service and this
  // network may have been changed before that.
  const unnamed = swarm.networks.some((network) => network.name === UNNAMED_NETWORK);
  return unnamed ? failed('deployed-without-prod', { service: web.name, network: UNNAMED_NETWORK }) : images;
}

/** The same service ran the earlier image: by the history, or by what an update of today left as its previous spec. */
function updatedFrom(
  { history }: CheckContext,
  service: SwarmService,
  image: string,
): CheckResult<'recreated'> {
  const before = service.previousSpec;
  if (before !== null && sameImage(before.image, image)) return passed({ previous: imageRef(before.image) });
  if (imageSeen(history, service.id, image)) return passed({ seen: image });
  return failed('recreated', { service: service.name });
}
