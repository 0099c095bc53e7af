import { decryptKey, type PrivateKey, type PublicKey, readKeys, readPrivateKeys } from 'openpgp';
import * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const rotated = z.strictObject({ current: oneOrMore, previous: oneOrMore.optional() });

/**
 * A lane's secret as operators write it: armored keys, `current` and during rotation `previous`, each one or a list.
 * `decryption` holds our private keys, `verification` the partner's public ones.
 */
const document = z.strictObject({
  decryption: rotated.optional(),
  verification: rotated.optional(),
  /** Unlocks all private keys that are locked. */
  passphrase: z.string().min(1).optional(),
});

export interface PgpKeys {
  /** Unlocked. */
  readonly decryption: readonly PrivateKey[];
  readonly verification: readonly PublicKey[];
}

/** Why the keys in a secret cannot be used. Reveals nothing of the secret. */
export interface UnusableKeys {
  readonly problem: string;
}

export const isUnusable = (keys: PgpKeys | UnusableKeys): keys is UnusableKeys => 'problem' in keys;

export async function parsePgpKeys(text: string): Promise<PgpKeys | UnusableKeys> {
  const parsed = document.safeParse(jsonOf(text));
  if (!parsed.success)
    return { problem: 'it is not JSON {"decryption": {"current"}, "verification": {"current"}}' };
  const { decryption, verification, passphrase } = parsed.data;
  try {
    const [ours, theirs] = [armoredOf(decryption), armoredOf(verification)];
    return { decryption: await privateKeys(ours, passphrase), verification: await publicKeys(theirs) };
  } catch {
    // The library's message may quote the key.
    return { problem: 'one of its keys is not an armored key that can be read and unlocked' };
  }
}

const armoredOf = (keys: z.infer<typeof rotated> | undefined): string[] =>
  keys ? [keys.current, keys.previous ?? []].flat() : [];

async function privateKeys(
  armored: readonly string[],
  passphrase: string | undefined,
): Promise<PrivateKey[]> {
  const keys = (await Promise.all(armored.map(armoredKeys => readPrivateKeys({ armoredKeys })))).flat();
  return Promise.all(
    keys.map(privateKey =>
      privateKey.isDecrypted() ? privateKey : decryptKey({ privateKey, passphrase: passphrase ?? '' }),
    ),
  );
}

async function publicKeys(armored: readonly string[]): Promise<PublicKey[]> {
  const keys = await Promise.all(armored.map(armoredKeys => readKeys({ armoredKeys })));
  return keys.flat().map(key => key.toPublic());
}
