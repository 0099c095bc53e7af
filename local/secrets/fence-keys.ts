import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** What the metadata of a fence's stack says of its scheme; the rest of it is for whoever signs. */
export const schemeShape = z.looseObject({
  kind: z.enum(['signed', 'token', 'jwt']),
  name: z.string(),
  signers: z
    .array(
      z.looseObject({
        algorithm: z.string(),
        key: z
          .looseObject({ encoding: z.enum(['utf8', 'hex', 'base64', 'pem']), prefix: z.string().optional() })
          .optional(),
      }),
    )
    .optional(),
  token: z.looseObject({ encoding: z.string().optional() }).optional(),
  handshakes: z.array(z.looseObject({ proof: z.unknown() })).optional(),
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
    ...(scheme.handshakes?.some(({ proof }) => typeof proof === 'object') && { handshake: word('verify') }),
  };
  if (scheme.kind === 'token')
    return {
      current: scheme.token?.encoding === 'base64' ? `local:${word('pass')}` : word('token'),
      ...common,
    };
  // Keys of a JSON Web Token or a certificate are the provider's; the secret is then any text.
  const { algorithm = 'hmac-sha256', key } = scheme.signers?.[0] ?? {};
  const prefix = key?.prefix ?? '';
  if (!algorithm.startsWith('hmac-') && algorithm !== 'sha256') {
    const { current, signingKey } = keyPair(algorithm, key?.encoding);
    return { current: prefix + current, signingKey, ...common };
  }
  const encoding = key?.encoding ?? 'utf8';
  const current =
    encoding === 'utf8'
      ? word('secret')
      : prefix + randomBytes(32).toString(encoding === 'hex' ? 'hex' : 'base64');
  return { current, ...common };
}

const word = (what: string): string => `local_${what}_${randomBytes(16).toString('hex')}`;

/** The public key as providers show it: PEM, or SPKI in base64, of ed25519 its 32 bytes alone. */
function keyPair(algorithm: string, encoding: string | undefined): { current: string; signingKey: string } {
  const { publicKey, privateKey } = generated(algorithm);
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    current:
      encoding === 'pem'
        ? publicKey.export({ format: 'pem', type: 'spki' }).toString()
        : (algorithm === 'ed25519' ? spki.subarray(-32) : spki).toString(
            encoding === 'hex' ? 'hex' : 'base64',
          ),
    signingKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

function generated(algorithm: string): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519');
  return algorithm.startsWith('rsa-')
    ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
    : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}
