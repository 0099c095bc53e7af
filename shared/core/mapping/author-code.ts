/**
 * The class of what a contract's code threw, for a fault's detail. The message may quote a value of the input, and a name
 * may be anything, so only what looks like a class name is told.
 */
export function errorName(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return /^[A-Za-z][A-Za-z0-9]{0,39}$/.test(name) ? name : 'a value';
}

/**
 * Whether a contract's code gave a promise, which nobody waits for. Its rejection is swallowed here, because an unhandled
 * one would end the function.
 */
export function isPromise(value: unknown): value is Promise<unknown> {
  if (typeof value !== 'object' || value === null || !('then' in value)) return false;
  if (typeof value.then !== 'function') return false;
  Promise.resolve(value as Promise<unknown>).catch(() => undefined);
  return true;
}
