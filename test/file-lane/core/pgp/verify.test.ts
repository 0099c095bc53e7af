import { fromGnupg } from './keys.ts';
import { faultOf, verify } from './open-pgp.ts';

const items = fromGnupg('items.csv');

describe('a detached signature', () => {
  it.each(['items.csv.sig', 'items.csv.asc'])(
    'of the partner is accepted, binary or armored: %s',
    async name => {
      expect(await verify(items, fromGnupg(name))).toEqual(items);
    },
  );

  it('of someone else is refused, naming the key but nothing of the file', async () => {
    expect(await faultOf(verify(items, fromGnupg('items.csv.stranger.sig')))).toMatchObject({
      code: 'SIGNATURE_INVALID',
      class: 'SECURITY_CONFIGURATION_FAILURE',
      detail: expect.stringMatching(/made with [0-9a-f]{16}/),
    });
  });

  it('is refused for a file with any byte changed, left out or added', async () => {
    const signature = fromGnupg('items.csv.sig');
    const codeOf = async (bytes: Uint8Array) => (await faultOf(verify(bytes, signature))).code;
    for (let i = 0; i < items.length; i += 13) {
      const changed = Buffer.from(items);
      changed[i]! ^= 1 << (i % 8);
      expect(await codeOf(changed)).toBe('SIGNATURE_INVALID');
    }
    expect(await codeOf(items.subarray(0, -1))).toBe('SIGNATURE_INVALID');
    expect(await codeOf(Buffer.concat([items, Buffer.from('\n')]))).toBe('SIGNATURE_INVALID');
    expect(await codeOf(Buffer.alloc(0))).toBe('SIGNATURE_INVALID');
  });

  it.each(['', 'not a signature', '\u0080\u0081', '-----BEGIN PGP SIGNATURE-----'])(
    'that cannot be read is refused: %j',
    async text => {
      const reading = verify(items, Buffer.from(text, 'latin1'));
      expect((await faultOf(reading)).code).toMatch(/SIGNATURE_(INVALID|MISSING)/);
    },
  );
});
