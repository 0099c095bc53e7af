import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A problem as KMS names it. */
export class KmsError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The one kind of key that signs here. */
export const signingSpec = 'ECC_NIST_P256';

interface SigningKey {
  readonly arn: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Keys that sign, made for this run. */
export class Keys {
  readonly #keys = new Map<string, SigningKey>();

  add(id: string, arn: string): void {
    const key = { arn, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
    this.#keys.set(id, key).set(arn, key);
  }

  arnOf(id: string): string | undefined {
    return this.#keys.get(id)?.arn;
  }

  /** DER, over the SHA-256 of the message. @throws KmsError NotFoundException */
  sign(id: string, message: Buffer): Buffer {
    return sign('sha256', message, this.#find(id).privateKey);
  }

  /** DER (SubjectPublicKeyInfo). @throws KmsError NotFoundException */
  publicKey(id: string): Buffer {
    return this.#find(id).publicKey.export({ type: 'spki', format: 'der' });
  }

  #find(id: string): SigningKey {
    const key = this.#keys.get(id);
    if (!key) throw new KmsError('NotFoundException', `Key '${id}' does not exist`);
    return key;
  }
}
