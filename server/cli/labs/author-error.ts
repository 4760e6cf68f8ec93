/** Something that the author must do otherwise; the message says what. */
export class AuthorError extends Error {
  override name = 'AuthorError';
}
