const RETRY_AFTER_MS = 400;

/** A lab's network comes up while this loads, and Chromium then drops requests under way: one more try. */
export async function retryOnce<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    return load();
  }
}
