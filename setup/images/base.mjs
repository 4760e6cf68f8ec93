import { rmSync } from 'node:fs';
import path from 'node:path';
import { canInstallPackages, installHint, installPackages } from '../apt.mjs';
import { runCommand } from '../command.mjs';
import { findProgram } from '../programs.mjs';
import { ownTemporaryDir } from '../runs.mjs';
import { SetupError } from '../setup-error.mjs';

const UPSTREAM_BASE = 'debian:trixie-slim';
const PULL_DEADLINE_MS = 45_000;
const BOOTSTRAP_DEADLINE_MS = 15 * 60_000;
const IMPORT_DEADLINE_MS = 5 * 60_000;

/**
 * Debian as a base image: pulled where Docker Hub is within reach, else made from Debian's packages.
 * @param {import('./build.mjs').BuildContext} context
 */
export async function provideBase(context) {
  const { docker, plan, step, signal } = context;
  step.detail(`pulling ${UPSTREAM_BASE}`);
  try {
    await docker.run(['pull', UPSTREAM_BASE], {
      what: 'Pulling the base image',
      deadlineMs: PULL_DEADLINE_MS,
      onLine: step.detail,
    });
    await docker.run(['tag', UPSTREAM_BASE, plan.baseTag], {
      what: 'Naming the base image',
      deadlineMs: 30_000,
    });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    await bootstrapBase(context, error);
  }
  signal.throwIfAborted();
}

/**
 * @param {import('./build.mjs').BuildContext} context
 * @param {SetupError} pullFailure
 */
async function bootstrapBase({ docker, plan, step, signal }, pullFailure) {
  await provideBootstrapper({ step, signal, pullFailure });
  const temporaryDir = ownTemporaryDir();
  const tar = path.join(temporaryDir, 'base.tar');
  try {
    step.detail('no Docker Hub here: putting the base together from Debian packages');
    await runCommand(path.join(plan.contexts.base, 'bootstrap.sh'), [], {
      what: 'Making the base image from Debian packages',
      todo: 'Is a Debian mirror within reach? DEBIAN_MIRROR names another one.',
      env: { ...process.env, TMPDIR: temporaryDir },
      stdoutFile: tar,
      signal,
      deadlineMs: BOOTSTRAP_DEADLINE_MS,
      logName: 'image-base',
      onLine: step.detail,
    });
    await docker.run(['import', tar, plan.baseTag], {
      what: 'Importing the base image',
      deadlineMs: IMPORT_DEADLINE_MS,
    });
  } finally {
    rmSync(tar, { force: true });
  }
}

/** @param {{ step: import('../progress.mjs').StepHandle, signal: AbortSignal, pullFailure: SetupError }} context */
async function provideBootstrapper({ step, signal, pullFailure }) {
  if (findProgram('mmdebstrap')) return;
  const packages = ['mmdebstrap', 'debian-archive-keyring'];
  if (!canInstallPackages()) {
    throw new SetupError(
      `${UPSTREAM_BASE} can't be pulled, and mmdebstrap, which makes the same from packages, is missing.`,
      {
        todo: `Make Docker Hub reachable, or install: ${installHint([...packages, 'uidmap'])}`,
        tail: pullFailure.tail.slice(-5),
      },
    );
  }
  await installPackages(packages, { what: 'mmdebstrap', signal, onLine: step.detail });
}
