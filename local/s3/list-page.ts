/** One page of keys: those under the prefix, with what lies behind the delimiter folded into common prefixes. */
export interface ListPage {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of this page, when more follow. */
  readonly next: string | undefined;
}

export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what comes after it. */
  readonly after: string;
  readonly max: number;
}

/** `sorted` holds the keys under the prefix, in order. */
export function listPage(sorted: readonly string[], { prefix, delimiter, after, max }: ListQuery): ListPage {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  for (const key of sorted) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const entry = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (entry === last || !comesAfter(entry, after)) continue;
    if (keys.length + commonPrefixes.length === max) return { keys, commonPrefixes, next: last };
    (end < 0 ? keys : commonPrefixes).push(entry);
    last = entry;
  }
  return { keys, commonPrefixes, next: undefined };
}

const comesAfter = (key: string, after: string): boolean =>
  after === '' || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0;
