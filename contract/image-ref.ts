/** An image reference as the learner wrote it: without digest, with `:latest` where no tag is given. */
export function imageRef(image: string): string {
  const name = image.split('@', 1)[0] ?? '';
  return hasTag(name) ? name : `${name}:latest`;
}

/** A colon after the last slash starts a tag; one before it belongs to a registry's port. */
function hasTag(name: string): boolean {
  return name.lastIndexOf(':') > name.lastIndexOf('/');
}

export function sameImage(one: string, other: string): boolean {
  return imageRef(one) === imageRef(other);
}
