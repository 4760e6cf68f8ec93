import * as z from 'zod/mini';

export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const Language = z.enum(LANGUAGES);

/** The same text in every language of the course. Both are always present: a missing twin is a load error. */
export const LocalizedText = z.strictObject({
  ko: z.string().check(z.minLength(1)),
  en: z.string().check(z.minLength(1)),
});
export type LocalizedText = z.infer<typeof LocalizedText>;
