import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { limits } from '../contract/limits.ts';
import { AccessDenied } from '../ports.ts';
import { isAccessCode } from './aws-errors.ts';
import { settingsOf } from './settings.ts';

/** An asymmetric key of KMS, asked by its JSON protocol. Source: AWS KMS API reference, Sign and GetPublicKey. */
export interface KmsKey {
  /** ECDSA with SHA-256 over the text, which has at most 4,096 bytes. Base64 of the DER form. */
  sign(text: string): Promise<string>;
  /** PEM. */
  publicKey(): Promise<string>;
}

export function kmsKey(env: NodeJS.ProcessEnv, keyArn: string): KmsKey {
  const ask = (operation: string, input: object) => call(env, operation, { KeyId: keyArn, ...input });
  return {
    async sign(text) {
      const Message = Buffer.from(text).toString('base64');
      const { Signature } = await ask('Sign', {
        ...{ Message, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' },
      });
      return String(Signature);
    },
    async publicKey() {
      const { PublicKey } = await ask('GetPublicKey', {});
      const lines = String(PublicKey).match(/.{1,64}/g) ?? [];
      return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
    },
  };
}

async function call(
  env: NodeJS.ProcessEnv,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { AWS_REGION: region } = settingsOf(env, ['AWS_REGION']);
  const url = new URL(
    env.AWS_ENDPOINT_URL_KMS ?? env.AWS_ENDPOINT_URL ?? `https://kms.${region}.amazonaws.com`,
  );
  const request = {
    ...{ method: 'POST', protocol: url.protocol, hostname: url.hostname, path: '/' },
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    },
    body: JSON.stringify(input),
  };
  const signer = new SignatureV4({ service: 'kms', region, credentials: credentialsOf(env), sha256: Sha256 });
  const { headers } = await signer.sign(request);
  const answer = await fetch(url, {
    ...{ method: 'POST', headers, body: request.body },
    signal: AbortSignal.timeout(limits.callMillisecondsMax),
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  const { __type: type = '' } = JSON.parse(text) as { readonly __type?: string };
  const message = `kms:${operation} was answered ${answer.status}: ${type}`;
  throw isAccessCode(type.replace(/^.*#/, '')) ? new AccessDenied(message) : new Error(message);
}

/** As Lambda gives them. */
function credentialsOf(env: NodeJS.ProcessEnv) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = settingsOf(env, [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ]);
  const sessionToken = env.AWS_SESSION_TOKEN;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

/** What the signer hashes with: Node's own. With a secret it signs. */
class Sha256 {
  readonly #hash;

  constructor(secret?: Bytes) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: Bytes): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('a hash is used once');
  }
}

function bytesOf(data: Bytes): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
