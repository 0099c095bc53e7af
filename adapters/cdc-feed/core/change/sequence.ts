/**
 * A comparable sequence: epoch, then reads before live changes, then the log's own order. Parts must have a fixed width;
 * compare sequences of the same feed and key only.
 */
export const positionOf = (epoch: number | undefined, snapshot: boolean, parts: readonly string[]): string =>
  `${String(epoch ?? 0).padStart(4, '0')}.${snapshot ? '0' : '1'}.${parts.join('.')}`;

/** What names a change apart from where it stands: the epoch, then what its log calls it. */
export const identityOf = (epoch: number | undefined, name: string): string =>
  `${String(epoch ?? 0).padStart(4, '0')}.${name}`;

/** Digits of a number that is at most `width` long; undefined for anything else. */
export const padded = (digits: string | undefined, width: number): string | undefined =>
  digits !== undefined && /^\d+$/.test(digits) && digits.length <= width
    ? digits.padStart(width, '0')
    : undefined;

/** Digits of the largest signed or unsigned 64-bit number. */
export const int64Digits = 20;
/** Digits of the longest sequence number of Kinesis; more than any Kafka offset has. */
export const streamDigits = 56;
