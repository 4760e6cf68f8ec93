import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { randomId } from '../../server/random-id.ts';

const OUTPUT_LIMIT_BYTES = 1024 * 1024;

interface LookOptions {
  readonly deadlineMs?: number;
  readonly moreCapabilities?: readonly string[];
  /** All that was said so far, each time there is more. */
  readonly onText?: (text: string) => void;
}

/**
 * Looks at a lab from where the engine runs, as the operator's root would: a short-lived container of the node image
 * in the host's pid and network namespaces. Works also where this process is not root, or the engine is elsewhere.
 */
export async function look(
  engine: Docker,
  image: string,
  command: readonly string[],
  { deadlineMs = 60_000, moreCapabilities = [], onText }: LookOptions = {},
): Promise<string> {
  const container = await engine.createContainer({
    name: `rl-attacks-eye-${randomId(10)}`,
    Image: image,
    Entrypoint: [...command],
    Tty: false,
    Labels: { 'rollout-lab.attacks': String(process.pid) },
    HostConfig: {
      PidMode: 'host',
      NetworkMode: 'host',
      CapDrop: ['ALL'],
      CapAdd: ['SYS_PTRACE', 'DAC_READ_SEARCH', ...moreCapabilities],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
    },
  });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    const output = new PassThrough();
    engine.modem.demuxStream(stream, output, output);
    stream.once('end', () => output.end());
    const timer = setTimeout(
      () => output.destroy(new Error(`no look at the host within ${deadlineMs} ms`)),
      deadlineMs,
    );
    try {
      await container.start();
      let text = '';
      for await (const chunk of output) {
        if (text.length < OUTPUT_LIMIT_BYTES) text += String(chunk);
        onText?.(text);
      }
      return text;
    } finally {
      clearTimeout(timer);
      (stream as unknown as { destroy?: () => void }).destroy?.();
    }
  } finally {
    await container.remove({ force: true });
  }
}
