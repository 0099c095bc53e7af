import { generateKeyPairSync, sign } from 'node:crypto';
import { manifestKey, recordsKey } from '#operate/core/audit/audit-keys.ts';
import { canonicalJson } from '#operate/core/audit/canonical-json.ts';
import { type ChainHead, emptyChain, linkOf } from '#operate/core/audit/chain.ts';
import type { KeptObject } from '#operate/core/audit/finding.ts';
import {
  type Manifest,
  manifestHash,
  manifestOf,
  type SignedManifest,
} from '#operate/core/audit/manifest.ts';
import type { AuditFact } from '#shared/core/audit/audit-fact.ts';

export const day = '2026-11-28';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const factOf = (integration: string, n: number): AuditFact => ({
  step: 'received',
  integration,
  subject: `${integration}.${n}`,
  at: `${day}T08:00:00.000Z`,
  change: `change-${n}`,
  details: { records: n, sha256: 'ab' },
});

export const keptOf = (key: string, text: string): KeptObject => ({
  key,
  versions: [{ versionId: 'v1', at: `${day}T08:00:00.000Z`, text }],
});

export interface Trail {
  readonly objects: readonly KeptObject[];
  readonly heads: readonly (ChainHead & { readonly integration: string })[];
}

/** For each integration, the records of each of its objects. */
export function trailOf(recordsByIntegration: Readonly<Record<string, readonly number[]>>): Trail {
  const objects: KeptObject[] = [];
  const heads: (ChainHead & { readonly integration: string })[] = [];
  for (const [integration, counts] of Object.entries(recordsByIntegration)) {
    let head = emptyChain({ day, integration });
    for (const count of counts) {
      const facts = Array.from({ length: count }, (_, i) => factOf(integration, head.records + i + 1));
      const link = linkOf(head, facts);
      objects.push(keptOf(recordsKey({ day, integration }, head.objects + 1), link.text));
      head = link.head;
    }
    heads.push({ integration, ...head });
  }
  return { objects: objects.sort((a, b) => (a.key < b.key ? -1 : 1)), heads };
}

export const sealedBy = ({ heads }: Trail, previous: string | null = null, of = day): Manifest =>
  manifestOf({ day: of, sealedAt: `${of}T23:59:00.000Z`, previous, chains: heads });

export const signedOf = (manifest: Manifest): SignedManifest => ({
  manifest,
  key: 'arn:aws:kms:eu-central-1:123456789012:key/test',
  algorithm: 'ECDSA_SHA_256',
  signature: sign('sha256', Buffer.from(manifestHash(manifest)), privateKey).toString('base64'),
});

export const keptManifest = (signed: SignedManifest, of = day): KeptObject =>
  keptOf(manifestKey(of), canonicalJson(signed));
