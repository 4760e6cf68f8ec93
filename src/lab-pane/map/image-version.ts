/** How a version is told apart from others: by its tag and by a colour that is the same wherever it shows. */
export interface ImageVersion {
  readonly tag: string;
  /** 1 to 5 for the course's `v1` … `v5`, which have colours of their own; `null` for anything else. */
  readonly course: number | null;
  /** Degrees on the colour wheel, for the others. */
  readonly hue: number;
}

const GOLDEN_ANGLE = 137.508;

export function versionOf(image: string): ImageVersion {
  const tag = tagOf(image);
  const [, number] = /^v([1-5])(?:$|[.-])/.exec(tag) ?? [];
  return { tag, course: number === undefined ? null : Number(number), hue: hueOf(image) };
}

/** A colon before the last slash is that of a registry's port. */
function tagOf(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? 'latest' : name.slice(colon + 1) || 'latest';
}

function hueOf(image: string): number {
  let hash = 7;
  for (const char of image) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return Math.round((hash * GOLDEN_ANGLE) % 360);
}
