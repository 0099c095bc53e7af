/** A feed's quarantined changes in the quarantine bucket, one object a change. */
export interface Quarantine {
  /** Keys of the objects, without those of changes that are reprocessed. */
  objects(): Promise<readonly string[]>;
  /** Undefined when the object is gone. */
  read(object: string): Promise<string | undefined>;
  /** Writes `content` under the time of reprocessing (ISO 8601 UTC), then deletes the object. Nothing is lost between the two. */
  moveAway(object: string, content: string, reprocessedAt: string): Promise<void>;
}

/**
 * Where a reprocessed change is kept: `<feed>/taken/<when>/<stream>/<shard>/<sequence number>.json`. The time has points for
 * colons, which not every file system allows.
 */
export const reprocessedKey = (feed: string, object: string, reprocessedAt: string): string =>
  `${feed}/taken/${reprocessedAt.replaceAll(':', '.')}/${object.slice(feed.length + 1)}`;

/** A stream may be named `taken`, but no shard has a name that looks like a time. */
export const isReprocessed = (feed: string, object: string): boolean =>
  /^taken\/\d{4}-\d\d-\d\dT/.test(object.slice(feed.length + 1));
