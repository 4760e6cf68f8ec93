import { cpus, loadavg, release, totalmem } from 'node:os';
import type Docker from 'dockerode';
import { runProgram } from './child-process.ts';
import { within } from './wait.ts';

export interface MachineFacts {
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly platform: string;
  readonly kernel: string;
  readonly cgroupVersion: string | null;
  readonly engineVersion: string | null;
  readonly storageDriver: string | null;
  /** Of the docker program that the baselines use. */
  readonly dockerProgramVersion: string | null;
  readonly nodeVersion: string;
  /** Of the last 1, 5 and 15 minutes when the bench started: load of others falls on every figure. */
  readonly loadAverage: readonly number[];
  readonly startedAt: string;
}

const ENGINE_DEADLINE_MS = 5000;

interface EngineInfo {
  readonly CgroupVersion?: string;
  readonly ServerVersion?: string;
  readonly Driver?: string;
}

/** Facts of an engine that does not answer are `null`; the suites say why they could not measure. */
export async function machineFacts(engine: Docker, signal: AbortSignal): Promise<MachineFacts> {
  const info = await within(
    { what: 'the engine', deadlineMs: ENGINE_DEADLINE_MS, signal },
    engine.info() as Promise<EngineInfo>,
  ).catch((): EngineInfo => ({}));
  signal.throwIfAborted();
  const processors = cpus();
  return {
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    platform: `${process.platform} ${process.arch}`,
    kernel: release(),
    cgroupVersion: info.CgroupVersion ?? null,
    engineVersion: info.ServerVersion ?? null,
    storageDriver: info.Driver ?? null,
    dockerProgramVersion: await dockerProgramVersion(signal),
    nodeVersion: process.version,
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
    startedAt: new Date().toISOString(),
  };
}

async function dockerProgramVersion(signal: AbortSignal): Promise<string | null> {
  const told = await runProgram('docker', ['--version'], { deadlineMs: ENGINE_DEADLINE_MS, signal }).catch(
    () => '',
  );
  return /version ([^\s,]+)/.exec(told)?.[1] ?? null;
}
