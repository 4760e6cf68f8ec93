/** Replaces `{name}` by its value; a value that is missing leaves nothing odd behind but an ellipsis. */
export function fillPlaceholders(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '…'));
}
