import { createMessage, encrypt, enums, readKey, readPrivateKey } from 'openpgp';
import { ExpansionGuard } from '#adapters/file-lane/core/file/expansion-guard.ts';
import { decrypted } from '#adapters/file-lane/core/pgp/pgp-decrypt.ts';
import { fromGnupg, ours } from './keys.ts';
import { at, contentOf, decrypt, faultOf, inPieces, keysIn } from './open-pgp.ts';

const items = fromGnupg('items.csv');

describe('a message that GnuPG encrypted', () => {
  it.each([
    'encrypted.pgp',
    'uncompressed.pgp',
    'encrypted-for-previous.armored.gpg',
    'signed-and-encrypted.pgp',
  ])('is read: %s', async name => {
    expect(await decrypt(fromGnupg(name))).toEqual(items);
  });

  it.each([1, 2, 3, 50, 100_000])('is read in pieces of %i bytes', async size => {
    const bytes = fromGnupg('encrypted.pgp');
    const guard = new ExpansionGuard(bytes.length);
    const content = decrypted(inPieces(bytes, size), { keys: await keysIn(), signed: false, guard, at });
    expect(await contentOf(content)).toEqual(items);
  });

  it('for a key that is not ours says for which', async () => {
    expect(await faultOf(decrypt(fromGnupg('encrypted-for-stranger.pgp')))).toMatchObject({
      code: 'DECRYPTION_FAILED',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      detail: expect.stringMatching(/encrypted for [0-9a-f]{16}, and no private key of ours/),
    });
  });

  it('without an integrity check is refused', async () => {
    expect(await faultOf(decrypt(fromGnupg('without-integrity-check.pgp')))).toMatchObject({
      code: 'DECRYPTION_FAILED',
    });
  });

  it.each(['short.pgp', 'short-uncompressed.pgp'])(
    'is refused with a byte changed, and where it is cut, anywhere: %s',
    async name => {
      const bytes = fromGnupg(name);
      // Each byte of the packets' headers, then every third: each try decrypts a session key with RSA.
      for (let i = 0; i < bytes.length; i += i < 32 ? 1 : 3) {
        const changed = Buffer.from(bytes);
        changed[i]! ^= 1 << (i % 8);
        expect([i, (await faultOf(decrypt(changed))).code]).toEqual([i, 'DECRYPTION_FAILED']);
        expect([i, (await faultOf(decrypt(bytes.subarray(0, i)))).code]).toEqual([i, 'DECRYPTION_FAILED']);
      }
    },
  );

  it.each([items, Buffer.alloc(0), Buffer.from('-----BEGIN PGP MESSAGE-----\n\nhello\n')])(
    'is told from what is none',
    async bytes => {
      expect((await faultOf(decrypt(bytes))).code).toBe('DECRYPTION_FAILED');
    },
  );
});

describe('a signature in the message', () => {
  it('of the partner is accepted', async () => {
    expect(await decrypt(fromGnupg('signed-and-encrypted.pgp'), { signed: true })).toEqual(items);
  });

  it('of someone else is refused', async () => {
    const reading = decrypt(fromGnupg('encrypted-signed-by-stranger.pgp'), { signed: true });
    expect(await faultOf(reading)).toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  it('is missed where the contract demands one', async () => {
    const reading = decrypt(fromGnupg('encrypted.pgp'), { signed: true });
    expect(await faultOf(reading)).toMatchObject({ code: 'SIGNATURE_MISSING' });
  });

  it('from the future is not believed', async () => {
    const reading = decrypt(fromGnupg('signed-and-encrypted.pgp'), {
      signed: true,
      at: new Date('2026-05-01T00:00:00Z'),
    });
    expect(await faultOf(reading)).toMatchObject({ code: 'SIGNATURE_INVALID' });
  });
});

describe('reading a message', () => {
  const forUs = async (content: Uint8Array, compression = enums.compression.zip) => {
    const key = await readPrivateKey({ armoredKey: ours.current });
    return encrypt({
      message: await createMessage({ binary: content }),
      encryptionKeys: await readKey({ armoredKey: key.toPublic().armor() }),
      format: 'binary',
      config: { preferredCompressionAlgorithm: compression },
    });
  };

  it('bounds what compression in it expands to', async () => {
    const bounds = { fileBytesMax: 1_000_000, expansionRatioMax: 20, expansionBytesMin: 10_000 };
    const bomb = await forUs(new Uint8Array(500_000));
    const guard = new ExpansionGuard(bomb.length, bounds);
    expect((await faultOf(decrypt(bomb, { guard }))).code).toBe('EXPANDS_TOO_MUCH');
    const long = new ExpansionGuard(bomb.length, {
      ...bounds,
      expansionRatioMax: 1e6,
      fileBytesMax: 400_000,
    });
    expect((await faultOf(decrypt(bomb, { guard: long }))).code).toBe('FILE_TOO_LARGE');
    expect(await decrypt(bomb)).toHaveLength(500_000);
  });

  it('passes on what the source fails with, and ends the source when reading stops early', async () => {
    const bytes = await forUs(Buffer.alloc(300_000, 'abcdefghij'), enums.compression.uncompressed);
    let ended = false;
    async function* source(failsAt: number) {
      let left = failsAt;
      try {
        for await (const piece of inPieces(bytes, 10_000)) {
          left -= 1;
          if (left === 0) throw new Error('the connection broke');
          yield piece;
        }
      } finally {
        ended = true;
      }
    }
    const options = { keys: await keysIn(), signed: false, guard: new ExpansionGuard(bytes.length), at };
    for (const failsAt of [1, 2, 20])
      await expect(contentOf(decrypted(source(failsAt), options))).rejects.toThrow('the connection broke');
    ended = false;
    for await (const _ of decrypted(source(Number.POSITIVE_INFINITY), options)) break;
    expect(ended).toBe(true);
  });

  it('reads no further ahead than it must', async () => {
    const bytes = await forUs(Buffer.alloc(8_000_000, 'abcdefghij'), enums.compression.uncompressed);
    let taken = 0;
    let given = 0;
    let ahead = 0;
    async function* counted() {
      for await (const piece of inPieces(bytes, 65_536)) {
        taken += piece.length;
        yield piece;
      }
    }
    const options = { keys: await keysIn(), signed: false, guard: new ExpansionGuard(bytes.length), at };
    for await (const piece of decrypted(counted(), options)) {
      given += piece.length;
      ahead = Math.max(ahead, taken - given);
      await new Promise(setImmediate);
    }
    expect(given).toBe(8_000_000);
    expect(ahead).toBeLessThan(1_500_000);
  });
});
