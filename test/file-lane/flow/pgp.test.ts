import { gzipSync } from 'node:zlib';
import { createMessage, encrypt, readKey, readPrivateKey } from 'openpgp';
import type { FileSecurity } from '#adapters/file-lane/contract/file-security.ts';
import { decryptAndVerifyPgp } from '#adapters/file-lane/flow/decrypt-and-verify-pgp.ts';
import { fileLane } from '#functions/file-lane.ts';
import { MemorySecrets } from '#shared/memory/memory-secrets.ts';
import { AccessDenied } from '#shared/ports.ts';
import { fromGnupg, ours, partner, secretText } from '../core/pgp/keys.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const laneFor = (security: FileSecurity, more: object = {}) =>
  laneWith({
    delivery: { folder: 'shop', name: 'items_{digits}.csv', compression: ['gzip'], security, ...more },
  });

const encrypted: FileSecurity = { encryption: 'pgp' };
const signed: FileSecurity = { signing: { detached: true } };

const simulate = (security: FileSecurity, secret = new MemorySecrets(secretText), more?: object) =>
  new LaneSimulator(laneFor(security, more), {
    now: Date.parse('2026-11-20T12:00:00Z'),
    decryptAndVerify: decryptAndVerifyPgp(secret),
    pieceBytes: 97,
  });

/** Nothing but the report and the answer that a file was refused. */
function expectRefused(lane: LaneSimulator, name: string, code: string): void {
  expect(lane.ack(name)).toMatchObject({
    state: 'rejected',
    counts: { received: 0, published: 0 },
    fault: { code, class: 'SECURITY_CONFIGURATION_FAILURE' },
  });
  expect(lane.events()).toEqual([]);
  expect(lane.ports.files.keys('raw')).toEqual([]);
  expect(lane.ports.files.keys('quarantine')).toEqual([]);
}

const forUs = async (content: Uint8Array | string): Promise<Uint8Array> => {
  const key = await readPrivateKey({ armoredKey: ours.current });
  return encrypt({
    message: await createMessage({ binary: Buffer.from(content) }),
    encryptionKeys: await readKey({ armoredKey: key.toPublic().armor() }),
    format: 'binary',
  });
};

describe('corrected rows of a lane with encrypted files', () => {
  const settled = async (): Promise<{ readonly lane: LaneSimulator; readonly csv: string }> => {
    const lane = simulate(encrypted);
    lane.drop('items_1.csv.pgp', await forUs(`${header}${rows(1)}i-2,x,b,2.00\n`));
    await lane.run();
    const csv = lane.ports.files.text('inbound', 'shop/ack/items_1.csv.pgp.rejected.csv');
    return { lane, csv: csv.replace('i-2,x,', 'i-2,1,') };
  };

  it('are taken when they are encrypted, too', async () => {
    const { lane, csv } = await settled();
    lane.drop('fixed.csv.pgp', await forUs(csv), { folder: 'fixed' });
    await lane.run();
    expect(lane.ack('fixed.csv.pgp')).toMatchObject({ state: 'complete', counts: { published: 1 } });
    expect(lane.events().map(event => event.externalref)).toEqual(['items_1.csv.pgp#1', 'items_1.csv.pgp#2']);
  });

  it.each([
    ['fixed.csv', async (csv: string) => csv, 'NAME_OUTSIDE_CONVENTION'],
    ['fixed.csv.pgp', async (csv: string) => csv, 'DECRYPTION_FAILED'],
    ['fixed.csv.pgp', async (csv: string) => (await forUs(csv)).subarray(0, -20), 'DECRYPTION_FAILED'],
  ])('are refused as %s when they are not as agreed', async (name, made, code) => {
    const { lane, csv } = await settled();
    lane.drop(name, await made(csv), { folder: 'fixed' });
    await lane.run();
    expect(lane.ack(name)).toMatchObject({ state: 'rejected', fault: { code } });
    expect(lane.events()).toHaveLength(1);
  });
});

describe('an encrypted file', () => {
  it('is published as its plain twin would be, and the copy that is worked on is clean', async () => {
    const plain = new LaneSimulator(laneWith());
    plain.drop('items_1.csv', fromGnupg('items.csv'));
    await plain.run();
    const lane = simulate(encrypted);
    lane.drop('items_1.csv.pgp', fromGnupg('encrypted.pgp'));
    await lane.run();
    expect(lane.events()).toHaveLength(40);
    expect(lane.events().map(event => event.data)).toEqual(plain.events().map(event => event.data));
    expect(lane.ack('items_1.csv.pgp')).toMatchObject({ state: 'complete', balanced: true });
    const [staged] = lane.ports.files.keys('raw');
    expect(Buffer.from(lane.ports.files.bytes('raw', staged!))).toEqual(fromGnupg('items.csv'));
  });

  it('is known by its content: encrypted again, for another key, it is a duplicate', async () => {
    const lane = simulate(encrypted);
    lane.drop('items_1.csv.pgp', fromGnupg('encrypted.pgp'));
    lane.drop('items_2.csv.gpg', fromGnupg('encrypted-for-previous.armored.gpg'));
    await lane.run();
    expect(lane.events()).toHaveLength(40);
    expect(lane.ack('items_2.csv.gpg')).toMatchObject({ state: 'duplicate' });
  });

  it('may be compressed before it is encrypted', async () => {
    const lane = simulate(encrypted);
    lane.drop('items_1.csv.gz.pgp', await forUs(gzipSync(header + rows(12))));
    await lane.run();
    expect(lane.events()).toHaveLength(12);
  });

  it('that is not encrypted is refused by its name', async () => {
    const lane = simulate(encrypted);
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    expectRefusedName(lane, 'items_1.csv');
  });

  it('that was changed anywhere is refused, and nothing of it is published or kept', async () => {
    const whole = fromGnupg('uncompressed.pgp');
    for (let at = 0; at < whole.length; at += 61) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x10;
      const lane = simulate(encrypted);
      lane.drop('items_1.csv.pgp', changed);
      await lane.run();
      expectRefused(lane, 'items_1.csv.pgp', 'DECRYPTION_FAILED');
    }
  });

  it('that was changed says so, whatever the change made of its content', async () => {
    // A lane for UTF-16 refuses this content on its first bytes, long before the end shows the change.
    const lane = new LaneSimulator(
      laneWith({
        delivery: { folder: 'shop', name: 'items_{digits}.csv', security: encrypted },
        format: { encoding: 'utf-16' },
      }),
      { decryptAndVerify: decryptAndVerifyPgp(new MemorySecrets(secretText)), pieceBytes: 97 },
    );
    const changed = Buffer.from(fromGnupg('uncompressed.pgp'));
    changed[changed.length - 30]! ^= 1;
    lane.drop('items_1.csv.pgp', changed);
    lane.drop('items_2.csv.pgp', fromGnupg('uncompressed.pgp'));
    await lane.run();
    expectRefused(lane, 'items_1.csv.pgp', 'DECRYPTION_FAILED');
    expect(lane.ack('items_2.csv.pgp')).toMatchObject({ fault: { code: 'WRONG_ENCODING' } });
  });

  it('that must be signed inside needs the partner’s signature', async () => {
    const lane = simulate({ encryption: 'pgp', signing: { detached: false } });
    lane.drop('items_1.csv.pgp', fromGnupg('signed-and-encrypted.pgp'));
    await lane.run();
    expect(lane.events()).toHaveLength(40);
    for (const [file, code] of [
      ['encrypted.pgp', 'SIGNATURE_MISSING'],
      ['encrypted-signed-by-stranger.pgp', 'SIGNATURE_INVALID'],
    ] as const) {
      const other = simulate({ encryption: 'pgp', signing: { detached: false } });
      other.drop('items_2.csv.pgp', fromGnupg(file));
      await other.run();
      expectRefused(other, 'items_2.csv.pgp', code);
    }
  });
});

function expectRefusedName(lane: LaneSimulator, name: string): void {
  expect(lane.events()).toEqual([]);
  expect(lane.ack(name)).toMatchObject({
    fault: { code: 'NAME_OUTSIDE_CONVENTION', detail: expect.stringContaining('.pgp or .gpg') },
  });
}

describe('a file with its signature beside it', () => {
  const items = fromGnupg('items.csv');

  it.each([
    ['.sig', 'items.csv.sig'],
    ['.asc', 'items.csv.asc'],
  ])('is taken whichever of both comes first: %s', async (suffix, signature) => {
    for (const drops of [
      [['', items] as const, [suffix, fromGnupg(signature)] as const],
      [[suffix, fromGnupg(signature)] as const, ['', items] as const],
    ]) {
      const lane = simulate(signed);
      for (const [end, bytes] of drops) {
        lane.drop(`items_1.csv${end}`, bytes);
        lane.ports.clock.advance(40_000);
      }
      await lane.run();
      expect(lane.events()).toHaveLength(40);
      expect(lane.handoffs()).toHaveLength(1);
      expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', balanced: true });
      expect(lane.deadLetters).toEqual([]);
    }
  });

  it('is refused when the signature does not come, and taken when it comes at last', async () => {
    const lane = simulate(signed);
    lane.drop('items_1.csv', items);
    await lane.run();
    expectRefused(lane, 'items_1.csv', 'SIGNATURE_MISSING');
    expect(lane.deadLetters).toEqual([]);
    lane.drop('items_1.csv.sig', fromGnupg('items.csv.sig'));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete' });
    expect(lane.events()).toHaveLength(40);
  });

  it('is refused when someone else signed it, or it was changed', async () => {
    const forged = simulate(signed);
    forged.drop('items_1.csv', items);
    forged.drop('items_1.csv.sig', fromGnupg('items.csv.stranger.sig'));
    await forged.run();
    expectRefused(forged, 'items_1.csv', 'SIGNATURE_INVALID');
    const changed = simulate(signed);
    changed.drop('items_1.csv', Buffer.concat([items, Buffer.from('i-41,1,more,1.00\n')]));
    changed.drop('items_1.csv.sig', fromGnupg('items.csv.sig'));
    await changed.run();
    expectRefused(changed, 'items_1.csv', 'SIGNATURE_INVALID');
  });

  it('without the file is answered as such', async () => {
    const lane = simulate(signed);
    lane.drop('items_1.csv.sig', fromGnupg('items.csv.sig'));
    await lane.run();
    expect(lane.ack('items_1.csv.sig')).toMatchObject({ fault: { code: 'DATA_MISSING' } });
  });

  it('that is too large to be a signature is refused', async () => {
    const lane = simulate(signed);
    lane.drop('items_1.csv', items);
    lane.drop('items_1.csv.sig', Buffer.alloc(100_000, 0x88));
    await lane.run();
    expectRefused(lane, 'items_1.csv', 'SIGNATURE_INVALID');
  });

  it('waits for its manifest where that begins the work', async () => {
    const lane = simulate(signed, undefined, { startsOn: 'manifest' });
    lane.drop('items_1.csv.sig', fromGnupg('items.csv.sig'));
    lane.drop('items_1.csv', items);
    await lane.run();
    expect(lane.handoffs()).toMatchObject([{ fault: { code: 'ANNOUNCEMENT_MISSING' } }]);
    lane.drop('items_1.csv.manifest.json', JSON.stringify({ records: 40 }));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete' });
  });
});

describe('the lane’s secret', () => {
  it.each(['as it was first created', JSON.stringify({ verification: partner })])(
    'without our key stops the lane and blames no file; once it is written the work goes on: %#',
    async text => {
      const secret = new MemorySecrets(text);
      const lane = simulate(encrypted, secret);
      const object = lane.drop('items_1.csv.pgp', fromGnupg('encrypted.pgp'));
      await lane.run();
      expect(lane.deadLetters).toHaveLength(1);
      expect(lane.handoffs()[0]).toMatchObject({ fault: { code: 'KEYS_UNUSABLE' } });
      expect(lane.ports.files.keys('inbound', 'shop/ack/')).toEqual([]);
      secret.write(secretText);
      lane.notify(object);
      await lane.run();
      expect(lane.events()).toHaveLength(40);
    },
  );

  it('that may not be read stops the lane', async () => {
    const secret = new MemorySecrets(secretText);
    secret.failure = new AccessDenied('no');
    const lane = simulate(encrypted, secret);
    lane.drop('items_1.csv.pgp', fromGnupg('encrypted.pgp'));
    await lane.run();
    expect(lane.handoffs()[0]).toMatchObject({ fault: { code: 'ACCESS_DENIED' } });
    expect(lane.events()).toEqual([]);
  });
});

describe('wiring a lane that needs keys without them', () => {
  it('fails when its module loads', () => {
    const { ports } = simulate(encrypted);
    expect(() => fileLane(laneFor(encrypted), ports)).toThrow('wired without');
  });
});
