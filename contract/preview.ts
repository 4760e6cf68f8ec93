import * as z from 'zod/mini';
import { LabNodeName } from './ids.ts';

const Port = z.int().check(z.minimum(1), z.maximum(65_535));

/** A TCP port that a service of the learner's swarm publishes on a node of the lab. */
export const LabPort = z.strictObject({
  node: LabNodeName,
  port: Port,
  service: z.string(),
  mode: z.enum(['host', 'ingress']),
  /** `starting`: published, with no task behind it that runs yet. `unrouted`: this lab answers no ingress ports. */
  state: z.enum(['running', 'starting', 'unrouted']),
});
export type LabPort = z.infer<typeof LabPort>;

/** `POST /api/lab-sessions/:id/previews`. Asking again for the same gives the same address while it lives. */
export const PreviewRequest = z.strictObject({ node: LabNodeName, port: Port });

export const PreviewView = z.strictObject({
  node: LabNodeName,
  port: Port,
  /** Where the application shows itself: an origin of its own, whose name is the key to it. */
  origin: z.string().check(z.regex(/^https?:\/\/p-[a-z0-9]{26}\.[a-z0-9.-]+(:\d{1,5})?$/)),
  /** Whether a connection was taken just now. `silent`: the node did not say in time. */
  listens: z.enum(['yes', 'no', 'silent']),
});
export type PreviewView = z.infer<typeof PreviewView>;
