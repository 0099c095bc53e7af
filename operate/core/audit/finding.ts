import * as z from 'zod';

/** What can be wrong with a trail. */
export const findingCodes = [
  /** A line does not have the hash that it says. */
  'LINE_EDITED',
  'LINE_UNREADABLE',
  /** A line does not follow the one before it: one was removed, added or moved. */
  'LINE_OUT_OF_PLACE',
  'OBJECT_MISSING',
  /** An object where no trail writes one. */
  'OBJECT_UNKNOWN',
  /** A later version of an object. The first one is still there, and is what is verified. */
  'WRITTEN_AGAIN',
  /** A delete marker hides an object. */
  'HIDDEN',
  /** A chain ends otherwise than its manifest says. */
  'CHAIN_END_DIFFERS',
  'CHAIN_MISSING',
  /** A chain that its manifest does not name. */
  'CHAIN_UNKNOWN',
  'MANIFEST_MISSING',
  'MANIFEST_UNREADABLE',
  'SIGNATURE_WRONG',
  /** The Merkle root is not that of the chains. */
  'ROOT_WRONG',
  /** A manifest that does not follow the one of the day before. */
  'MANIFEST_OUT_OF_PLACE',
] as const;

/** What is wrong, and where. */
export const finding = z.object({
  code: z.enum(findingCodes),
  object: z.string().meta({ description: 'Key in the audit bucket' }),
  line: z.int().min(1).nullable().meta({ description: 'From 1. Null: the object as a whole' }),
  detail: z.string(),
});

export type Finding = z.infer<typeof finding>;

export interface KeptVersion {
  readonly versionId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Undefined for a delete marker. */
  readonly text: string | undefined;
}

/** An object with all its versions, the newest first. */
export interface KeptObject {
  readonly key: string;
  readonly versions: readonly KeptVersion[];
}
