import { z } from 'zod';
import { CheckId, ExerciseId, LabId, LabNodeName, LessonId } from './ids.ts';
import { LocalizedText } from './language.ts';
import { NodeImpairment } from './node-condition.ts';

const MessageId = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** One cluster that the lab joins before the learner arrives. */
const FormedSwarm = z.strictObject({ managers: z.array(LabNodeName).min(1), workers: z.array(LabNodeName) });
export type FormedSwarm = z.infer<typeof FormedSwarm>;

/** Where requests show whether a visitor would be served, at no cost to the application. */
export const LabProbe = z.strictObject({
  port: z.int().min(1).max(65535),
  path: z.string().regex(/^\/[A-Za-z0-9._~/-]{0,120}$/),
  /** Nodes that visitors come to, in the order in which they are tried; all of them unless told. */
  nodes: z.array(LabNodeName).min(1).optional(),
});
export type LabProbe = z.infer<typeof LabProbe>;

/** `labs/<lab-id>/lab.yaml`: what a learner gets. Unknown keys are errors, so that typing mistakes show. */
export const LabDefinition = z.strictObject({
  format: z.literal(1),
  id: LabId,
  title: LocalizedText,
  nodes: z
    .array(z.strictObject({ name: LabNodeName }))
    .min(1)
    .max(5),
  /** What is joined when the learner arrives: `none`, one swarm, or a list of independent ones. Nodes not named stay alone. */
  swarm: z.union([z.literal('none'), FormedSwarm, z.array(FormedSwarm).min(1)]),
  /** Whether the learner may cut the power of nodes here, freeze them and unplug them from the network. */
  powerSwitches: z.boolean().default(false),
  /** What the timeline's requests ask; none are made without it. */
  probe: LabProbe.optional(),
  /** Folder of files copied into the learner's home on every node, seen from `lab.yaml`. */
  files: z.string().regex(/^[a-z][a-z0-9/-]*$/),
  limits: z.strictObject({
    memoryMiB: z.int().min(256).max(16384),
    cpus: z.number().min(0.1).max(16),
    pids: z.int().min(200).max(20000),
    /** Images, volumes, container logs and the home together. */
    diskMiB: z.int().min(512).max(65536),
  }),
  /** In order; each starts where the one before it ends. */
  exercises: z.array(ExerciseId).min(1),
});
export type LabDefinition = z.infer<typeof LabDefinition>;

export const WrongAnswer = z.strictObject({
  /** `wrong/<script>.sh`, typed by somebody who errs. */
  script: z.string().regex(/^[a-z0-9][a-z0-9-]{0,58}$/),
  /** The check that must not pass, and the message that it must show. */
  check: CheckId,
  message: MessageId,
  /** `pending` for a swarm that is caught on its way; it may well arrive afterwards. */
  verdict: z.enum(['failed', 'pending']).default('failed'),
  /** Longest wait for that message after the script's end. */
  withinSeconds: z.int().min(1).max(600).default(30),
  /** Leaves the swarm as it finds it, so that `labs test` may run several on one lab. */
  harmless: z.boolean().default(false),
});
export type WrongAnswer = z.infer<typeof WrongAnswer>;

/** `exercises/<id>/exercise.yaml`: facts without language. */
export const ExerciseDefinition = z.strictObject({
  format: z.literal(1),
  id: ExerciseId,
  lesson: LessonId,
  /** Raised when checks change their meaning, so that old attempts can be told apart. */
  revision: z.int().min(1),
  extra: z.boolean().default(false),
  /** How many staged hints both text files must have. */
  hints: z.int().min(1).max(6),
  /** Longest time that the solution needs to settle, for `labs test` and `labs try`. */
  settleSeconds: z.int().min(5).max(600),
  /** Switches of nodes that don't work in this exercise; the text files say why. Back on always works. */
  forbids: z
    .array(NodeImpairment)
    .min(1)
    .refine((switches) => new Set(switches).size === switches.length, 'names a switch twice')
    .optional(),
  /** What `wrong/<script>.sh` must lead to, each on a fresh lab at this exercise's start. */
  wrong: z.array(WrongAnswer),
});
export type ExerciseDefinition = z.infer<typeof ExerciseDefinition>;

/** `labs/kit/messages.{ko,en}.yaml`: messages that any exercise may use. */
export const CommonMessages = z.record(MessageId, z.string().min(1));
export type CommonMessages = z.infer<typeof CommonMessages>;

/** `exercises/<id>/{ko,en}.yaml`: every text, the same keys in both. Markdown-free; `code` in backticks. */
export const ExerciseText = z.strictObject({
  title: z.string().min(1),
  goal: z.string().min(1),
  checks: z.record(CheckId, z.string().min(1)),
  /** `{name}` stands for a value. Messages that the check kit brings along need not be repeated, but may be. */
  messages: z.record(MessageId, z.string().min(1)),
  options: z.record(CheckId, z.record(CheckId, z.string().min(1))).default({}),
  /** Why the exercise `forbids` switches. */
  forbids: z.string().min(1).optional(),
  hints: z.array(z.string().min(1)),
});
export type ExerciseText = z.infer<typeof ExerciseText>;
