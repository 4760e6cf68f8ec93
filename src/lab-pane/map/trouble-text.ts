import { troubleIn } from './task-error.ts';
import type { MapTexts } from './texts.ts';

/** A plain sentence for what Docker says, where it is one of the usual things. */
export function troubleText(error: string, texts: MapTexts): string | null {
  const trouble = troubleIn(error);
  if (trouble === null) return null;
  return trouble.kind === 'exit' ? texts.exit(trouble.code) : texts.troubles[trouble.kind];
}
