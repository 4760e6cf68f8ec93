import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { file } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';
import { LabId, LessonId } from './contract/ids.ts';

/** A page with `lab` gets the split page with the lab pane; `lesson` names the section whose exercises it holds. */
const lessonFields = z.object({
  lab: LabId.optional(),
  lesson: LessonId.optional(),
});

const termText = z.strictObject({ term: z.string(), meaning: z.string() });

/** Words of the site's own components. Starlight brings its own; `content/i18n/*.yaml` holds both languages. */
const uiText = z.object(
  Object.fromEntries(
    [
      'nav.chapter',
      'nav.glossary',
      'nav.inThisLesson',
      'language.other',
      'language.switch',
      'search.placeholder',
      'search.none',
      'search.failed',
      'search.close',
      'search.results',
      'split.divider',
      'split.text',
      'split.lab',
      'split.views',
      'pane.label',
      'pane.loading',
      'pane.noScript',
      'run.label',
      'run.copy',
      'run.copied',
      'run.copyFailed',
      'run.run',
      'run.noTerminal',
      'output.label',
      'bookDiff.label',
      'exercise.label',
      'exercise.go',
      'exercise.todo',
      'exercise.active',
      'exercise.passed',
      'exercise.noLab',
      'term.more',
      'chapter.coming',
      'chapter.notStarted',
      'chapter.inProgress',
      'chapter.done',
      'picture.label',
      'picture.seconds',
      'picture.caption',
    ].map((key) => [key, z.string()]),
  ),
);

export const collections = {
  terms: defineCollection({
    loader: file('content/terms.yaml'),
    schema: z.strictObject({ group: z.enum(['release', 'stack', 'rollout', 'network', 'cluster']), ko: termText, en: termText }),
  }),
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema({ extend: lessonFields }) }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema({ extend: uiText }) }),
};
