/** The stores whose objects operators look at. */
export type Store =
  | 'inbound'
  | 'quarantine'
  | 'raw'
  | 'rejects'
  | 'busLog'
  | { readonly undeliveredOf: string };

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string;
}

/** The end is exclusive. Without a version, the newest is read. */
export interface ObjectRange {
  readonly start: number;
  readonly end: number;
  readonly versionId?: string | undefined;
}

export interface Objects {
  /**
   * At most `limit` (1 to 1,000) objects whose keys begin so, in the order of keys, from the first after `after`.
   * `missing`: there is no such bucket.
   */
  list(
    store: Store,
    page: { readonly prefix: string; readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly StoredObject[] | 'missing'>;
  /** The bytes of a range, whose end is exclusive and may be past the object's. Undefined when the object is not there (any more). */
  read(store: Store, key: string, range: ObjectRange): Promise<Uint8Array | undefined>;
}
