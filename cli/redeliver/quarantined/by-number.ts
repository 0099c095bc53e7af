/** Compares sequence numbers or offsets: whole numbers in text, of any length, without leading zeros. */
export const byNumber = (a: string, b: string): number =>
  a.length - b.length || (a === b ? 0 : a < b ? -1 : 1);
