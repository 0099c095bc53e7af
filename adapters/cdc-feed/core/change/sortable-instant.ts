/** An instant in nanoseconds, so that instants of any precision compare as text. */
export const sortableInstant = (instant: string): string =>
  instant.replace(/(\.\d+)Z$/, (_all, digits: string) => `${digits.padEnd(10, '0')}Z`);
