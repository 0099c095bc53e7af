/** One version of one object, exactly as it is stored in its bucket. */
export interface ObjectRef {
  readonly bucket: BucketRole;
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly etag?: string | undefined;
}

/** Buckets by what they are for; the ports know their names. */
export type BucketRole = 'inbound' | 'raw' | 'rejects' | 'quarantine';
