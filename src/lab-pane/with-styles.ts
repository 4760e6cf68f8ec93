/** Stylesheets that are on the page or on their way, by address. */
const sheets = new Map<string, Promise<void>>();

/**
 * Loads a part together with its stylesheet, which no page has until then: what a lazily loaded script imports as
 * CSS, the build would link into every page of the site.
 * @param sheet address from an import with `?url`
 */
export async function withStyles<T>(sheet: string, load: () => Promise<T>): Promise<T> {
  const [part] = await Promise.all([load(), linked(sheet)]);
  return part;
}

function linked(sheet: string): Promise<void> {
  const known = sheets.get(sheet);
  if (known !== undefined) return known;
  const link = document.createElement('link');
  const loaded = new Promise<void>((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${sheet} could not be loaded`));
  });
  link.rel = 'stylesheet';
  link.href = sheet;
  document.head.append(link);
  sheets.set(sheet, loaded);
  // The next try is a new one.
  loaded.catch(() => {
    sheets.delete(sheet);
    link.remove();
  });
  return loaded;
}
