import { verify } from 'node:crypto';
import * as z from 'zod';
import { inKeyOrder } from './audit-keys.ts';
import { hashOf } from './audit-record.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ChainHead } from './chain.ts';
import { merkleRoot } from './merkle-root.ts';

const sealedChain = z.strictObject({
  integration: z.string(),
  objects: z.int().min(1),
  records: z.int().min(1),
  hash: z.string(),
});

/** What a day came to: the head of each of its chains. */
const manifestShape = z.strictObject({
  manifest: z.literal(1),
  day: z.iso.date(),
  sealedAt: z.iso.datetime(),
  /** In the order of their keys. */
  chains: z.array(sealedChain),
  /** Of the Merkle tree over the chains. */
  root: z.string(),
  /** Hash of the manifest of the day before; the trail's first manifest has none. */
  previous: z.string().nullable(),
});

export type Manifest = z.infer<typeof manifestShape>;
export type SealedChain = z.infer<typeof sealedChain>;

/** A manifest as it is stored. */
export const signedManifest = z.strictObject({
  manifest: manifestShape,
  /** ARN of the KMS key. */
  key: z.string(),
  algorithm: z.literal('ECDSA_SHA_256'),
  /** Base64 of the DER form, over the manifest's hash as text. */
  signature: z.string(),
});

export type SignedManifest = z.infer<typeof signedManifest>;

export interface DayEnd extends Pick<Manifest, 'day' | 'sealedAt' | 'previous'> {
  readonly chains: readonly (ChainHead & { readonly integration: string })[];
}

export function manifestOf({ day, sealedAt, previous, chains }: DayEnd): Manifest {
  const sealed = chains
    .map(({ integration, objects, records, hash }) => ({ integration, objects, records, hash }))
    .sort((a, b) => inKeyOrder({ day, ...a }, { day, ...b }));
  return { manifest: 1, day, sealedAt, chains: sealed, root: rootOf(sealed), previous };
}

export const rootOf = (chains: readonly SealedChain[]): string => merkleRoot(chains.map(canonicalJson));

/** What is signed, and what the next day's manifest names. Hex. */
export const manifestHash = (manifest: Manifest): string => hashOf(manifest);

/** `publicKey`: PEM, as KMS gives it. */
export const isSignedBy = ({ manifest, signature }: SignedManifest, publicKey: string): boolean =>
  verify('sha256', Buffer.from(manifestHash(manifest)), publicKey, Buffer.from(signature, 'base64'));
