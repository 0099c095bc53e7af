/** S3's order among the writes of one key. */
export interface Sequencer {
  /** The key of the object that was notified: the data file, its sidecar, manifest or signature. */
  readonly key: string;
  /** Hexadecimal digits, as S3 gave them. */
  readonly hex: string;
}

/** Undefined where a notification has none, or one that cannot be compared. */
export const sequencerIn = (object: {
  readonly key: string;
  readonly sequencer?: string | undefined;
}): Sequencer | undefined =>
  /^[0-9a-f]+$/i.test(object.sequencer ?? '') ? { key: object.key, hex: object.sequencer ?? '' } : undefined;

/**
 * Below, at or above 0, as `a` is older than, the same as or newer than `b`: the shorter is padded on the right with zeros, then
 * they compare as text. Source: Amazon S3 User Guide, event message structure.
 */
export function compareSequencers(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  const [left, right] = [a, b].map(hex => hex.toUpperCase().padEnd(length, '0')) as [string, string];
  return left === right ? 0 : left < right ? -1 : 1;
}
