/** A value that is always there; `what` names it in the error. @throws Error when it is missing: a bug. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}
