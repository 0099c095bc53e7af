import { decryptKey, encryptKey, readPrivateKey } from 'openpgp';
import { isUnusable, parsePgpKeys } from '#adapters/file-lane/core/pgp/pgp-keys.ts';
import { ours, partner, secretText } from './keys.ts';
import { keysIn } from './open-pgp.ts';

describe('a lane’s secret', () => {
  it('gives the current and the previous keys of both sides', async () => {
    const keys = await keysIn(secretText);
    expect(keys.decryption).toHaveLength(2);
    expect(keys.verification).toHaveLength(2);
  });

  it('may hold one side alone, and lists', async () => {
    const keys = await keysIn(
      JSON.stringify({ verification: { current: [partner.current, partner.previous] } }),
    );
    expect(keys.decryption).toEqual([]);
    expect(keys.verification).toHaveLength(2);
  });

  it('may hold locked keys with their passphrase', async () => {
    const privateKey = await readPrivateKey({ armoredKey: ours.current });
    const locked = (await encryptKey({ privateKey, passphrase: 'for tests' })).armor();
    const secret = { decryption: { current: locked }, passphrase: 'for tests' };
    const [key] = (await keysIn(JSON.stringify(secret))).decryption;
    expect(key!.isDecrypted()).toBe(true);
    await expect(decryptKey({ privateKey: key!, passphrase: '' })).rejects.toThrow();
    expect(isUnusable(await parsePgpKeys(JSON.stringify({ ...secret, passphrase: 'wrong' })))).toBe(true);
    expect(isUnusable(await parsePgpKeys(JSON.stringify({ decryption: { current: locked } })))).toBe(true);
  });

  it.each([
    '',
    'random text as it is first created',
    '{"decryption":{}}',
    '{"decrypt":{"current":"x"}}',
    '{"decryption":{"current":"TOP SECRET"}}',
    JSON.stringify({ decryption: { current: partner.current } }),
  ])('that cannot be used says why without saying what is in it: %#', async text => {
    const keys = await parsePgpKeys(text);
    expect(isUnusable(keys) && keys.problem).toEqual(expect.any(String));
    expect(JSON.stringify(keys)).not.toContain('TOP SECRET');
  });
});
