import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { InstructorView } from '#contract/class-api.ts';
import type { Language } from '#contract/language.ts';
import type { LabProblem } from '../api-client/lab-problem.ts';
import type { ClassTexts } from './texts.ts';

/** What every part of the instructors' pages works with. */
export interface ClassContextValue {
  readonly language: Language;
  readonly texts: ClassTexts;
  readonly instructor: InstructorView | null;
  /** Asks again who is signed in: after signing in and out, and when the server says that nobody is. */
  readonly refresh: () => Promise<void>;
}

export const ClassContext = createContext<ClassContextValue | null>(null);

export function useClass(): ClassContextValue {
  const value = useContext(ClassContext);
  if (!value) throw new Error('a part of the instructors’ pages is used outside of them');
  return value;
}

/** Whether somebody has to sign in again before anything else makes sense. */
export function isSignedOut({ code }: LabProblem): boolean {
  return code === 'INSTRUCTOR_NOT_SIGNED_IN' || code === 'INSTRUCTORS_ONLY';
}
