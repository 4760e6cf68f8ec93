import type { ImageVersion } from './image-version.ts';

/** What the stylesheet needs to give a version its colour. */
export function versionLook({ course, hue }: ImageVersion) {
  return { 'data-version': course ?? 'other', style: { '--hue': hue } };
}
