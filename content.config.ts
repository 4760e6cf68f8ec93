import { defineCollection } from 'astro:content';
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { file } from 'astro/loaders';
import { z } from 'astro/zod';
import { LabId, LessonId } from './contract/ids.ts';

/** A page with `lab` gets the split page with the lab pane; `lesson` names the section whose exercises it holds. */
const lessonFields = z.object({
  lab: z.optional(LabId),
  lesson: z.optional(LessonId),
});

const termText = z.strictObject({ term: z.string(), meaning: z.string() });

/** Words of the site's own components. Starlight brings its own; `content/i18n/*.yaml` holds both languages. */
const text = z.string();
const uiText = z.object({
  'nav.chapter': text,
  'nav.glossary': text,
  'nav.inThisLesson': text,
  'language.other': text,
  'language.switch': text,
  'search.placeholder': text,
  'search.none': text,
  'search.failed': text,
  'search.close': text,
  'search.results': text,
  'split.divider': text,
  'split.text': text,
  'split.lab': text,
  'split.views': text,
  'pane.label': text,
  'pane.loading': text,
  'pane.noScript': text,
  'run.label': text,
  'run.copy': text,
  'run.copied': text,
  'run.copyFailed': text,
  'run.run': text,
  'run.noTerminal': text,
  'output.label': text,
  'bookDiff.label': text,
  'exercise.label': text,
  'exercise.extra': text,
  'exercise.go': text,
  'exercise.todo': text,
  'exercise.active': text,
  'exercise.passed': text,
  'exercise.noLab': text,
  'term.more': text,
  'chapter.coming': text,
  'chapter.notStarted': text,
  'chapter.inProgress': text,
  'chapter.done': text,
  'page.loading': text,
  'page.noScript': text,
  'privacy.why': text,
  'privacy.until': text,
  'privacy.seenBy': text,
  'picture.label': text,
  'picture.seconds': text,
  'picture.caption': text,
});

export const collections = {
  terms: defineCollection({
    loader: file('content/terms.yaml'),
    schema: z.strictObject({
      group: z.enum(['release', 'stack', 'rollout', 'network', 'cluster']),
      ko: termText,
      en: termText,
    }),
  }),
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema({ extend: lessonFields }) }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema({ extend: uiText }) }),
};
