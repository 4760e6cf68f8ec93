import * as z from 'zod/mini';

/** Exercise ids start with their section so that a list sorted by id follows the book: `14.1-deploy`. */
export const ExerciseId = z.string().check(z.regex(/^\d{1,2}\.\d{1,2}-[a-z][a-z0-9-]{0,38}$/));
export const LabId = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,38}$/));
export const CheckId = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,38}$/));
export const LessonId = z.string().check(z.regex(/^\d{1,2}\.\d{1,2}$/));
export const LabNodeName = z.string().check(z.regex(/^node[1-9]$/));

/** Random and unguessable: knowing one is never enough, the server checks the owner too. */
export const LabSessionId = z
  .string()
  .check(z.regex(/^[a-z0-9]{16}$/))
  .brand<'LabSessionId'>();
export type LabSessionId = z.infer<typeof LabSessionId>;

export const TerminalId = z
  .string()
  .check(z.regex(/^t[a-z0-9]{11}$/))
  .brand<'TerminalId'>();
export type TerminalId = z.infer<typeof TerminalId>;

export const LearnerId = z
  .string()
  .check(z.regex(/^[a-z0-9]{16}$/))
  .brand<'LearnerId'>();
export type LearnerId = z.infer<typeof LearnerId>;

export const InstructorId = z
  .string()
  .check(z.regex(/^[a-z0-9]{16}$/))
  .brand<'InstructorId'>();
export type InstructorId = z.infer<typeof InstructorId>;

export const CohortId = z
  .string()
  .check(z.regex(/^[a-z0-9]{16}$/))
  .brand<'CohortId'>();
export type CohortId = z.infer<typeof CohortId>;
