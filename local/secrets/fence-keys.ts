import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** What the metadata of a fence's stack says of its scheme; the rest of it is for whoever signs. */
export const schemeShape = z.looseObject({
  kind: z.enum(['signed', 'token']),
  name: z.string(),
  signers: z
    .array(
      z.looseObject({
        algorithm: z.string(),
        key: z
          .looseObject({ encoding: z.enum(['utf8', 'hex', 'base64']), prefix: z.string().optional() })
          .optional(),
      }),
    )
    .optional(),
  token: z.looseObject({ encoding: z.string().optional() }).optional(),
  handshake: z.string().optional(),
});

export type LocalScheme = z.infer<typeof schemeShape>;

/** Keys of one fence, made for this run. What is written to its secret, and what only a sender has. */
export interface FenceKeys {
  readonly current: string;
  readonly handshake?: string;
  readonly statusKey: string;
  /** PEM; where the sender signs with a private key, of which `current` is the public one. */
  readonly signingKey?: string;
}

/** Keys in the form that the scheme's provider gives them in. */
export function makeFenceKeys(scheme: LocalScheme): FenceKeys {
  const common = {
    statusKey: word('status'),
    ...(scheme.handshake === 'meta-hub-challenge' && { handshake: word('verify') }),
  };
  if (scheme.kind === 'token')
    return {
      current: scheme.token?.encoding === 'base64' ? `local:${word('pass')}` : word('token'),
      ...common,
    };
  const { algorithm = '', key } = scheme.signers?.[0] ?? {};
  const prefix = key?.prefix ?? '';
  if (!algorithm.startsWith('hmac-')) {
    const { current, signingKey } = keyPair(algorithm);
    return { current: prefix + current, signingKey, ...common };
  }
  const encoding = key?.encoding ?? 'utf8';
  const current = encoding === 'utf8' ? word('secret') : prefix + randomBytes(32).toString(encoding);
  return { current, ...common };
}

const word = (what: string): string => `local_${what}_${randomBytes(16).toString('hex')}`;

/** The public key as providers show it: SPKI in base64, of ed25519 its 32 bytes alone. */
function keyPair(algorithm: string): { current: string; signingKey: string } {
  const { publicKey, privateKey } =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    current: (algorithm === 'ed25519' ? spki.subarray(-32) : spki).toString('base64'),
    signingKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
