import { describe, expect, it } from '@jest/globals';
import { checkManifest } from '#operate/core/audit/check-manifest.ts';
import { manifestHash } from '#operate/core/audit/manifest.ts';
import { merkleRoot } from '#operate/core/audit/merkle-root.ts';
import { day, keptManifest, publicPem, sealedBy, signedOf, trailOf } from './given.ts';

const yesterday = '2026-11-27';
const trail = trailOf({ acme: [2], shopify: [1, 1] });
const earlier = sealedBy(trailOf({}), null, yesterday);
const before = keptManifest(signedOf(earlier), yesterday);
const manifest = sealedBy(trail, manifestHash(earlier));
const given = { day, before, publicKey: publicPem };

const codesOf = (props: Parameters<typeof checkManifest>[0]) =>
  checkManifest(props).findings.map(({ code }) => code);

describe('the manifest of a day', () => {
  it('is right as it was signed', () => {
    const object = keptManifest(signedOf(manifest));
    expect(checkManifest({ ...given, object })).toEqual({ manifest, findings: [] });
  });

  it('is missing, or unreadable', () => {
    expect(codesOf({ ...given, object: undefined })).toEqual(['MANIFEST_MISSING']);
    const object = {
      ...keptManifest(signedOf(manifest)),
      versions: [{ versionId: '1', at: day, text: '{' }],
    };
    expect(codesOf({ ...given, object })).toEqual(['MANIFEST_UNREADABLE']);
  });

  it('is not to be relied on when a head was edited', () => {
    const [acme, ...others] = manifest.chains;
    const edited = { ...manifest, chains: [{ ...acme, records: 3 }, ...others] } as typeof manifest;
    const object = keptManifest({ ...signedOf(manifest), manifest: edited });
    expect(checkManifest({ ...given, object })).toMatchObject({
      manifest: undefined,
      findings: [{ code: 'SIGNATURE_WRONG', object: `manifests/${day}.json` }],
    });
  });

  it('does not stand in for that of another day', () => {
    expect(codesOf({ ...given, object: keptManifest(signedOf(earlier)) })).toContain('MANIFEST_OUT_OF_PLACE');
  });

  it('follows the one of the day before, which must be there and the same', () => {
    const object = keptManifest(signedOf(manifest));
    expect(codesOf({ ...given, object, before: undefined })).toEqual(['MANIFEST_OUT_OF_PLACE']);
    const other = keptManifest(signedOf({ ...earlier, sealedAt: `${yesterday}T01:00:00.000Z` }), yesterday);
    expect(codesOf({ ...given, object, before: other })).toEqual(['MANIFEST_OUT_OF_PLACE']);
  });

  it('has a root that is that of its chains, even when signed', () => {
    const object = keptManifest(signedOf({ ...manifest, root: 'ab' }));
    expect(codesOf({ ...given, object })).toEqual(['ROOT_WRONG']);
  });
});

// Source: RFC 9162, 2.1.1; values of the reference implementation (certificate-transparency, merkletree tests).
describe('a Merkle root', () => {
  it('is the hash of nothing without leaves', () =>
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'));

  it('is the hash of the one leaf', () =>
    expect(merkleRoot([''])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'));

  it('joins two leaves', () =>
    expect(merkleRoot(['', '\0'])).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'));

  it('splits at the largest power of two', () => {
    const [a, b, c] = ['a', 'b', 'c'];
    expect(merkleRoot([a, b, c])).not.toBe(merkleRoot([a, c, b]));
    expect(merkleRoot(['', '\0', '\u0010'])).toBe(
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    );
  });
});
