import type { CheckResult } from '#contract/check.ts';
import type { PublishedPort, SwarmService } from '#contract/swarm-snapshot.ts';
import { failed, PASSED } from './results.ts';

/** Messages that {@link hostPort} may give. */
export const PORT_MESSAGES = ['port-missing', 'port-wrong', 'port-ingress'] as const;
export type PortMessage = (typeof PORT_MESSAGES)[number];

/** The service publishes exactly this TCP port, on the node itself and not through ingress. */
export function hostPort(
  service: SwarmService,
  wanted: { readonly published: number; readonly target: number },
): CheckResult<PortMessage> {
  const { ports } = service.spec;
  const port = ports.find((candidate) => candidate.publishedPort === wanted.published) ?? ports[0];
  const values = { service: service.name, port: wanted.published };
  if (port === undefined) return failed('port-missing', values, { ports: [] });
  const seen = { ports: ports.map(portText) };
  const fits =
    port.publishedPort === wanted.published && port.targetPort === wanted.target && port.protocol === 'tcp';
  if (!fits || ports.length > 1) {
    const expected = `${wanted.published}:${wanted.target}/tcp`;
    return failed('port-wrong', { ...values, seen: ports.map(portText).join(', '), expected }, seen);
  }
  return port.publishMode === 'host' ? PASSED : failed('port-ingress', values, seen);
}

function portText(port: PublishedPort): string {
  return `${port.publishedPort ?? ''}:${port.targetPort}/${port.protocol}`;
}
