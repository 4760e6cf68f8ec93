/** Known to the page, too: the timeline names images as checks do. */
export { imageRef, sameImage } from '#contract/image-ref.ts';
