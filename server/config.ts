import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { WallPart } from '#contract/wall.ts';

const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));
const port = z.coerce.number().int().min(0).max(65535);

/** Every environment variable that the server knows, with its default. The only reader of `process.env`. */
const Environment = z.object({
  ROLLOUT_LAB_HOST: z.string().default('127.0.0.1'),
  ROLLOUT_LAB_PORT: port.default(4321),
  /** Database, terminal snapshots and the labs' shared folders. */
  ROLLOUT_LAB_DATA_DIR: z.string().default('.data'),
  ROLLOUT_LAB_ENGINE: z
    .string()
    .regex(/^(unix|tcp|https?):\/\//)
    .default('unix:///var/run/docker.sock'),
  ROLLOUT_LAB_NODE_IMAGE: z.string().default('rollout-lab/node:dev'),
  /** Name or number of the user without rights that faces the web, where we are root. */
  ROLLOUT_LAB_WEB_USER: z
    .string()
    .regex(/^([a-z_][a-z0-9_-]{0,31}|[1-9][0-9]{0,8})$/, 'is neither a user name nor a number above 0')
    .default('74321'),
  /** `folder`: sockets shared by bind mount; `exec`: through the engine's API; `auto` picks. */
  ROLLOUT_LAB_SHARE: z.enum(['auto', 'folder', 'exec']).default('auto'),
  ROLLOUT_LAB_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  ROLLOUT_LAB_MAX_LABS: z.coerce.number().int().min(1).max(1000).optional(),
  /** Labs that one learner may have open at a time; unset: 2 in class mode, no limit alone. */
  ROLLOUT_LAB_LABS_PER_LEARNER: z.coerce.number().int().min(1).max(100).optional(),
  /** Labs created side by side; unset: by the number of processors. */
  ROLLOUT_LAB_PARALLEL_STARTS: z.coerce.number().int().min(1).max(64).optional(),
  /** Booted labs kept ready per lab definition. */
  ROLLOUT_LAB_WARM: z.coerce.number().int().min(0).max(50).default(1),
  /** Work on an exercise without a step forward for so long counts as being stuck, in the class view. */
  ROLLOUT_LAB_STUCK_MINUTES: z.coerce.number().min(0.05).max(240).default(6),
  ROLLOUT_LAB_IDLE_PAUSE_MINUTES: z.coerce.number().min(0.05).max(1440).default(15),
  ROLLOUT_LAB_IDLE_CLOSE_HOURS: z.coerce
    .number()
    .min(0.05)
    .max(24 * 60)
    .default(24),
  /** Days without a visit after which a learner of a class is deleted with their data; unset: never. */
  ROLLOUT_LAB_KEEP_DAYS: z.coerce.number().int().min(1).max(3650).optional(),
  /** Hosts of the operator's own network to which classes may send webhooks, also by `http`. */
  ROLLOUT_LAB_WEBHOOK_HOSTS: list,
  /** What happens to running labs when the server is told to stop. */
  ROLLOUT_LAB_ON_EXIT: z.enum(['close', 'keep']).default('close'),
  /** `alone`: one learner on this machine. `class`: strangers; asks for the whole wall around labs. */
  ROLLOUT_LAB_MODE: z.enum(['alone', 'class']).default('alone'),
  /** What browsers have in their address bar, where that is not our own host and port: `https://lab.example`. */
  ROLLOUT_LAB_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  /** Host names of previews, with a star in front: `https://*.preview.example`. */
  ROLLOUT_LAB_PREVIEW_URL: z
    .string()
    .regex(
      /^https?:\/\/\*(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?$/,
      'must look like https://*.preview.example.org',
    )
    .transform((url) => new URL(url.replace('*', 'star')).origin.replace('//star.', '//*.'))
    .optional(),
  /** Parts of the wall that the operator does without in class mode, separated by commas. */
  ROLLOUT_LAB_ACCEPT_RISK: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter(Boolean))
    .pipe(z.array(WallPart.shape.part)),
  /** Whether labs reach the network outside. */
  ROLLOUT_LAB_EGRESS: z.enum(['off', 'on']).default('off'),
  /** Name servers for labs with egress; unset: this machine's own. */
  ROLLOUT_LAB_EGRESS_DNS: list.pipe(z.array(z.ipv4()).max(3)),
  /** What labs with egress must not reach, beside this machine and private addresses. */
  ROLLOUT_LAB_EGRESS_DENY: list.pipe(z.array(z.union([z.ipv4(), z.cidrv4()])).max(100)),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The part of it that belongs to the process facing the web: database, screens. */
  readonly webDir: string;
  readonly webUser: string;
  readonly engineUrl: string;
  readonly nodeImage: string;
  readonly share: 'auto' | 'folder' | 'exec';
  readonly logLevel: string;
  readonly maxLabs: number | undefined;
  /** What the broker makes at most, whoever asks: also warm labs, and those that leave while the next one comes. */
  readonly maxEnvironments: number;
  readonly labsPerLearner: number | undefined;
  readonly parallelStarts: number;
  /** Labs that an instructor's round renews side by side. */
  readonly careSideBySide: number;
  readonly warmLabs: number;
  readonly stuckAfterMs: number;
  readonly idlePauseMs: number;
  readonly idleCloseMs: number;
  /** `null`: nothing of learners is deleted by itself. */
  readonly keepMs: number | null;
  readonly webhookHosts: readonly string[];
  readonly onExit: 'close' | 'keep';
  readonly mode: 'alone' | 'class';
  /** An origin; `null` where browsers come to our own host and port. */
  readonly publicUrl: string | null;
  /** `https://*.preview.example`; `null` where previews live at `*.localhost`, or nowhere. */
  readonly previewUrl: string | null;
  readonly acceptedRisks: readonly WallPart['part'][];
  /** `null`: labs reach nothing outside their own network. */
  readonly egress: { readonly nameServers: readonly string[]; readonly denied: readonly string[] } | null;
  readonly rootDir: string;
  readonly version: string;
}

/** The same settings with another folder for data. */
export function inFolder(config: Config, dataDir: string): Config {
  return Object.freeze({ ...config, dataDir, webDir: join(dataDir, 'web') });
}

/** What the process facing the web gets of our environment. The rest is none of its business. */
const PASSED_ON = /^(ROLLOUT_LAB_[A-Z_]+|PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR)$/;

export function webEnvironment(
  config: Config,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const passed = Object.entries(environment).filter(([name]) => PASSED_ON.test(name));
  return { ...Object.fromEntries(passed), ROLLOUT_LAB_DATA_DIR: config.dataDir };
}

export class ConfigError extends Error {}

/** @throws {ConfigError} naming every variable that is wrong, not only the first. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(
      `These settings are wrong:\n${lines.join('\n')}\nSee docs/operations.md for each of them.`,
    );
  }
  const env = parsed.data;
  const conflict = previewConflict(env.ROLLOUT_LAB_PREVIEW_URL, env.ROLLOUT_LAB_PUBLIC_URL);
  if (conflict !== null) throw new ConfigError(`ROLLOUT_LAB_PREVIEW_URL: ${conflict}`);
  const rootDir = resolve(import.meta.dirname, '..');
  const parallelStarts = env.ROLLOUT_LAB_PARALLEL_STARTS ?? Math.max(2, availableParallelism());
  const packageJson = JSON.parse(readFileSync(resolve(rootDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return Object.freeze({
    host: env.ROLLOUT_LAB_HOST,
    port: env.ROLLOUT_LAB_PORT,
    dataDir: resolve(rootDir, env.ROLLOUT_LAB_DATA_DIR),
    webDir: resolve(rootDir, env.ROLLOUT_LAB_DATA_DIR, 'web'),
    webUser: env.ROLLOUT_LAB_WEB_USER,
    engineUrl: env.ROLLOUT_LAB_ENGINE,
    nodeImage: env.ROLLOUT_LAB_NODE_IMAGE,
    share: env.ROLLOUT_LAB_SHARE,
    logLevel: env.ROLLOUT_LAB_LOG_LEVEL,
    maxLabs: env.ROLLOUT_LAB_MAX_LABS,
    maxEnvironments: 2 * (env.ROLLOUT_LAB_MAX_LABS ?? 500) + 50,
    labsPerLearner: env.ROLLOUT_LAB_LABS_PER_LEARNER ?? (env.ROLLOUT_LAB_MODE === 'class' ? 2 : undefined),
    parallelStarts,
    careSideBySide: Math.max(1, Math.floor(parallelStarts / 2)),
    warmLabs: env.ROLLOUT_LAB_WARM,
    stuckAfterMs: env.ROLLOUT_LAB_STUCK_MINUTES * 60_000,
    idlePauseMs: env.ROLLOUT_LAB_IDLE_PAUSE_MINUTES * 60_000,
    idleCloseMs: env.ROLLOUT_LAB_IDLE_CLOSE_HOURS * 3_600_000,
    keepMs: env.ROLLOUT_LAB_KEEP_DAYS === undefined ? null : env.ROLLOUT_LAB_KEEP_DAYS * 24 * 3_600_000,
    webhookHosts: env.ROLLOUT_LAB_WEBHOOK_HOSTS,
    onExit: env.ROLLOUT_LAB_ON_EXIT,
    mode: env.ROLLOUT_LAB_MODE,
    publicUrl: env.ROLLOUT_LAB_PUBLIC_URL ?? null,
    previewUrl: env.ROLLOUT_LAB_PREVIEW_URL ?? null,
    acceptedRisks: env.ROLLOUT_LAB_ACCEPT_RISK,
    egress:
      env.ROLLOUT_LAB_EGRESS === 'on'
        ? { nameServers: env.ROLLOUT_LAB_EGRESS_DNS, denied: env.ROLLOUT_LAB_EGRESS_DENY }
        : null,
    rootDir,
    version: packageJson.version,
  });
}

/** What is wrong with having the two together: a page may set cookies for every host above its own. */
function previewConflict(previewUrl: string | undefined, publicUrl: string | undefined): string | null {
  if (previewUrl === undefined || publicUrl === undefined) return null;
  const site = new URL(publicUrl);
  const preview = new URL(previewUrl.replace('*.', ''));
  if (preview.protocol !== site.protocol)
    return `must begin with ${site.protocol}// like ROLLOUT_LAB_PUBLIC_URL, or the page may not show it`;
  if (preview.hostname === site.hostname || preview.hostname.endsWith(`.${site.hostname}`))
    return `must not lie below ${site.hostname}: an application there could set cookies for the site`;
  return null;
}
