/** Calls at once: enough to be quick, and below what the slowest of the APIs takes. */
const atOnceMax = 5;

/** The results in order, a few at a time. */
export async function eachOf<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let n = 0; n < items.length; n += atOnceMax)
    results.push(...(await Promise.all(items.slice(n, n + atOnceMax).map(ask))));
  return results;
}
