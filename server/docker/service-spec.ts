import type { Healthcheck, PublishedPort, ServiceSpec, UpdateConfig } from '#contract/swarm-snapshot.ts';
import {
  labels,
  list,
  numberOrNull,
  oneOf,
  positiveOrNull,
  record,
  recordOrNull,
  text,
  textOrNull,
  texts,
} from './raw-json.ts';

/** `ServiceSpec` of the engine's API. Defaults are not filled in. */
export function serviceSpec(value: unknown): ServiceSpec {
  const spec = record(value);
  const template = record(spec.TaskTemplate);
  const container = record(template.ContainerSpec);
  const limits = record(record(template.Resources).Limits);
  const endpoint = record(spec.EndpointSpec);
  // Networks moved from the service to the task template; older clients still write the first.
  const networks = [...list(template.Networks), ...list(spec.Networks)];
  return {
    labels: labels(spec.Labels),
    mode: serviceMode(spec.Mode),
    image: text(container.Image),
    containerLabels: labels(container.Labels),
    env: texts(container.Env),
    healthcheck: healthcheck(container.Healthcheck),
    limits: { nanoCpus: positiveOrNull(limits.NanoCPUs), memoryBytes: positiveOrNull(limits.MemoryBytes) },
    stopGracePeriodNs: numberOrNull(container.StopGracePeriod),
    constraints: texts(record(template.Placement).Constraints),
    networkIds: networks.map((network) => text(record(network).Target)),
    ports: list(endpoint.Ports).map(publishedPort),
    endpointMode: endpoint.Mode === 'vip' || endpoint.Mode === 'dnsrr' ? endpoint.Mode : null,
    updateConfig: updateConfig(spec.UpdateConfig),
    rollbackConfig: updateConfig(spec.RollbackConfig),
    forceUpdate: numberOrNull(template.ForceUpdate) ?? 0,
    configNames: list(container.Configs).map((config) => text(record(config).ConfigName)),
  };
}

function serviceMode(value: unknown): ServiceSpec['mode'] {
  const mode = record(value);
  if (mode.Global !== undefined) return { type: 'global' };
  return { type: 'replicated', replicas: numberOrNull(record(mode.Replicated).Replicas) ?? 0 };
}

export function healthcheck(value: unknown): Healthcheck | null {
  const raw = recordOrNull(value);
  if (raw === null) return null;
  return {
    test: texts(raw.Test),
    intervalNs: positiveOrNull(raw.Interval),
    timeoutNs: positiveOrNull(raw.Timeout),
    startPeriodNs: positiveOrNull(raw.StartPeriod),
    startIntervalNs: positiveOrNull(raw.StartInterval),
    retries: positiveOrNull(raw.Retries),
  };
}

export function publishedPort(value: unknown): PublishedPort {
  const raw = record(value);
  return {
    publishedPort: positiveOrNull(raw.PublishedPort),
    targetPort: numberOrNull(raw.TargetPort) ?? 0,
    protocol: textOrNull(raw.Protocol) ?? 'tcp',
    publishMode: oneOf(raw.PublishMode, ['ingress', 'host'], 'ingress'),
  };
}

function updateConfig(value: unknown): UpdateConfig | null {
  const raw = recordOrNull(value);
  if (raw === null) return null;
  return {
    parallelism: numberOrNull(raw.Parallelism) ?? 0,
    delayNs: positiveOrNull(raw.Delay),
    monitorNs: positiveOrNull(raw.Monitor),
    failureAction: textOrNull(raw.FailureAction),
    maxFailureRatio: numberOrNull(raw.MaxFailureRatio) ?? 0,
    order: textOrNull(raw.Order),
  };
}
