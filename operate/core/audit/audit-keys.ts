import type { ChainName } from './chain.ts';

/** Where things are in the audit bucket. */

export const recordsPrefix = 'records/';
export const manifestsPrefix = 'manifests/';

export const dayPrefix = (day: string): string => `${recordsPrefix}${day}/`;

/** `n` from 1; padded so that objects come in order. */
export const recordsKey = ({ day, integration }: ChainName, n: number): string =>
  `${dayPrefix(day)}${integration}/${String(n).padStart(8, '0')}.jsonl`;

export const manifestKey = (day: string): string => `${manifestsPrefix}${day}.json`;

export interface ObjectPlace extends ChainName {
  readonly n: number;
}

/** Undefined for what no trail has written. */
export function placeOfKey(key: string): ObjectPlace | undefined {
  const [, day, integration, n] = /^records\/(\d{4}-\d\d-\d\d)\/([^/]+)\/(\d{8})\.jsonl$/.exec(key) ?? [];
  return day && integration && n ? { day, integration, n: Number(n) } : undefined;
}

/** In the order in which S3 lists the chains of a day. */
export const inKeyOrder = (a: ChainName, b: ChainName): number =>
  recordsKey(a, 0) < recordsKey(b, 0) ? -1 : 1;
