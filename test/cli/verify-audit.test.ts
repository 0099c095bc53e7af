import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { verifyFolder } from '#cli/audit/verify-folder.ts';
import type { KeptObject } from '#operate/core/audit/finding.ts';
import { manifestHash } from '#operate/core/audit/manifest.ts';
import { day, keptManifest, publicPem, sealedBy, signedOf, trailOf } from '../operate/core/audit/given.ts';

const yesterday = '2026-11-27';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edge-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const store = ({ key, versions }: KeptObject, text = versions[0]?.text ?? '') => {
  mkdirSync(dirname(join(folder, key)), { recursive: true });
  writeFileSync(join(folder, key), text);
};

const earlier = sealedBy(trailOf({}), null, yesterday);
const trail = trailOf({ acme: [2, 1], 'acme-orders': [1] });

describe('a copy of the audit bucket', () => {
  it('is verified with its files and the public key alone', () => {
    store(keptManifest(signedOf(earlier), yesterday));
    for (const object of trail.objects) store(object);
    expect(verifyFolder(folder, publicPem)).toEqual([
      { day: yesterday, sealed: true, expired: false, objects: 0, findings: [] },
      { day, sealed: false, expired: false, objects: 3, findings: [] },
    ]);
    store(keptManifest(signedOf(sealedBy(trail, manifestHash(earlier)))));
    expect(verifyFolder(folder, publicPem)).toMatchObject([{}, { sealed: true, findings: [] }]);
  });

  it('says what is missing from it', () => {
    const [first, ...others] = trail.objects;
    for (const object of others) store(object);
    store(keptManifest(signedOf(sealedBy(trail))));
    const [{ findings } = { findings: [] }] = verifyFolder(folder, publicPem);
    expect(findings).toMatchObject([{ object: first?.key }]);
  });
});
