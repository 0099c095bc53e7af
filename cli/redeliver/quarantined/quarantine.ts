/** What a feed put aside, as it lies in the quarantine bucket: an object a change. */
export interface Quarantine {
  /** Keys of the objects, without those of changes that were taken again. */
  objects(): Promise<readonly string[]>;
  /** Undefined when it is not there any more. */
  read(object: string): Promise<string | undefined>;
  /** Keeps `content` among the changes taken at a time (ISO 8601 UTC), then takes the object away. Nothing is lost between the two. */
  moveAway(object: string, content: string, takenAt: string): Promise<void>;
}

/**
 * Where a change that was taken again is kept: `<feed>/taken/<when>/<stream>/<shard>/<sequence number>.json`, the time with
 * points, as file systems take it.
 */
export const takenKey = (feed: string, object: string, takenAt: string): string =>
  `${feed}/taken/${takenAt.replaceAll(':', '.')}/${object.slice(feed.length + 1)}`;

/** A stream may be called `taken`, but no shard is called as a time is written. */
export const isTaken = (feed: string, object: string): boolean =>
  /^taken\/\d{4}-\d\d-\d\dT/.test(object.slice(feed.length + 1));
